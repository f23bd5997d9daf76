package io.cloneplatform.auth;

import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.launch.Node;
import io.cloneplatform.common.launch.ServiceModule;
import io.vertx.core.Future;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Hears about revoked sessions as a gateway does. */
final class RevocationListener implements ServiceModule {
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    @Override
    public String name() {
        return "listener";
    }

    @Override
    public Future<Void> deploy(Node node) {
        return node.vertx()
                .eventBus()
                .<String>consumer(Addresses.EVENT_SESSION_REVOKED, message -> heard.add(message.body()))
                .completion();
    }

    /** Waits until a session is announced; false when it is not within two seconds. */
    boolean hears(String sessionId) throws InterruptedException {
        String next = heard.poll(2, TimeUnit.SECONDS);
        while (next != null && !next.equals(sessionId)) {
            next = heard.poll(2, TimeUnit.SECONDS);
        }
        return next != null;
    }
}
