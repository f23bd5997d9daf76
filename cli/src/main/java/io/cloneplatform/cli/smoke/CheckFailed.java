package io.cloneplatform.cli.smoke;

/** A check did not hold; the message says what was expected and what came. */
final class CheckFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    CheckFailed(String message) {
        super(message, null, false, false);
    }

    static CheckFailed expected(String what, Object expected, Object got) {
        return new CheckFailed(what + ": expected " + expected + ", got " + got);
    }
}
