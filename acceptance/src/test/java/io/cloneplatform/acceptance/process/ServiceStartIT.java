package io.cloneplatform.acceptance.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloneplatform.common.config.DatabaseConfig;
import io.cloneplatform.common.config.Secret;
import io.cloneplatform.common.db.Schema;
import io.cloneplatform.common.testing.LaterRelease;
import io.cloneplatform.common.testing.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A service that cannot start says why in a sentence, and ends. */
@Timeout(120)
class ServiceStartIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Test
    void listsEverythingThatIsWrongWithItsSettings() {
        Launch launch = Launch.jar("support-service").with("LOG_FORMAT", "xml", "CLUSTER", "yes");
        assertThat(refusal(launch)).contains("LOG_FORMAT: ", "CLUSTER: ", "DATABASE_URL: is required");
    }

    @Test
    void namesThePortThatIsTakenAndItsSetting() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            Launch support = Launch.jar("support-service").with("DATABASE_URL", TestDatabase.create());
            assertThat(refusal(support.with("MANAGEMENT_PORT", port)))
                    .isEqualTo("Port " + port
                            + " is in use. Stop the program that uses it, or set MANAGEMENT_PORT to another port.");
            Launch gateway = Launch.jar("gateway").with("DATABASE_URL", TestDatabase.create(), "CLUSTER", "tcp");
            assertThat(refusal(gateway.with("HTTP_PORT", port)))
                    .isEqualTo("Port " + port
                            + " is in use. Stop the program that uses it, or set HTTP_PORT to another port.");
        }
    }

    @Test
    void refusesADatabaseWhoseLaterReleaseTookSomethingAway() {
        String database = TestDatabase.create();
        int next = Schema.VERSION + 1;
        LaterRelease.migrate(database, "drop_names_from_" + next);
        assertThat(refusal(Launch.jar("support-service").with("DATABASE_URL", database)))
                .isEqualTo("The database has schema version " + next + ", made for releases of schema " + next
                        + " and newer; this build is of schema " + Schema.VERSION + ", so start a newer release.");
    }

    @Test
    void servesOnADatabaseToWhichALaterReleaseOnlyAdded() {
        String database = TestDatabase.create();
        LaterRelease.migrate(database, "keep_notes_from_" + Schema.VERSION);
        try (PlatformProcess process =
                Launch.jar("support-service").with("DATABASE_URL", database).start()) {
            process.awaitReady();
            assertThat(process.output()).contains("schema version " + (Schema.VERSION + 1) + " of a later release");
        }
    }

    @Test
    void saysWhatToRunOnADatabaseOfAnEarlierReleaseAndServesOnceThatIsDone() {
        String database = TestDatabase.createEmpty();
        try (PlatformProcess process =
                Launch.jar("support-service").with("DATABASE_URL", database).start()) {
            Waiting.until(LIMIT, process::toString, () -> process.output()
                    .contains("Waiting: the database has schema version 0, this build needs " + Schema.VERSION
                            + "; run ./clonectl migrate"));
            assertThat(process.ready()).isFalse();
            Schema.migrate(new DatabaseConfig(new Secret(database), 1));
            process.awaitReady();
        }
    }

    @Test
    void saysOnceWhatItWaitsFor() {
        String wrong = TestDatabase.create().replaceFirst("/[^/]*$", "/nowhere");
        try (PlatformProcess process =
                Launch.jar("support-service").with("DATABASE_URL", wrong).start()) {
            Waiting.until(LIMIT, process::toString, () -> process.output().contains("Waiting: "));
            Waiting.pause(1_500);
            process.stop();
            assertThat(process.wholeOutput()).containsOnlyOnce("database \"nowhere\" does not exist");
        }
    }

    private static String refusal(Launch launch) {
        try (PlatformProcess process = launch.start()) {
            assertThat(process.awaitExit(LIMIT)).as("exit code").isEqualTo(1);
            return process.wholeOutput().strip();
        }
    }
}
