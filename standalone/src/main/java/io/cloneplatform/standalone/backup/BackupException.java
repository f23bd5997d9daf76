package io.cloneplatform.standalone.backup;

/**
 * A backup was not made, is none, or was not restored; the message is a sentence that says why and what to
 * do.
 */
public final class BackupException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public BackupException(String sentence) {
        super(sentence);
    }

    public BackupException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
