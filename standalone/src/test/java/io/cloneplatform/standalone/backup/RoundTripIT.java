package io.cloneplatform.standalone.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloneplatform.common.config.DatabaseConfig;
import io.cloneplatform.common.config.PlatformConfig;
import io.cloneplatform.common.config.Secret;
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
