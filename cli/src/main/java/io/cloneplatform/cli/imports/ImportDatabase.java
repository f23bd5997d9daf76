package io.cloneplatform.cli.imports;

import io.cloneplatform.common.config.ConfigException;
import io.cloneplatform.common.config.DatabaseConfig;
import io.cloneplatform.common.config.PlatformConfig;
import io.cloneplatform.common.config.Secret;
import io.cloneplatform.common.db.Schema;
import io.cloneplatform.common.launch.StartException;
import io.cloneplatform.standalone.postgres.EmbeddedDatabase;
import java.util.Map;

/** Finds and opens the database an import goes to, and says in a sentence why it cannot. */
final class ImportDatabase {
    private static final String FIND_VERSION =
            "SELECT coalesce(max(version::integer), 0) FROM flyway_schema_history WHERE success";
    private static final String LOCK = "SELECT pg_try_advisory_lock(hashtextextended('clonectl import', 0))";
    private static final String UNDEFINED_TABLE = "42P01";

    private ImportDatabase() {}

    /** The database cannot be used for an import; the message says why and what to do. */
    static final class Unusable extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unusable(String sentence) {
            super(sentence);
        }
    }

    /** The configured database, or the embedded one of a running platform. */
    static DatabaseConfig configured(Map<String, String> environment) {
        try {
            PlatformConfig config = PlatformConfig.read(environment);
            return config.databaseUrl().orElseGet(() -> new DatabaseConfig(embedded(config), 1));
        } catch (ConfigException | StartException e) {
            throw new Unusable(e.getMessage());
        }
    }

    private static Secret embedded(PlatformConfig config) {
        return EmbeddedDatabase.url(config.dataDir(), config.databasePort())
                .map(Secret::new)
                .orElseThrow(
                        () -> new Unusable(
                                "There is no database in " + config.dataDir()
                                        + ". Start the platform with ./clonectl up, or set DATA_DIR to its directory, or DATABASE_URL."));
    }

    /** Opens it for one import at a time. */
    static Sql open(DatabaseConfig config) {
        Sql sql = connect(config);
        try {
            int version = version(sql);
            if (version != Schema.VERSION) {
                throw new Unusable("The database has schema version " + version + ", this import needs "
                        + Schema.VERSION
                        + (version < Schema.VERSION
                                ? ". Run ./clonectl migrate first."
                                : ". Import with the release that migrated it."));
            }
            if (!Boolean.TRUE.equals(sql.single(LOCK))) {
                throw new Unusable("Another import is running on this database.");
            }
            sql.commit();
            return sql;
        } catch (RuntimeException e) {
            sql.close();
            throw e;
        }
    }

    private static Sql connect(DatabaseConfig config) {
        try {
            return new Sql(config);
        } catch (Sql.Failure e) {
            String place =
                    config.jdbcUrl().replaceFirst("^jdbc:postgresql://", "").replaceFirst("\\?.*$", "");
            String reason = e.getMessage().lines().findFirst().orElse("");
            throw new Unusable("Cannot use the database " + place + ": " + reason
                    + " Start the platform with ./clonectl up, or set DATABASE_URL.");
        }
    }

    private static int version(Sql sql) {
        try {
            return ((Number) sql.single(FIND_VERSION)).intValue();
        } catch (Sql.Failure e) {
            if (UNDEFINED_TABLE.equals(e.state())) {
                return 0;
            }
            throw e;
        }
    }
}
