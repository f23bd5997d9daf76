package io.cloneplatform.cli.remote;

import java.nio.channels.UnresolvedAddressException;

/** Why a call got no answer, in words: the client's own exceptions often say nothing. */
public final class Unanswered {
    private Unanswered() {}

    /** The reason for a person. */
    public static String reason(Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return "the host is unknown";
            }
        }
        return failure.getMessage() == null ? "connection refused" : failure.getMessage();
    }
}
