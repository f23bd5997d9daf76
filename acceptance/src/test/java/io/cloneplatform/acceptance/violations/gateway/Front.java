package io.cloneplatform.acceptance.violations.gateway;

/** Something of the gateway, to be imported where it must not be. */
public final class Front {
    private Front() {}
}
