package io.cloneplatform.acceptance.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.acceptance.ledger.Books;
import io.cloneplatform.acceptance.ledger.Journal;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code clonectl backup} as operators run it: beside a platform that is busy, and killed in the middle. */
@Timeout(180)
class BackupIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int CLIENTS = 4;
    private static final int WARM_UP = 40;
    private static final int ROWS = 150_000;
    private static final String TABLES =
            "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'";
    private static final String COPIES =
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'clone-restore' AND query LIKE 'COPY %%' AND datname = '%s'";
    private static final String SESSIONS = "SELECT count(*) FROM pg_stat_activity WHERE datname = '%s'";

    private static String large;

    @BeforeAll
    static void fill() {
        large = TestDatabase.create();
        Sql.run(
                large,
                "INSERT INTO kv_store_44a642d3 (key, value) SELECT 'note:' || g, jsonb_build_object('text', md5(g::text))"
                        + " FROM generate_series(1, " + ROWS + ") g");
    }

    @Test
    void whatWasAcknowledgedBeforeTheSnapshotIsThereAfterTheRestore() {
        Api api = SharedPlatform.api();
        try (TemporaryDirectory directory = new TemporaryDirectory();
                Submitters submitters = new Submitters(api)) {
            submitters.awaitMore(WARM_UP);
            JsonNode made = backup(SharedPlatform.databaseUrl(), directory, "create", "--name", "Drill");
            submitters.awaitMore(WARM_UP);
            submitters.finish();
            String restored = TestDatabase.createEmpty();
            long begun = System.nanoTime();
            backup(restored, directory, "restore", "Drill");
            try (PlatformProcess platform = Launch.jar("standalone")
                    .with("DATABASE_URL", restored, "ADMIN_KEY", SharedPlatform.ADMIN_KEY, "BACKUPS", "off")
                    .start()
                    .awaitReady()) {
                Duration recovery = Waiting.since(begun);
                String kept = submitters.requireKept(
                        restored, Instant.parse(made.at("/createdAt").asText()));
                platform.api().as(submitters.anyone().token()).get("/profile").ok();
                System.out.println(
                        "Drill: " + kept + "; serving " + recovery.toMillis() + " ms after the restore began");
            }
        }
    }

    @Test
    void oneThatIsKilledWhileItIsMadeIsNoBackup() throws IOException {
        try (TemporaryDirectory directory = new TemporaryDirectory()) {
            Path unfinished = directory.path().resolve("backups/Killed.partial");
            try (PlatformProcess create = start(large, directory, "create", "--name", "Killed")) {
                Waiting.until(LIMIT, () -> "nothing written: " + create, () -> size(unfinished) > 0);
                create.kill();
            }
            assertThat(unfinished).exists();
            assertThat(backup(large, directory, "list").at("/backups")).isEmpty();
            backup(large, directory, "create", "--name", "Killed");
            assertThat(unfinished).doesNotExist();
            assertThat(backup(large, directory, "verify", "Killed").at("/whole").asBoolean())
                    .isTrue();
        }
    }

    @Test
    void aRestoreThatIsKilledLeavesTheDatabaseAsItWas() {
        try (TemporaryDirectory directory = new TemporaryDirectory()) {
            backup(large, directory, "create", "--name", "Large");
            String target = TestDatabase.createEmpty();
            String name = target.substring(target.lastIndexOf('/') + 1);
            try (PlatformProcess restore = start(target, directory, "restore", "Large")) {
                Waiting.until(
                        LIMIT, () -> "not copying: " + restore, () -> Sql.count(large, COPIES.formatted(name)) > 0);
                restore.kill();
            }
            Waiting.until(LIMIT, () -> "still there", () -> Sql.count(large, SESSIONS.formatted(name)) == 0);
            assertThat(Sql.count(target, TABLES)).isZero();
            backup(target, directory, "restore", "Large");
            assertThat(Sql.count(target, "SELECT count(*) FROM kv_store_44a642d3"))
                    .isEqualTo(ROWS);
        }
    }

    private static long size(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    private static JsonNode backup(String url, TemporaryDirectory directory, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--json");
        try (PlatformProcess command = start(url, directory, all.toArray(String[]::new))) {
            assertThat(command.awaitExit(LIMIT)).as("%s", command).isZero();
            return Json.read(command.wholeOutput());
        }
    }

    private static PlatformProcess start(String url, TemporaryDirectory directory, String... arguments) {
        String[] all = Stream.concat(Stream.of("backup"), Stream.of(arguments)).toArray(String[]::new);
        String place = directory.path().resolve("backups").toString();
        return Launch.jar("cli", all)
                .with("DATABASE_URL", url, "BACKUP_DIR", place)
                .start();
    }

    /** Members who submit all the time, and when each submission was acknowledged. */
    private static final class Submitters implements AutoCloseable {
        private final Map<String, Instant> acknowledged = new ConcurrentHashMap<>();
        private final AtomicBoolean going = new AtomicBoolean(true);
        private final List<Member> members = new ArrayList<>();
        private final List<Thread> threads = new ArrayList<>();

        Submitters(Api api) {
            for (int i = 0; i < CLIENTS; i++) {
                Member member = Member.signUp(api, "drill-" + i, members.isEmpty() ? null : members.get(0));
                members.add(member);
                threads.add(new Thread(() -> submit(member.api()), "submitter-" + i));
            }
            threads.forEach(Thread::start);
        }

        private void submit(Api api) {
            while (going.get()) {
                Answer answer = api.post("/submit-product", Map.of("productName", "Lamp", "productValue", 10));
                if (answer.status() == 200) {
                    acknowledged.put(answer.string("/product/id"), Instant.now());
                }
            }
        }

        void awaitMore(int count) {
            int goal = acknowledged.size() + count;
            Waiting.until(LIMIT, () -> "too few: " + acknowledged.size(), () -> acknowledged.size() >= goal);
        }

        Member anyone() {
            return members.get(0);
        }

        /** Says what the snapshot has of what was acknowledged; everything that was acknowledged before it. */
        String requireKept(String url, Instant snapshot) {
            List<String> before = acknowledged.entrySet().stream()
                    .filter(one -> one.getValue().isBefore(snapshot))
                    .map(Map.Entry::getKey)
                    .toList();
            assertThat(before).hasSizeGreaterThanOrEqualTo(WARM_UP);
            try (Journal journal = new Journal(url)) {
                List<String> kept = journal.references("submission", "posted");
                assertThat(kept).containsAll(before);
                Books.read(journal).requireSound();
                long lost = acknowledged.keySet().stream()
                        .filter(id -> !kept.contains(id))
                        .count();
                assertThat(lost).as("acknowledged after the snapshot").isPositive();
                return before.size() + " acknowledged before the snapshot are there, " + lost
                        + " of later ones are not";
            }
        }

        @Override
        public void close() {
            finish();
        }

        void finish() {
            going.set(false);
            for (Thread thread : threads) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }
}
