package io.cloneplatform.gateway;

import io.cloneplatform.common.bus.BusClient;
import io.cloneplatform.common.config.PlatformConfig;
import io.cloneplatform.common.launch.Node;
import io.cloneplatform.common.launch.ServiceModule;
import io.cloneplatform.gateway.caller.Callers;
import io.cloneplatform.gateway.caller.TrustStore;
import io.cloneplatform.gateway.document.ApiDocument;
import io.cloneplatform.gateway.http.Dispatcher;
import io.cloneplatform.gateway.http.GatewayVerticle;
import io.cloneplatform.gateway.http.HealthMonitor;
import io.cloneplatform.gateway.http.Routes;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** The gateway: HTTP in, event bus out. It owns no business rule and no data. */
public final class GatewayService implements ServiceModule {
    @Override
    public String name() {
        return "gateway";
    }

    @Override
    public Future<Void> deploy(Node node) {
        Vertx vertx = node.vertx();
        PlatformConfig config = node.config();
        TrustStore trust = new TrustStore(vertx);
        HealthMonitor health = new HealthMonitor(vertx);
        node.readiness().watch("trust", () -> Future.succeededFuture(trust.loaded()));
        return vertx.executeBlocking(ApiDocument::load, false)
                .map(document -> new Routes(
                        document,
                        new Dispatcher(new BusClient(vertx), new Callers(trust), config.requestTimeoutMs()),
                        health,
                        config))
                .compose(routes -> vertx.deployVerticle(
                        () -> new GatewayVerticle(routes, config.httpHost(), config.httpPort()),
                        new DeploymentOptions()
                                .setInstances(Math.min(2, Runtime.getRuntime().availableProcessors()))))
                .compose(deployed -> Future.all(trust.start(), health.start()).mapEmpty());
    }
}
