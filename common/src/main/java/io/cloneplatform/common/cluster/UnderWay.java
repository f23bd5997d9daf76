package io.cloneplatform.common.cluster;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Requests that processes have not answered yet: the bus itself never says that nobody is left to answer. */
final class UnderWay {
    private final Vertx vertx;
    private final Map<String, Set<Waiting<?>>> byNode = new ConcurrentHashMap<>();

    UnderWay(Vertx vertx) {
        this.vertx = vertx;
    }

    private record Waiting<T>(Context context, Promise<T> answer) {
        void fail() {
            context.runOnContext(ignored -> answer.tryFail(new Left()));
        }
    }

    /** The process that was asked left the cluster. */
    static final class Left extends RuntimeException {
        Left() {
            super("The process left the cluster", null, false, false);
        }
    }

    /** The answer, or {@link Left} as soon as the process is gone. */
    <T> Future<T> until(String node, Future<T> answer) {
        Waiting<T> waiting = new Waiting<>(vertx.getOrCreateContext(), Promise.promise());
        Set<Waiting<?>> ofNode = byNode.computeIfAbsent(node, id -> ConcurrentHashMap.newKeySet());
        ofNode.add(waiting);
        answer.onComplete(done -> {
            ofNode.remove(waiting);
            if (done.succeeded()) {
                waiting.answer().tryComplete(done.result());
            } else {
                waiting.answer().tryFail(done.cause());
            }
        });
        return waiting.answer().future();
    }

    /** Fails everything that a process has not answered. */
    void fail(String node) {
        Set<Waiting<?>> lost = byNode.remove(node);
        if (lost != null) {
            lost.forEach(Waiting::fail);
        }
    }
}
