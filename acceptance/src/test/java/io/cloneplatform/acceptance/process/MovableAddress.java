package io.cloneplatform.acceptance.process;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;

/**
 * An address that stands for a server on 127.0.0.1, and for another one later, as the name of whichever is the primary does.
 * Connections stay with the server that they were made to, for as long as it lives.
 */
final class MovableAddress implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final NetClient servers = vertx.createNetClient();
    private final int port;
    private volatile int target;

    MovableAddress(String host, int port, int target) {
        this.target = target;
        this.port = port;
        vertx.createNetServer().connectHandler(this::relay).listen(port, host).await();
    }

    int port() {
        return port;
    }

    /** Whoever connects from now on comes to the server at another port. */
    void moveTo(int port) {
        target = port;
    }

    private void relay(NetSocket client) {
        client.pause();
        servers.connect(target, "127.0.0.1")
                .compose(server -> Future.join(client.pipeTo(server), server.pipeTo(client)))
                .onFailure(broken -> client.close());
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
