package io.cloneplatform.acceptance.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloneplatform.acceptance.ledger.Journal;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;

/** The platform on its embedded database: killed, started twice, and in the way of other programs. */
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(300)
class KillIT {
    private static final String ADMIN_KEY = "embedded-admin-key-for-tests";
    private static final Duration WORK_LIMIT = Duration.ofSeconds(40);
    private static final Duration REFUSAL_LIMIT = Duration.ofSeconds(20);

    private final TemporaryDirectory data = new TemporaryDirectory();
    private Launch launch;
    private PlatformProcess platform;

    @BeforeAll
    void start() {
        launch = Launch.jar("standalone")
                .with("DATA_DIR", data.path().toString(), "ADMIN_KEY", ADMIN_KEY)
                .with("DATABASE_PORT", Integer.toString(FreePorts.next()));
        platform = launch.start().awaitReady();
    }

    @AfterAll
    void stop() {
        if (platform != null) {
            platform.close();
        }
        data.close();
    }

    @Test
    void everyAcknowledgedEffectOutlivesKillsAndHappensOnce() throws IOException {
        Api admin = platform.api().as(ADMIN_KEY);
        try (Crowd crowd = new Crowd(platform.api(), "killed", 8).reviewedBy(admin)) {
            crowd.start();
            crowd.awaitProgress(6, WORK_LIMIT);
            for (int kill = 0; kill <= CrashMatrixIT.ROUNDS; kill++) {
                killAndStartAgain();
                crowd.awaitProgress(3, WORK_LIMIT);
            }
            crowd.finish();
            crowd.verify(admin);
            try (Journal journal = new Journal(databaseUrl())) {
                crowd.verify(journal);
            }
            assertThat(crowd.retries()).as("requests hit by a kill").isNotEmpty();
            System.out.println("Killed again and again: " + crowd);
        }
    }

    private String databaseUrl() throws IOException {
        String entry = Files.readString(data.path().resolve("pgpass")).strip();
        String password = entry.substring(entry.lastIndexOf(':') + 1);
        return "postgresql://postgres:" + password + "@127.0.0.1:" + launch.port("DATABASE_PORT") + "/clone";
    }

    private void killAndStartAgain() {
        platform.kill();
        long start = System.nanoTime();
        platform = launch.start().awaitReady();
        System.out.println("Ready " + Waiting.since(start).toMillis() + " ms after a kill");
    }

    @Test
    void aSecondInstanceOnTheSameDirectoryIsRefused() {
        Launch second = Launch.jar("standalone")
                .with("DATA_DIR", data.path().toString(), "DATABASE_PORT", Integer.toString(FreePorts.next()));
        String sentence = refusal(second);
        assertThat(sentence).contains(data.path().toString(), "in use by another running platform", "DATA_DIR");
        platform.api().get("/health").within(Duration.ofSeconds(1));
        assertThat(platform.api().get("/faq").ok().at("/total").asInt()).isEqualTo(8);
    }

    @Test
    void aPortInUseIsNamedWithItsSetting() {
        try (TemporaryDirectory other = new TemporaryDirectory()) {
            Launch second = Launch.jar("standalone")
                    .with("DATA_DIR", other.path().toString(), "DATABASE_PORT", Integer.toString(FreePorts.next()));
            String taken = launch.settings().get("HTTP_PORT");
            assertThat(refusal(second.with("HTTP_PORT", taken))).contains(taken, "HTTP_PORT", "in use");
            String management = launch.settings().get("MANAGEMENT_PORT");
            assertThat(refusal(second.with("MANAGEMENT_PORT", management))).contains(management, "MANAGEMENT_PORT");
            String database = launch.settings().get("DATABASE_PORT");
            assertThat(refusal(second.with("DATABASE_PORT", database))).contains(database, "DATABASE_PORT");
            assertThat(other.processes()).as("left running").isEmpty();
        }
    }

    @Test
    void everyMistakeInTheSettingsIsListedAtOnce() {
        Launch wrong =
                Launch.jar("standalone").with("HTTP_PORT", "eighty", "CLUSTER", "maybe", "ADMIN_KEY", "short-secret");
        assertThat(refusal(wrong))
                .contains("HTTP_PORT", "eighty", "CLUSTER", "maybe", "ADMIN_KEY")
                .doesNotContain("short-secret");
    }

    /** What a start that cannot succeed says before it ends with 1: a sentence, not a stack trace. */
    private static String refusal(Launch launch) {
        try (PlatformProcess refused = launch.start()) {
            int exit = refused.awaitExit(REFUSAL_LIMIT);
            String output = refused.wholeOutput();
            assertThat(exit).as(output).isEqualTo(1);
            assertThat(output).doesNotContain("\tat ", "Exception");
            return output;
        }
    }
}
