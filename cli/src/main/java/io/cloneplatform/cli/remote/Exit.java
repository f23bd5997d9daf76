package io.cloneplatform.cli.remote;

import java.util.LinkedHashMap;
import java.util.Map;

/** The exit codes of every command. */
public final class Exit {
    /** Everything was done. */
    public static final int DONE = 0;
    /** It failed, or the platform refused it. */
    public static final int FAILED = 1;
    /** The command was called in a wrong way; nothing was tried. */
    public static final int USAGE = 2;
    /** The platform could not be reached. */
    public static final int UNREACHABLE = 3;

    private Exit() {}

    /** What each code means, for the help of a command. */
    public static Map<String, String> meanings(boolean remote) {
        Map<String, String> meanings = new LinkedHashMap<>();
        meanings.put(String.valueOf(DONE), "Done.");
        meanings.put(String.valueOf(FAILED), remote ? "Failed, or refused by the platform." : "Failed.");
        meanings.put(String.valueOf(USAGE), "Called in a wrong way; nothing was tried.");
        if (remote) {
            meanings.put(String.valueOf(UNREACHABLE), "The platform cannot be reached.");
        }
        return meanings;
    }
}
