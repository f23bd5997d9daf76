package io.cloneplatform.standalone.postgres;

import com.sun.security.auth.module.UnixSystem;
import io.cloneplatform.common.launch.StartException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How PostgreSQL's programs are started. PostgreSQL refuses to run as root, so as root they run in a user namespace of
 * their own, where root is nobody special; where that is forbidden or does not reach the data, as user {@code nobody}.
 *
 * @param prefix what stands before each command
 * @param owner user and group that must own the database's files, or null where they are the platform's anyway
 */
record RunAs(List<String> prefix, String owner) {
    static final RunAs SELF = new RunAs(List.of(), null);
    static final RunAs NAMESPACE = new RunAs(List.of("unshare", "--user"), "0:0");

    // Keeps root's way through directories, because the data directory may lie in one that is closed to others.
    static final RunAs NOBODY = new RunAs(
            List.of(
                    "setpriv",
                    "--reuid=65534",
                    "--regid=65534",
                    "--clear-groups",
                    "--inh-caps=+dac_override",
                    "--ambient-caps=+dac_override",
                    "--securebits=+no_setuid_fixup"),
            "65534:65534");

    /** The first way that works on this machine and reaches the directory. */
    static RunAs detect(Path directory) {
        if (new UnixSystem().getUid() != 0) {
            return SELF;
        }
        return List.of(NAMESPACE, NOBODY).stream()
                .filter(way -> way.reaches(directory))
                .findFirst()
                .orElseThrow(() -> new StartException("PostgreSQL does not run as root, and this system lets root drop"
                        + " its rights neither with unshare nor with setpriv. Run the platform as another user."));
    }

    private boolean reaches(Path directory) {
        try {
            List<String> command = new ArrayList<>(prefix);
            command.addAll(List.of("test", "-x", directory.toString()));
            Process process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
