package io.cloneplatform.standalone.backup;

import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** What a failure says, fit to end a sentence. */
public final class Reason {
    private Reason() {}

    /** Its first line without a full stop; its kind where it says nothing. */
    public static String of(Throwable failure) {
        return failure instanceof UncheckedIOException unchecked
                ? of(unchecked.getCause())
                : failure instanceof FileSystemException file ? ofFile(file) : ofAny(failure);
    }

    // Those of files say which file, and by their kind alone what is wrong with it.
    private static String ofFile(FileSystemException failure) {
        if (failure instanceof AccessDeniedException) {
            return "access to " + failure.getFile() + " is denied";
        }
        if (failure instanceof NotDirectoryException) {
            return failure.getFile() + " is not a directory";
        }
        return failure instanceof NoSuchFileException
                ? "there is no " + failure.getFile()
                : failure.getFile() + ", " + ofAny(failure).replaceFirst("^.*: ", "");
    }

    private static String ofAny(Throwable failure) {
        String message = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        String line = message.lines().findFirst().orElse("").strip().replaceFirst("^ERROR: ", "");
        return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    }
}
