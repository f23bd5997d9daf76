package io.cloneplatform.acceptance.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports of 127.0.0.1 that nobody uses. They lie below the range that the system hands out to connections, so that a
 * process that is started again finds its port free.
 */
final class FreePorts {
    private static final int FIRST = 15_000;
    private static final int LAST = 31_000;
    private static final AtomicInteger NEXT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(FIRST, LAST - 2_000));

    private FreePorts() {}

    /** A port that is free now and that no other call gets. */
    static int next() {
        int port = NEXT.getAndIncrement();
        while (port < LAST && !free(port)) {
            port = NEXT.getAndIncrement();
        }
        return port;
    }

    /** Whether a server could be started there. */
    static boolean free(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
