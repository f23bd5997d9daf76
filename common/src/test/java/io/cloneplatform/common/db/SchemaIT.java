package io.cloneplatform.common.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloneplatform.common.config.DatabaseConfig;
import io.cloneplatform.common.config.Secret;
import io.cloneplatform.common.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class SchemaIT {
    @Test
    void anOwnerWhoIsNoSuperuserMigratesAfterDoingWhatTheErrorSays() throws SQLException {
        String url = ownedByPlainOwner();
        assertThatThrownBy(() -> migrate(url)).hasMessageContaining("GRANT clone_service TO plain_owner;");
        execute(asSuperuser(url), "GRANT clone_service TO plain_owner;");
        migrate(url);
        execute(url, "SET ROLE clone_service");
    }

    @Test
    void aDatabaseOfAnEarlierBuildIsBroughtForward() throws SQLException {
        String url = TestDatabase.create();
        execute(
                url,
                """
                UPDATE flyway_schema_history SET checksum = b.checksum
                FROM (VALUES ('0002', 1970950266), ('0005', -225122068), ('0006', 1998458031)) AS b (version, checksum)
                WHERE flyway_schema_history.version = b.version
                """);
        assertThat(migrate(url)).isZero();
    }

    @Test
    void aMigrationThatWasTamperedWithIsRefused() throws SQLException {
        String url = TestDatabase.create();
        execute(url, "UPDATE flyway_schema_history SET checksum = 1 WHERE version = '0002'");
        assertThatThrownBy(() -> migrate(url)).hasMessageContaining("checksum mismatch");
    }

    private static int migrate(String url) {
        return Schema.migrate(new DatabaseConfig(new Secret(url), 1));
    }

    private static String ownedByPlainOwner() throws SQLException {
        String url = TestDatabase.createEmpty();
        execute(url, "CREATE ROLE plain_owner LOGIN PASSWORD 'secret'");
        execute(url, "ALTER DATABASE " + url.substring(url.lastIndexOf('/') + 1) + " OWNER TO plain_owner");
        return url.replace("postgres:postgres@", "plain_owner:secret@");
    }

    private static String asSuperuser(String url) {
        return url.replace("plain_owner:secret@", "postgres:postgres@");
    }

    private static void execute(String url, String sql) throws SQLException {
        try (Connection connection = TestDatabase.connect(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
