package io.cloneplatform.standalone.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloneplatform.common.config.DatabaseConfig;
import io.cloneplatform.common.config.Secret;
import io.cloneplatform.common.db.Jdbc;
import io.cloneplatform.common.db.Schema;
import io.cloneplatform.common.db.SchemaLock;
import io.cloneplatform.common.testing.TestDatabase;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What else goes on while a backup is being made. */
@Timeout(60)
class MeanwhileIT {
    private static final String WRITE =
            "INSERT INTO kv_store_44a642d3 (key, value) VALUES ('note:' || gen_random_uuid(), '{}')";
    private static final String WAITING =
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database ="
                    + " (SELECT oid FROM pg_database WHERE datname = current_database())";

    private static final String ATTEMPT = "SELECT (extract(epoch FROM xact_start) * 1000)::bigint FROM pg_stat_activity"
            + " WHERE wait_event_type = 'Lock' AND datname = current_database()";

    @TempDir
    Path directory;

    /** A backup that stands still in the middle until it is let go. */
    private final class Held implements Consumer<Progress> {
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);
        private final CompletableFuture<Backup> made;

        Held(String url) throws InterruptedException {
            made = CompletableFuture.supplyAsync(
                    () -> Backups.in(directory).create(database(url), new BackupName("Held"), this));
            begun.await();
        }

        @Override
        public void accept(Progress progress) {
            begun.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        Backup finish() {
            goOn.countDown();
            return made.join();
        }
    }

    private static String ofSchema(int version) throws SQLException {
        String url = TestDatabase.createEmpty();
        try (Connection connection = TestDatabase.connect(url)) {
            connection.setAutoCommit(false);
            Schema.migrate(connection, version);
            connection.commit();
        }
        return url;
    }

    @Test
    void aMigrationThatMeetsALongTransactionLetsOthersPassAndTriesAgain() throws Exception {
        String url = ofSchema(12);
        CompletableFuture<Integer> migration;
        try (Connection busy = TestDatabase.connect(url);
                Connection watch = TestDatabase.connect(url)) {
            busy.setAutoCommit(false);
            Jdbc.execute(busy, WRITE);
            migration = CompletableFuture.supplyAsync(() -> Schema.migrate(database(url)));
            long first = await(() -> Jdbc.number(watch, ATTEMPT), begun -> begun > 0);
            await(() -> Jdbc.number(watch, ATTEMPT), begun -> begun > first);
            busy.commit();
        }
        assertThat(migration.get()).isEqualTo(Schema.VERSION - 12);
    }

    private static long await(Callable<Long> read, LongPredicate wanted) throws Exception {
        long value = read.call();
        while (!wanted.test(value)) {
            TimeUnit.MILLISECONDS.sleep(20);
            value = read.call();
        }
        return value;
    }

    @Test
    void aMigrationWaitsForItAndKeepsNobodyWaiting() throws Exception {
        String url = ofSchema(Schema.VERSION - 1);
        Held backup = new Held(url);
        CompletableFuture<Integer> migration = CompletableFuture.supplyAsync(() -> Schema.migrate(database(url)));
        try (Connection connection = TestDatabase.connect(url)) {
            while (Jdbc.number(connection, WAITING) == 0) {
                assertThat(migration).isNotDone();
                TimeUnit.MILLISECONDS.sleep(20);
            }
            Jdbc.execute(connection, "SET lock_timeout = '1s'; " + WRITE);
        }
        assertThat(migration).isNotDone();
        assertThat(backup.finish().manifest().orElseThrow().schema()).isEqualTo(Schema.VERSION - 1);
        assertThat(migration.get()).isOne();
    }

    @Test
    void itWaitsForAMigration() throws Exception {
        String url = TestDatabase.create();
        CompletableFuture<Backup> backup;
        try (Connection migration = TestDatabase.connect(url)) {
            assertThat(SchemaLock.take(migration)).isTrue();
            backup = CompletableFuture.supplyAsync(
                    () -> Backups.in(directory).create(database(url), new BackupName("Later"), progress -> {}));
            while (Jdbc.number(migration, WAITING) == 0) {
                assertThat(backup).isNotDone();
                TimeUnit.MILLISECONDS.sleep(20);
            }
            Jdbc.execute(migration, WRITE);
        }
        assertThat(backup.get().manifest().orElseThrow().rows())
                .isEqualTo(Backups.in(directory.resolve("second"))
                        .create(database(url), new BackupName("Same"), progress -> {})
                        .manifest()
                        .orElseThrow()
                        .rows());
    }

    @Test
    void ofTwoAtOnceOneIsRefused() throws Exception {
        String url = TestDatabase.create();
        Held first = new Held(url);
        assertThatThrownBy(() -> Backups.in(directory).create(database(url), new BackupName("Second"), progress -> {}))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("Another backup is being made");
        first.finish();
        assertThat(Backups.in(directory).list()).hasSize(1);
    }

    @Test
    void aDatabaseThatGoesAwayLeavesNoFile() throws Exception {
        String url = TestDatabase.create();
        Held backup = new Held(url);
        try (Connection connection = TestDatabase.connect(url)) {
            Jdbc.text(
                    connection,
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'clone-backup'"
                            + " AND datname = current_database()");
        }
        assertThatThrownBy(backup::finish).hasMessageContaining("cannot be backed up");
        assertThat(files()).isEmpty();
    }

    @Test
    void aDiskThatFillsUpIsToldAndLeavesNoFileAndThePlatformUnharmed() throws Exception {
        String url = TestDatabase.create();
        Path disk = Files.createDirectory(directory.resolve("disk"));
        requireSmall(disk);
        try {
            assertThatThrownBy(() -> Backups.in(disk).create(database(url), new BackupName("Full"), fill(disk)))
                    .isInstanceOf(BackupException.class)
                    .hasMessage("The disk of " + disk
                            + " is full. No backup was made, and what was written of it is removed.");
            assertThat(disk.resolve("Full.partial")).doesNotExist();
            assertThatThrownBy(() -> Backups.in(disk).create(database(url), new BackupName("Full"), progress -> {}))
                    .hasMessageContaining("There is no room for a backup");
            Files.delete(disk.resolve("filler"));
            Backups.in(disk).create(database(url), new BackupName("Full"), progress -> {});
        } finally {
            run("umount", disk.toString());
        }
        try (Connection connection = TestDatabase.connect(url)) {
            Jdbc.execute(connection, WRITE);
        }
    }

    private static void requireSmall(Path disk) throws IOException, InterruptedException {
        boolean mounted = mount(disk);
        if (!"true".equals(System.getenv("CI"))) {
            Assumptions.assumeTrue(mounted, "only root may mount a small disk; a full one was not tried");
        }
        assertThat(mounted)
                .as("a small disk is mounted, which CI=true asks for")
                .isTrue();
    }

    private static boolean mount(Path disk) throws IOException, InterruptedException {
        return run("mount", "-t", "tmpfs", "-o", "size=18m", "tmpfs", disk.toString()) == 0;
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    // Somebody else takes what is left once it has begun.
    private static Consumer<Progress> fill(Path disk) {
        return progress -> {
            if (Files.notExists(disk.resolve("filler"))) {
                try (OutputStream out = Files.newOutputStream(disk.resolve("filler"))) {
                    while (true) {
                        out.write(new byte[4096]);
                    }
                } catch (IOException e) {
                    assertThat(e).hasMessageContaining("No space left");
                }
            }
        };
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> !file.endsWith(".lock")).toList();
        }
    }

    private static DatabaseConfig database(String url) {
        return new DatabaseConfig(new Secret(url), 1);
    }
}
