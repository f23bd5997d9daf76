package io.cloneplatform.acceptance.violations.standalone;

/** Something of standalone, to be imported where it must not be. */
public final class Everything {
    private Everything() {}
}
