package io.cloneplatform.acceptance.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloneplatform.common.db.Schema;
import io.cloneplatform.common.testing.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
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
    void refusesADatabaseOfANewerRelease() throws SQLException {
        String database = TestDatabase.create();
        try (Connection connection = TestDatabase.connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "INSERT INTO flyway_schema_history SELECT 9999, '9999', description, type, script, checksum,"
                            + " installed_by, installed_on, execution_time, success FROM flyway_schema_history LIMIT 1");
        }
        assertThat(refusal(Launch.jar("support-service").with("DATABASE_URL", database)))
                .startsWith("The database has schema version 9999, this build knows " + Schema.VERSION + ".")
                .hasLineCount(1);
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
