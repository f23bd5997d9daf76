package io.cloneplatform.standalone.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloneplatform.common.config.DatabaseConfig;
import io.cloneplatform.common.config.PlatformConfig;
import io.cloneplatform.common.config.Secret;
import io.cloneplatform.common.db.Jdbc;
import io.cloneplatform.common.db.Schema;
import io.cloneplatform.common.launch.Platform;
import io.cloneplatform.common.testing.TestDatabase;
import io.cloneplatform.standalone.Services;
import io.cloneplatform.standalone.backup.restore.Restore;
import io.cloneplatform.standalone.demo.Demo;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup of a platform where something of everything happened, restored elsewhere. */
class RoundTripIT {
    private static final BackupName NAME = new BackupName("Everything");

    @TempDir
    static Path directory;

    private static String source;
    private static Backup backup;

    @BeforeAll
    static void back() throws SQLException {
        source = TestDatabase.create();
        PlatformConfig config =
                PlatformConfig.read(Map.of("HTTP_PORT", "0", "MANAGEMENT_PORT", "0", "DATABASE_URL", source));
        try (Platform platform = Platform.start(
                config,
                "test",
                Services.all().stream()
                        .filter(service -> !service.name().equals("gateway"))
                        .toList())) {
            assertThat(new Demo(platform.vertx(), new PrintStream(OutputStream.nullOutputStream())).seed())
                    .isTrue();
        }
        execute(source, "SELECT ledger_seal_next(1000, true)");
        execute(source, "INSERT INTO kv_store_44a642d3 (key, value) VALUES ('ticket:1', '{\"status\": \"open\"}')");
        backup = Backups.in(directory).create(database(source), NAME, progress -> {});
    }

    @Test
    void everythingIsAsItWas() throws SQLException {
        String target = TestDatabase.createEmpty();
        Restore.Restored restored = restore(target, false);
        assertThat(restored.problems()).isEmpty();
        assertThat(restored.leftOut()).isEmpty();
        assertThat(Inventory.catalog(target)).isEqualTo(Inventory.catalog(source));
        assertThat(Inventory.rows(target)).isEqualTo(Inventory.rows(source));
    }

    @Test
    void whatWaitedToBeCountedIsCountedOnTheOtherServer() throws SQLException {
        String target = TestDatabase.createEmpty();
        restore(target, false);
        try (Connection connection = TestDatabase.connect(target)) {
            assertThat(Jdbc.number(connection, "SELECT count(*) FROM platform_change"))
                    .isPositive();
            assertThat(Jdbc.number(connection, "SELECT platform_fold(1000)")).isPositive();
            assertThat(Jdbc.number(connection, "SELECT count(*) FROM platform_change"))
                    .isZero();
        }
        assertThat(Inventory.rows(target).get("platform_count"))
                .isEqualTo(Inventory.rows(source).get("platform_count"));
    }

    @Test
    void aMigratedDatabaseThatNobodyUsedIsEmpty() throws SQLException {
        String target = TestDatabase.create();
        restore(target, false);
        assertThat(Inventory.rows(target)).isEqualTo(Inventory.rows(source));
    }

    @Test
    void anOwnerWhoIsNoSuperuserRestoresTheSame() throws SQLException {
        String target = TestDatabase.createEmpty();
        execute(target, "CREATE ROLE restoring_owner LOGIN PASSWORD 'secret'; GRANT clone_service TO restoring_owner");
        execute(
                target,
                "ALTER DATABASE " + target.substring(target.lastIndexOf('/') + 1) + " OWNER TO restoring_owner");
        assertThat(restore(target.replace("postgres:postgres@", "restoring_owner:secret@"), false)
                        .problems())
                .isEmpty();
        assertThat(Inventory.rows(target)).isEqualTo(Inventory.rows(source));
    }

    @Test
    void whatIsThereIsReplacedByForceAlone() throws SQLException {
        String target = TestDatabase.create();
        execute(target, "INSERT INTO kv_store_44a642d3 (key, value) VALUES ('note:mine', '{}')");
        Map<String, String> before = Inventory.rows(target);
        assertThatThrownBy(() -> restore(target, false))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("not empty: it has 0 members, 0 transfers, 1 documents");
        assertThat(Inventory.rows(target)).isEqualTo(before);
        restore(target, true);
        assertThat(Inventory.catalog(target)).isEqualTo(Inventory.catalog(source));
        assertThat(Inventory.rows(target)).isEqualTo(Inventory.rows(source));
    }

    @Test
    void aDatabaseInUseIsNotReplaced() throws SQLException {
        String target = TestDatabase.create();
        try (Connection other = TestDatabase.connect(target);
                Statement names = other.createStatement()) {
            names.execute("SET application_name = 'clone-gateway'");
            assertThatThrownBy(() -> restore(target, true)).hasMessageContaining("in use by clone-gateway (1)");
        }
    }

    @Test
    void aDatabaseOfSomethingElseIsNeverReplaced() throws SQLException {
        String target = TestDatabase.createEmpty();
        execute(target, "CREATE TABLE invoices AS SELECT 1 AS number");
        assertThatThrownBy(() -> restore(target, true))
                .hasMessageContaining("not the platform's: it has rows in invoices");
        execute(target, "SELECT number FROM invoices");
    }

    @Test
    void tablesOfTheOperatorsOwnAreKeptInTheFileAndLeftOut() throws SQLException {
        String own = TestDatabase.copyOf(source);
        execute(own, "CREATE TABLE shift_notes AS SELECT 'night' AS shift");
        Backup made = Backups.in(directory.resolve("own")).create(database(own), new BackupName("Own"), progress -> {});
        Restore.Restored restored = new Restore(
                        database(TestDatabase.createEmpty()), new Restore.Options(false, false), progress -> {})
                .from(made.file());
        assertThat(restored.leftOut()).containsExactly("shift_notes");
    }

    @Test
    void booksThatDoNotBalanceAreRestoredOnlyWhenAskedFor() throws SQLException {
        String broken = TestDatabase.copyOf(source);
        execute(
                broken,
                "SET session_replication_role = replica; UPDATE ledger_account SET earned = earned + 1 WHERE kind = 'member'");
        Backup made =
                Backups.in(directory.resolve("broken")).create(database(broken), new BackupName("B"), progress -> {});
        String target = TestDatabase.createEmpty();
        Restore careful = new Restore(database(target), new Restore.Options(false, false), progress -> {});
        assertThatThrownBy(() -> careful.from(made.file()))
                .hasMessageContaining("its books do not balance")
                .hasMessageContaining("every account equals its entries");
        assertThat(Inventory.tables(target)).isEmpty();
        Restore asked = new Restore(database(target), new Restore.Options(false, true), progress -> {});
        assertThat(asked.from(made.file()).problems()).isNotEmpty();
    }

    @Test
    void aBackupOfAnOlderReleaseIsMigrated() throws SQLException {
        String old = TestDatabase.createEmpty();
        try (Connection connection = TestDatabase.connect(old)) {
            connection.setAutoCommit(false);
            Schema.migrate(connection, 12);
            connection.commit();
        }
        execute(old, "INSERT INTO kv_store_44a642d3 (key, value) VALUES ('ticket:1', '{\"status\": \"open\"}')");
        Backup made = Backups.in(directory.resolve("old")).create(database(old), new BackupName("Old"), progress -> {});
        assertThat(made.manifest().orElseThrow().schema()).isEqualTo(12);
        String target = TestDatabase.createEmpty();
        new Restore(database(target), new Restore.Options(false, false), progress -> {}).from(made.file());
        assertThat(Inventory.catalog(target)).isEqualTo(Inventory.catalog(TestDatabase.create()));
        assertThat(Inventory.rows(target).get("platform_count")).startsWith("1 ");
    }

    private static Restore.Restored restore(String target, boolean force) {
        return new Restore(database(target), new Restore.Options(force, false), progress -> {}).from(backup.file());
    }

    static DatabaseConfig database(String url) {
        return new DatabaseConfig(new Secret(url), 1);
    }

    private static void execute(String url, String statement) throws SQLException {
        try (Connection connection = TestDatabase.connect(url);
                Statement prepared = connection.createStatement()) {
            prepared.execute(statement);
        }
    }
}
