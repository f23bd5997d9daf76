package io.cloneplatform.standalone.backup.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloneplatform.common.config.BackupConfig;
import io.cloneplatform.common.launch.Node;
import io.cloneplatform.common.launch.ServiceModule;
import io.cloneplatform.common.testing.TestPlatform;
import io.cloneplatform.standalone.backup.Backup;
import io.cloneplatform.standalone.backup.Backups;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Backups that are made by themselves. */
@Timeout(60)
class DailyBackupIT {
    private static final long LOOK_MS = 50;

    @TempDir
    Path directory;

    private final AtomicReference<MeterRegistry> metrics = new AtomicReference<>();

    @Test
    void theFirstIsMadeWhenThereIsSomethingToKeep() throws InterruptedException {
        Instant before = Instant.now();
        try (TestPlatform platform = start(directory)) {
            TimeUnit.MILLISECONDS.sleep(10 * LOOK_MS);
            assertThat(Backups.in(directory).list()).isEmpty();
            platform.member("Ada", null);
            await(() -> !Backups.in(directory).list().isEmpty());
            Backup made = Backups.in(directory).newest().orElseThrow();
            assertThat(made.name().isManual()).isFalse();
            await(() -> gauge() > 0);
            assertThat(gauge()).isBetween(before.getEpochSecond(), Instant.now().getEpochSecond());
        }
        try (TestPlatform again = start(directory)) {
            assertThat(again).isNotNull();
            assertThat(gauge()).as("known after a restart").isPositive();
        }
    }

    @Test
    void oneThatFailsIsCounted() throws IOException, InterruptedException {
        Path file = Files.writeString(directory.resolve("file"), "in the way");
        try (TestPlatform platform = start(file.resolve("below"))) {
            platform.member("Ada", null);
            await(() -> metrics.get().counter("clone.backup.failures").count() > 0);
            TimeUnit.MILLISECONDS.sleep(5 * LOOK_MS);
            assertThat(metrics.get().counter("clone.backup.failures").count()).isOne();
        }
    }

    private TestPlatform start(Path place) {
        BackupConfig config = new BackupConfig(true, LocalTime.of(2, 0), 7, place);
        Timetable timetable = new Timetable(config.at(), Instant.now().minus(Duration.ofHours(1)));
        return TestPlatform.start(List.of(new DailyBackup(config, timetable, LOOK_MS), new Meters()));
    }

    /** Lends the meters of the process. */
    private final class Meters implements ServiceModule {
        @Override
        public String name() {
            return "meters";
        }

        @Override
        public Future<Void> deploy(Node node) {
            metrics.set(node.metrics());
            return Future.succeededFuture();
        }
    }

    private long gauge() {
        return (long) metrics.get()
                .get("clone.backup.last.success.timestamp.seconds")
                .gauge()
                .value();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }
}
