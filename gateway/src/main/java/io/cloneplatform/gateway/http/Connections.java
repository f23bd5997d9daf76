package io.cloneplatform.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * The open connections of one event loop. One that holds its place without asking anything is closed: whose first head
 * does not come, whose body trickles, which has been idle. Bytes that arrive now and then do not save it.
 */
final class Connections {
    private static final int MOST = 20_000;
    private static final long FIRST_HEAD_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long BODY_NANOS = TimeUnit.SECONDS.toNanos(15);
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(75);

    private final Map<HttpConnection, Use> uses = new HashMap<>();
    private final Admission admission;

    Connections(Admission admission) {
        this.admission = admission;
    }

    /** How many connections there may be to one gateway, in all and from one address; shared by its event loops. */
    static final class Admission {
        private final int fromOneAddress;
        private final Predicate<String> proxies;
        private final AtomicInteger all = new AtomicInteger();
        private final Map<String, Integer> byAddress = new ConcurrentHashMap<>();

        /** Lets at most so many in from one address that is no proxy's. */
        Admission(int fromOneAddress, Predicate<String> proxies) {
            this.fromOneAddress = fromOneAddress;
            this.proxies = proxies;
        }

        private boolean enter(String address) {
            int same = byAddress.merge(address, 1, Integer::sum);
            return all.incrementAndGet() <= MOST && (same <= fromOneAddress || proxies.test(address));
        }

        private void leave(String address) {
            all.decrementAndGet();
            byAddress.computeIfPresent(address, (known, count) -> count == 1 ? null : count - 1);
        }
    }

    private static final class Use {
        private long since = System.nanoTime();
        private HttpServerRequest last;
        private boolean idle = true;
        private boolean isLast;
    }

    /** Takes a connection in, or closes it when there are too many. */
    void opened(HttpConnection connection) {
        String address = connection.remoteAddress().hostAddress();
        boolean room = admission.enter(address);
        uses.put(connection, new Use());
        connection.closeHandler(closed -> {
            uses.remove(connection);
            admission.leave(address);
        });
        if (!room) {
            close(connection);
        }
    }

    /**
     * A request has begun. False when it must not be answered: whoever stands before us may have read another end of the
     * body in chunks before it, and nothing may follow one (RFC 9112, section 6.1).
     */
    boolean asked(HttpServerRequest request) {
        Use use = uses.get(request.connection());
        if (use == null || use.isLast) {
            close(request.connection());
            return false;
        }
        use.last = request;
        use.since = System.nanoTime();
        use.idle = false;
        use.isLast = request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
        return true;
    }

    /** Closes what holds its place for nothing; to be called every second or so. */
    void sweep() {
        long now = System.nanoTime();
        uses.entrySet().stream()
                .filter(entry -> hasHadItsTime(entry.getValue(), now))
                .map(Map.Entry::getKey)
                .toList()
                .forEach(Connections::close);
    }

    private static boolean hasHadItsTime(Use use, long now) {
        long passed = now - use.since;
        if (use.last == null) {
            return passed > FIRST_HEAD_NANOS;
        }
        if (use.idle) {
            return use.isLast || passed > IDLE_NANOS;
        }
        if (!use.last.isEnded()) {
            return passed > BODY_NANOS;
        }
        if (use.last.response().ended()) {
            use.idle = true;
            use.since = now;
        }
        return false;
    }

    private static void close(HttpConnection connection) {
        Future<Void> closing = connection.close();
        closing.otherwiseEmpty();
    }
}
