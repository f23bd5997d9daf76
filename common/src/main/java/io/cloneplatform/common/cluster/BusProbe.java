package io.cloneplatform.common.cluster;

import io.cloneplatform.common.bus.Addresses;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Asks another process, a different one each time, to call this one over the bus: what a look at oneself cannot tell. Alone
 * in the cluster there is nobody to be reached by.
 */
final class BusProbe {
    private static final long ASK_LIMIT_MS = 1_500;
    private static final long CALL_LIMIT_MS = 1_000;

    private final EventBus bus;
    private final Cluster cluster;

    BusProbe(Vertx vertx, Cluster cluster) {
        this.bus = vertx.eventBus();
        this.cluster = cluster;
    }

    /** Begins to answer, and to call others that ask for it. */
    Future<Void> start() {
        return bus.<String>consumer(Addresses.probe(cluster.nodeId()), this::answer)
                .completion();
    }

    private void answer(Message<String> question) {
        if (question.body().isEmpty()) {
            question.reply(true);
        } else {
            call(question.body(), "", CALL_LIMIT_MS).onSuccess(question::reply);
        }
    }

    private Future<Boolean> call(String nodeId, String question, long limitMs) {
        return bus.<Boolean>request(Addresses.probe(nodeId), question, new DeliveryOptions().setSendTimeout(limitMs))
                .map(Message::body)
                .otherwise(false);
    }

    /** Whether this process is reached; never fails. */
    Future<Boolean> reached() {
        List<String> others = cluster.live().stream()
                .filter(id -> !id.equals(cluster.nodeId()))
                .toList();
        return others.isEmpty()
                ? Future.succeededFuture(true)
                : call(others.get(ThreadLocalRandom.current().nextInt(others.size())), cluster.nodeId(), ASK_LIMIT_MS);
    }
}
