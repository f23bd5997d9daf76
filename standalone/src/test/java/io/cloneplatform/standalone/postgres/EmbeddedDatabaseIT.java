package io.cloneplatform.standalone.postgres;

import static io.cloneplatform.standalone.postgres.Queries.execute;
import static io.cloneplatform.standalone.postgres.Queries.single;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cloneplatform.common.launch.StartException;
import io.cloneplatform.standalone.start.DataDirectory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One data directory, taken through the trouble that a machine gives it. */
@TestMethodOrder(MethodOrderer.Random.class)
final class EmbeddedDatabaseIT {
    @TempDir
    static Path directory;

    private static int port;

    @BeforeAll
    static void makeDatabase() throws IOException {
        try (ServerSocket any = new ServerSocket(0)) {
            port = any.getLocalPort();
        }
        withDatabase(url -> execute(url, "CREATE TABLE note (text text PRIMARY KEY)"));
    }

    @AfterAll
    static void leavesNothingRunning() {
        assertThat(directory.resolve("postgres/postmaster.pid")).doesNotExist();
    }

    @Test
    void acknowledgedWritesAreOnDisk() {
        withDatabase(url -> {
            assertThat(single(url, "SHOW fsync")).isEqualTo("on");
            assertThat(single(url, "SHOW synchronous_commit")).isEqualTo("on");
            assertThat(single(url, "SHOW full_page_writes")).isEqualTo("on");
            assertThat(single(url, "SHOW data_checksums")).isEqualTo("on");
        });
    }

    @Test
    void onlyThisMachineConnectsAndOnlyWithThePassword() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("pgpass"))))
                .isEqualTo("rw-------");
        withDatabase(url -> {
            assertThat(single(url, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
            assertThatThrownBy(() -> single(url.replaceFirst("postgres:[0-9a-f]+@", "postgres:guess@"), "SELECT 1"))
                    .hasRootCauseMessage("FATAL: password authentication failed for user \"postgres\"");
        });
    }

    @Test
    void dataSurvivesARestart() {
        withDatabase(url -> execute(url, "INSERT INTO note VALUES ('restart')"));
        withDatabase(url -> assertThat(notes(url, "restart")).isEqualTo("1"));
    }

    @Test
    void dataSurvivesTheKillOfThePlatform() throws Exception {
        Process platform = startChild();
        execute(readUrl(platform), "INSERT INTO note VALUES ('kill')");
        platform.destroyForcibly().waitFor();

        assertThat(directory.resolve("postgres/postmaster.pid")).exists();
        withDatabase(url -> assertThat(notes(url, "kill")).isEqualTo("1"));
    }

    @Test
    void refusesADirectoryThatAnotherProcessUses() throws Exception {
        Process platform = startChild();
        readUrl(platform);
        try {
            assertThatThrownBy(() -> DataDirectory.lock(directory))
                    .isInstanceOf(StartException.class)
                    .hasMessage("The data directory " + directory + " is in use by another running platform (process "
                            + platform.pid() + "). Stop it, or set DATA_DIR to another directory.");
        } finally {
            platform.destroy();
            platform.waitFor();
        }
    }

    @Test
    void aPortInUseIsNamedWithItsSetting() throws IOException {
        try (ServerSocket taken = new ServerSocket();
                DataDirectory lock = DataDirectory.lock(directory)) {
            taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            assertThatThrownBy(() -> EmbeddedDatabase.start(lock, taken.getLocalPort(), line -> {}))
                    .isInstanceOf(StartException.class)
                    .hasMessage("Port " + taken.getLocalPort()
                            + " is in use. Stop the program that uses it, or set DATABASE_PORT to another port.");
        }
    }

    @Test
    void rootWithoutUserNamespacesRunsItAsNobody() {
        assumeTrue(RunAs.detect(directory).equals(RunAs.NAMESPACE), "only root can try this");
        try (DataDirectory lock = DataDirectory.lock(directory);
                EmbeddedDatabase database = EmbeddedDatabase.start(lock, port, RunAs.NOBODY, line -> {})) {
            assertThat(single(database.url(), "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void aLostPasswordFileIsMadeAnew() throws IOException {
        Files.delete(directory.resolve("pgpass"));
        withDatabase(url -> assertThat(single(url, "SELECT 1")).isEqualTo("1"));
    }

    @Test
    void aProcessIdThatAnotherProgramHasNowIsNotStopped() throws IOException {
        long pid = ProcessHandle.current().pid();
        Files.writeString(directory.resolve("postgres/postmaster.pid"), pid + "\n" + directory + "/postgres\n");
        withDatabase(url -> assertThat(single(url, "SELECT 1")).isEqualTo("1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no number\n", "0\n"})
    void aProcessFileThatNamesNoProcessIsForgotten(String content) throws IOException {
        Files.writeString(directory.resolve("postgres/postmaster.pid"), content);
        withDatabase(url -> assertThat(single(url, "SELECT 1")).isEqualTo("1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no password\n", "127.0.0.1:*:*:postgres:\n"})
    void aBrokenPasswordFileIsMadeAnew(String content) throws IOException {
        Files.writeString(directory.resolve("pgpass"), content);
        withDatabase(url -> assertThat(single(url, "SELECT 1")).isEqualTo("1"));
    }

    @Test
    void aKilledServerIsStartedAgain() {
        withDatabase(url -> {
            execute(url, "INSERT INTO note VALUES ('server killed')");
            server().destroyForcibly();
            await(() -> notes(url, "server killed").equals("1"));
        });
    }

    @Test
    void aServerThatWasStoppedInOrderStaysStopped() throws InterruptedException {
        try (DataDirectory lock = DataDirectory.lock(directory);
                EmbeddedDatabase database = EmbeddedDatabase.start(lock, port, line -> {})) {
            server().destroy();
            await(() -> Files.notExists(directory.resolve("postgres/postmaster.pid")));
            Thread.sleep(2_000);
            assertThatThrownBy(() -> single(database.url(), "SELECT 1")).hasRootCauseInstanceOf(ConnectException.class);
        }
    }

    @Test
    void refusesADirectoryThatPostgresCannotWorkIn() {
        assertThatThrownBy(() -> DataDirectory.lock(directory.resolve("a$b")))
                .isInstanceOf(StartException.class)
                .hasMessageContainingAll("a$b", "DATA_DIR");
    }

    private static ProcessHandle server() {
        try {
            String pid = Files.readAllLines(directory.resolve("postgres/postmaster.pid"))
                    .get(0);
            return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!holds(condition)) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    private static boolean holds(BooleanSupplier condition) {
        try {
            return condition.getAsBoolean();
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private static void withDatabase(Consumer<String> work) {
        try (DataDirectory lock = DataDirectory.lock(directory);
                EmbeddedDatabase database = EmbeddedDatabase.start(lock, port, line -> {})) {
            work.accept(database.url());
        }
    }

    /** The database in a process of its own, which prints its URL and stops it when told to end. */
    public static final class Child {
        /** Takes the data directory and the port. */
        public static void main(String[] args) throws InterruptedException {
            DataDirectory lock = DataDirectory.lock(Path.of(args[0]));
            EmbeddedDatabase database = EmbeddedDatabase.start(lock, Integer.parseInt(args[1]), line -> {});
            Runtime.getRuntime().addShutdownHook(new Thread(database::close));
            System.out.println(database.url());
            Thread.currentThread().join();
        }
    }

    private static Process startChild() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        directory.toString(),
                        Integer.toString(port))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static String readUrl(Process child) throws IOException {
        BufferedReader lines = child.inputReader(StandardCharsets.UTF_8);
        return lines.readLine();
    }

    private static String notes(String url, String text) {
        return single(url, "SELECT count(*) FROM note WHERE text = '" + text + "'");
    }
}
