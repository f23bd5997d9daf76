package io.cloneplatform.gateway;

import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.cluster.Presence;
import io.cloneplatform.common.config.PlatformConfig;
import io.cloneplatform.common.launch.Node;
import io.cloneplatform.common.launch.Ports;
import io.cloneplatform.common.launch.ServiceModule;
import io.cloneplatform.common.metrics.Counts;
import io.cloneplatform.gateway.caller.Callers;
import io.cloneplatform.gateway.caller.ClientAddress;
import io.cloneplatform.gateway.caller.TrustStore;
import io.cloneplatform.gateway.document.ApiDocument;
import io.cloneplatform.gateway.http.Certificate;
import io.cloneplatform.gateway.http.Dispatcher;
import io.cloneplatform.gateway.http.Endpoint;
import io.cloneplatform.gateway.http.GatewayVerticle;
import io.cloneplatform.gateway.http.HealthMonitor;
import io.cloneplatform.gateway.http.Routes;
import io.cloneplatform.gateway.limit.Limits;
import io.cloneplatform.gateway.observe.Visits;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;

/** The gateway: HTTP in, event bus out. It owns no business rule and no data. */
public final class GatewayService implements ServiceModule {
    private static final String TRUST = "trust";

    @Override
    public String name() {
        return "gateway";
    }

    @Override
    public List<Ports.Port> ports(PlatformConfig config) {
        return List.of(new Ports.Port("HTTP_PORT", config.httpHost(), config.httpPort()));
    }

    @Override
    public Future<Void> deploy(Node node) {
        Vertx vertx = node.vertx();
        PlatformConfig config = node.config();
        node.readiness().set(TRUST, false);
        TrustStore trust =
                new TrustStore(vertx, node.bus(), () -> node.readiness().set(TRUST, true), node.departure()::begun);
        HealthMonitor health = new HealthMonitor(vertx, node.bus(), trust::loaded);
        Counts counts = new Counts(node.metrics());
        ClientAddress addresses = new ClientAddress(config.limits().trustedProxies());
        Limits limits = new Limits(config.limits(), node.presence().map(Presence::cluster), counts);
        Dispatcher dispatcher =
                new Dispatcher(node.bus(), new Callers(trust), addresses, limits, config.requestTimeoutMs());
        Visits visits = new Visits(counts, node.tracing());
        int instances = Math.min(2, Runtime.getRuntime().availableProcessors());
        // Reading the document, compiling its schemas and making routes takes longer than an event loop may wait.
        return vertx.executeBlocking(
                        () -> new Routes(ApiDocument.load(), dispatcher, health, config, visits)
                                .handlers(vertx, instances),
                        false)
                .compose(handlers -> vertx.executeBlocking(
                                () -> config.tls().map(files -> Certificate.watch(vertx, files, counts)))
                        .map(certificate -> Endpoint.of(config, certificate, addresses))
                        .compose(endpoint -> vertx.deployVerticle(
                                () -> new GatewayVerticle(handlers.remove(), endpoint, node.departure(), visits),
                                new DeploymentOptions().setInstances(instances))))
                .onSuccess(deployed -> {
                    trust.start();
                    node.presence().ifPresent(presence -> {
                        presence.keep(Addresses.EVENT_SESSION_REVOKED);
                        presence.keep(Addresses.EVENT_LEAVING);
                    });
                    health.start();
                })
                .mapEmpty();
    }
}
