package io.cloneplatform.acceptance.contract;

import io.cloneplatform.acceptance.SecretScan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Writes requests byte by byte, for what an HTTP client refuses to send. */
public final class RawHttp {
    private static final int HANG_MS = 15_000;

    private final int port;

    RawHttp(int port) {
        this.port = port;
    }

    /** Sends a request without a body; the target goes out as it is. */
    public Answer send(String method, String target, String... headers) {
        String head = method + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
                + (headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n") + "\r\n";
        long begin = System.nanoTime();
        String text = exchange(head);
        return parse(method, target, text, (System.nanoTime() - begin) / 1_000_000);
    }

    /** Writes these bytes and reads until the other side closes. */
    public String exchange(String bytes) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(HANG_MS);
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes these bytes and goes away without reading. */
    public void leave(String bytes) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
        }
    }

    private static Answer parse(String method, String target, String text, long tookMs) {
        String[] parts = text.split("\r\n\r\n", 2);
        List<String> lines = Arrays.asList(parts[0].split("\r\n", -1));
        if (parts.length < 2 || !lines.get(0).matches("HTTP/1\\.[01] \\d{3}.*")) {
            throw new AssertionError(method + " " + target + " got no HTTP answer: " + text);
        }
        Map<String, List<String>> headers = new TreeMap<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] header = line.split(":", 2);
            headers.put(header[0].toLowerCase(Locale.ROOT), List.of(header[1].strip()));
        }
        int status = Integer.parseInt(lines.get(0).substring(9, 12));
        SecretScan.answer(target, headers, parts[1]);
        return new Answer(method, target, status, headers, parts[1], tookMs);
    }
}
