package io.cloneplatform.common.launch;

/** Why the platform cannot start, in one sentence that tells a person what to do. */
public final class StartException extends RuntimeException {
    public StartException(String sentence) {
        super(sentence);
    }

    public StartException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
