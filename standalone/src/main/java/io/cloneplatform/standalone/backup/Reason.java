package io.cloneplatform.standalone.backup;

/** What a failure says, fit to end a sentence. */
public final class Reason {
    private Reason() {}

    /** Its first line without a full stop; its kind where it says nothing. */
    public static String of(Throwable failure) {
        String message = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        String line = message.lines().findFirst().orElse("").strip().replaceFirst("^ERROR: ", "");
        return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    }
}
