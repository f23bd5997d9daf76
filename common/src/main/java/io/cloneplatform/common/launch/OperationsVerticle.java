package io.cloneplatform.common.launch;

import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Operations;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.cluster.Presence;
import io.cloneplatform.common.metrics.Counts;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.Map;

/** The verticle of a domain: its operations on the bus, and its answer to whether it can serve. */
public final class OperationsVerticle extends VerticleBase {
    private final String service;
    private final Operations operations;
    private final Node node;

    OperationsVerticle(String service, Operations operations, Node node) {
        this.service = service;
        this.operations = operations;
        this.node = node;
    }

    @Override
    public Future<?> start() {
        Future<Void> here = operations.register(vertx);
        return node.presence()
                .map(presence -> here.compose(done -> show(presence)))
                .orElse(here);
    }

    // What is shown is served already, and what is no longer shown is served on until it is finished.
    private Future<Void> show(Presence presence) {
        String direct = Addresses.direct(service, presence.nodeId());
        String serving = Addresses.serving(service);
        return operations
                .register(vertx, direct)
                .compose(registered -> {
                    MessageConsumer<Object> shown = vertx.eventBus().consumer(serving, message -> {});
                    node.departure().notice(shown::unregister);
                    return shown.completion();
                })
                .onSuccess(shown -> {
                    presence.keep(direct);
                    presence.keep(serving);
                });
    }

    /** Deploys a service's operations, once per event loop that a small machine has to spare. */
    public static Future<Void> deploy(Node node, String service, Operations operations) {
        operations.measure(new Counts(node.metrics()));
        operations.read(Addresses.health(service), request -> Future.succeededFuture(health(node)));
        node.departure().lastWork(() -> operations.underWay() == 0);
        int instances = Math.min(2, Runtime.getRuntime().availableProcessors());
        return node.vertx()
                .deployVerticle(
                        () -> new OperationsVerticle(service, operations, node),
                        new DeploymentOptions().setInstances(instances))
                .mapEmpty();
    }

    private static Reply health(Node node) {
        return node.readiness().up(Platform.DATABASE)
                ? Reply.ok(Map.of())
                : Reply.refuse(ErrorCode.UNAVAILABLE, "The database is not there");
    }
}
