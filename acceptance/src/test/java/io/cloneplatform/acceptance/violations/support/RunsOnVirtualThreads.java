package io.cloneplatform.acceptance.violations.support;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.ThreadingModel;

/** Breaks a rule, on purpose. */
record RunsOnVirtualThreads(DeploymentOptions options) {
    DeploymentOptions virtual() {
        return options.setThreadingModel(ThreadingModel.VIRTUAL_THREAD);
    }
}
