package io.cloneplatform.acceptance.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** Programs of Debian that a test types. */
public final class Program {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private Program() {}

    /** Skips the test where the program is missing; where {@code CI=true} the test fails then. */
    public static void require(String name) {
        boolean there = isThere(name);
        if (!"true".equals(System.getenv("CI"))) {
            Assumptions.assumeTrue(there, name + " is not installed; what is typed with it was not tried");
        }
        assertThat(there).as("%s is installed, which CI=true asks for", name).isTrue();
    }

    private static boolean isThere(String name) {
        try (PlatformProcess found = new Launch(List.of("sh", "-c", "command -v " + name), Map.of()).start()) {
            return found.awaitExit(LIMIT) == 0;
        }
    }
}
