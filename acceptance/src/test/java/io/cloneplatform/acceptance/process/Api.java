package io.cloneplatform.acceptance.process;

import io.cloneplatform.acceptance.SecretScan;
import io.cloneplatform.common.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** A client of the API at one address. Every call is bounded; one without an answer is an {@link UncheckedIOException}. */
final class Api {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final String base;
    private final Map<String, String> headers;
    private final HttpClient client;

    Api(String base) {
        this(
                base,
                Map.of(),
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(LIMIT)
                        .build());
    }

    private Api(String base, Map<String, String> headers, HttpClient client) {
        this.base = base;
        this.headers = headers;
        this.client = client;
    }

    /** The same API under a base path. */
    Api under(String path) {
        return new Api(base + path, headers, client);
    }

    /** The same API, with headers on every call. */
    Api with(Map<String, String> more) {
        return new Api(base, more, client);
    }

    /** The same API, for who has the token. */
    Api as(String token) {
        return with(Map.of("Authorization", "Bearer " + token));
    }

    String base() {
        return base;
    }

    Answer get(String path) {
        return send("GET", path, null, null);
    }

    Answer post(String path, Object body) {
        return send("POST", path, body, null);
    }

    Answer put(String path, Object body) {
        return send("PUT", path, body, null);
    }

    /** Any call; without a body and without an idempotency key where they are null. */
    Answer send(String method, String path, Object body, String idempotencyKey) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(LIMIT)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(Json.bytes(body)));
        headers.forEach(request::header);
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (idempotencyKey != null) {
            request.header("Idempotency-Key", idempotencyKey);
        }
        return answer(method + " " + path, request.build());
    }

    /** Sends a request, perhaps without its last byte, and hangs up before an answer can come. */
    void abandon(String path, Object body, boolean whole) {
        URI uri = URI.create(base + path);
        byte[] bytes = Json.bytes(body);
        StringBuilder head = new StringBuilder("POST " + uri.getPath() + " HTTP/1.1\r\nHost: " + uri.getAuthority()
                + "\r\nContent-Type: application/json\r\nContent-Length: " + bytes.length + "\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
            out.write(bytes, 0, whole ? bytes.length : bytes.length - 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Answer answer(String call, HttpRequest request) {
        long start = System.nanoTime();
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            SecretScan.answer(request.uri().getRawPath(), response.headers().map(), response.body());
            return new Answer(call, response.statusCode(), response.headers(), response.body(), Waiting.since(start));
        } catch (IOException e) {
            throw new UncheckedIOException(call, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
