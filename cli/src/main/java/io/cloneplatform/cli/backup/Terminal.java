package io.cloneplatform.cli.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The streams of a process that a person may sit at. */
enum Terminal {
    INPUT(0),
    ERROR(2);

    private final int descriptor;

    Terminal(int descriptor) {
        this.descriptor = descriptor;
    }

    /** Whether a person does; false where the system does not tell. */
    boolean isThere() {
        try {
            Path stream = Path.of("/proc/self/fd", Integer.toString(descriptor));
            String device = Files.readSymbolicLink(stream).toString();
            return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
