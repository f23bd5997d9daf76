package io.cloneplatform.common.launch;

import io.vertx.core.Future;

/** One deployable part of the platform: the gateway or a domain's service. */
public interface ServiceModule {
    /** Its name, as in {@code withdrawal}. */
    String name();

    /** Builds its collaborators and deploys its verticles; completes when it serves. */
    Future<Void> deploy(Node node);
}
