package io.cloneplatform.acceptance.violations.support;

/** Something of a service, to be imported where it must not be. */
public final class Desk {
    private Desk() {}
}
