package io.cloneplatform.common.launch;

import io.cloneplatform.common.config.PlatformConfig;
import io.vertx.core.Future;
import java.util.List;

/** One deployable part of the platform: the gateway or a domain's service. */
public interface ServiceModule {
    /** Its name, as in {@code withdrawal}. */
    String name();

    /** The ports it opens besides the management port, which every process has. */
    default List<Ports.Port> ports(PlatformConfig config) {
        return List.of();
    }

    /** Builds its collaborators and deploys its verticles; completes when it serves. */
    Future<Void> deploy(Node node);
}
