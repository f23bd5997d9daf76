package io.cloneplatform.cli.output;

import java.io.Console;
import java.util.Optional;

/** The terminal that a person sits at, if one does. */
public final class Terminal {
    private Terminal() {}

    /** It, when input and output both are one. */
    @SuppressWarnings("SystemConsoleNull") // Java 17 says null; newer ones answer isTerminal.
    public static Optional<Console> get() {
        Console console = System.console();
        return console != null && isTerminal(console) ? Optional.of(console) : Optional.empty();
    }

    private static boolean isTerminal(Console console) {
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }
}
