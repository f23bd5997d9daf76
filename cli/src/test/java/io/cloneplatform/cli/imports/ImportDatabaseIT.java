package io.cloneplatform.cli.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloneplatform.common.config.DatabaseConfig;
import io.cloneplatform.common.config.Secret;
import io.cloneplatform.common.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that cannot be used is told in one sentence. */
class ImportDatabaseIT {
    @TempDir
    private Path dir;

    private Path dump;

    @BeforeEach
    void write() throws IOException {
        dump = Files.writeString(dir.resolve("dump.jsonl"), "{\"key\":\"a:b\",\"value\":1}\n");
    }

    @Test
    void anEmptyDatabaseNeedsMigratingFirst() {
        ImportRun run = ImportRun.of(TestDatabase.createEmpty(), dump);
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("Run ./clonectl migrate first.").hasLineCount(1);
    }

    @Test
    void aDatabaseThatIsNotThereIsNamed() {
        ImportRun run = ImportRun.of("postgresql://postgres:secret@127.0.0.1:1/none", dump);
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err())
                .startsWith("Cannot use the database 127.0.0.1:1/none: ")
                .contains("./clonectl up")
                .doesNotContain("secret")
                .hasLineCount(1);
    }

    @Test
    void aUrlThatIsNoneIsRefused() {
        ImportRun run = ImportRun.of("mysql://host/db", dump);
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("DATABASE_URL: expected postgresql://");
    }

    @Test
    void withoutAUrlTheEmbeddedDatabaseOfTheDataDirectoryIsMeant() throws IOException {
        Files.writeString(dir.resolve("pgpass"), "127.0.0.1:*:*:postgres:0123456789\n");
        DatabaseConfig found = ImportDatabase.configured(Map.of("DATA_DIR", dir.toString(), "DATABASE_PORT", "6000"));
        assertThat(found.jdbcUrl()).isEqualTo("jdbc:postgresql://127.0.0.1:6000/clone");
        assertThat(found.password().value()).isEqualTo("0123456789");
    }

    @Test
    void aDirectoryWithoutADatabaseIsNamed() {
        assertThatThrownBy(() -> ImportDatabase.configured(Map.of("DATA_DIR", dir.toString())))
                .hasMessageStartingWith("There is no database in " + dir + ".");
    }

    @Test
    void thePasswordMayBeKeptApart() {
        DatabaseConfig found = ImportDatabase.configured(
                Map.of("DATABASE_URL", "postgresql://clone@localhost/clone", "DATABASE_PASSWORD", "a:b@c"));
        assertThat(found.password().value()).isEqualTo("a:b@c");
    }

    @Test
    void twoImportsAtOnceAreRefused() {
        String url = TestDatabase.create();
        try (Sql running = ImportDatabase.open(new DatabaseConfig(new Secret(url), 1))) {
            ImportRun run = ImportRun.of(url, dump);
            assertThat(run.exit()).isEqualTo(1);
            assertThat(run.err()).contains("Another import is running on this database.");
            running.commit();
        }
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        ImportRun run = ImportRun.of("postgresql://postgres@127.0.0.1:1/none", dir.resolve("none"));
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).startsWith("Cannot read ");
    }

    @Test
    void anUnknownRuleIsToldWithoutNamesOfCode() {
        ImportRun run = ImportRun.of("postgresql://postgres@127.0.0.1:1/none", dump, "--pending-withdrawals", "maybe");
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err())
                .contains("expected auto, included or deducted, not 'maybe'")
                .doesNotContain("io.cloneplatform");
    }
}
