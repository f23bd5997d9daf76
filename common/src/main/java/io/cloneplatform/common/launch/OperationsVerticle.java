package io.cloneplatform.common.launch;

import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.bus.Operations;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.util.function.BooleanSupplier;

/** The verticle of a domain: its operations on the bus, and its answer to whether it can serve. */
public final class OperationsVerticle extends VerticleBase {
    private final String service;
    private final Operations operations;
    private final BooleanSupplier healthy;

    OperationsVerticle(String service, Operations operations, BooleanSupplier healthy) {
        this.service = service;
        this.operations = operations;
        this.healthy = healthy;
    }

    @Override
    public Future<?> start() {
        Future<Void> health = vertx.eventBus()
                .<String>consumer(Addresses.health(service), message -> message.reply(healthy.getAsBoolean()))
                .completion();
        return Future.all(operations.register(vertx), health);
    }

    /** Deploys a service's operations, once per event loop that a small machine has to spare. */
    public static Future<Void> deploy(Node node, String service, Operations operations) {
        int instances = Math.min(2, Runtime.getRuntime().availableProcessors());
        Vertx vertx = node.vertx();
        return vertx.deployVerticle(
                        () -> new OperationsVerticle(
                                service, operations, () -> node.readiness().up(Platform.DATABASE)),
                        new DeploymentOptions().setInstances(instances))
                .mapEmpty();
    }
}
