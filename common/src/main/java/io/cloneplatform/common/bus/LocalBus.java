package io.cloneplatform.common.bus;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;

/** The bus inside one JVM: a request goes to the address of its operation. */
public final class LocalBus implements BusClient {
    private final EventBus bus;

    public LocalBus(Vertx vertx) {
        this.bus = vertx.eventBus();
    }

    @Override
    public Future<Reply> request(Request request, boolean repeatable) {
        DeliveryOptions options = new DeliveryOptions().setSendTimeout(request.remainingMs());
        return bus.<Reply>request(request.operation(), request, options)
                .map(Message::body)
                .recover(failure -> Future.succeededFuture(Undelivered.refusal(request, failure)));
    }
}
