package io.cloneplatform.acceptance.violations.support;

import io.vertx.core.Future;

/** Breaks a rule, on purpose. */
record Awaits(Future<String> answer) {
    String now() {
        return answer.await();
    }
}
