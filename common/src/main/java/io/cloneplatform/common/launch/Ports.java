package io.cloneplatform.common.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Looks at the ports before anything is started, so that a port in use is one sentence and leaves nothing running. */
public final class Ports {
    private static final List<String> VARIABLES = List.of("HTTP_PORT", "MANAGEMENT_PORT", "DATABASE_PORT");

    private Ports() {}

    /**
     * A port that is about to be opened.
     *
     * @param variable the setting that names it
     */
    public record Port(String variable, String host, int number) {}

    /** The same environment, with a free port wherever it asks for any ({@code 0}). */
    public static Map<String, String> choose(Map<String, String> environment) {
        Map<String, String> chosen = new HashMap<>(environment);
        Deque<ServerSocket> held = new ArrayDeque<>();
        try {
            for (String variable : VARIABLES) {
                if ("0".equals(environment.getOrDefault(variable, "").strip())) {
                    held.push(new ServerSocket(0));
                    chosen.put(variable, Integer.toString(held.element().getLocalPort()));
                }
            }
            return chosen;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            held.forEach(Ports::close);
        }
    }

    /**
     * Checks that all of them can be opened together.
     *
     * @throws StartException naming the first that cannot
     */
    public static void requireFree(Port... ports) {
        requireFree(List.of(ports));
    }

    /** The same for a list of them. */
    static void requireFree(List<Port> ports) {
        Deque<ServerSocket> held = new ArrayDeque<>();
        try {
            for (Port port : ports) {
                held.push(open(port));
            }
        } finally {
            held.forEach(Ports::close);
        }
    }

    /** What to say about a port that another program has. */
    public static StartException inUse(Port port) {
        return new StartException("Port " + port.number() + " is in use. Stop the program that uses it, or set "
                + port.variable() + " to another port.");
    }

    private static ServerSocket open(Port port) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(port.host(), port.number()));
            return socket;
        } catch (IOException e) {
            String reason = String.valueOf(e.getMessage());
            if (reason.toLowerCase(Locale.ROOT).contains("in use")) {
                throw inUse(port);
            }
            boolean forbidden = reason.toLowerCase(Locale.ROOT).contains("denied");
            throw new StartException("Port " + port.number() + " on " + port.host() + " cannot be opened (" + reason
                    + "). Set "
                    + (forbidden
                            ? port.variable() + " to a port that this user may open."
                            : "HTTP_HOST to an address of this machine."));
        }
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
