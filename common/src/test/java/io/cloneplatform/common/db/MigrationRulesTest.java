package io.cloneplatform.common.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a migration must say, so that the release before it can run on what it makes. */
class MigrationRulesTest {
    // Older ones were there before the rule, and no release is older than they are.
    private static final int RULE_SINCE = 16;
    private static final Pattern NAME = Pattern.compile("V(\\d{4})__[a-z0-9]+(?:_[a-z0-9]+)*?(?:_from_(\\d+))?\\.sql");
    private static final Pattern TAKES_AWAY = Pattern.compile(
            "\\bDROP\\s+(?!TRIGGER\\b|DEFAULT\\b|NOT\\s+NULL\\b)|\\bRENAME\\b|\\bSET\\s+NOT\\s+NULL\\b|\\bSET\\s+DATA\\s+TYPE\\b"
                    + "|\\bALTER\\s+(?:COLUMN\\s+)?\\w+\\s+TYPE\\b|\\bREVOKE\\b|\\bTRUNCATE\\b(?!\\s+ON\\b)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern COMMENT = Pattern.compile("--.*");
    private static final String REASON = "-- Contracts: ";

    /** A file of {@code db/migration}; {@code from} is the oldest code it is for, 0 when it does not say. */
    private record Migration(int version, int from, String sql) {
        static Migration of(String name, String sql) {
            Matcher parts = NAME.matcher(name);
            assertThat(parts.matches())
                    .as("%s is named V0000__verb_noun_from_0.sql", name)
                    .isTrue();
            return new Migration(
                    Integer.parseInt(parts.group(1)),
                    Integer.parseInt(Objects.requireNonNullElse(parts.group(2), "0")),
                    sql);
        }

        boolean takesAway() {
            return TAKES_AWAY.matcher(COMMENT.matcher(sql).replaceAll("")).find();
        }

        List<String> broken() {
            return Stream.of(
                            from == 0 ? "does not say in its name from which schema on code runs on it" : "",
                            from >= version ? "shuts out the release before it" : "",
                            takesAway() && !sql.contains(REASON)
                                    ? "takes something away, and no line '" + REASON + "…' says since when it is unused"
                                    : "")
                    .filter(rule -> !rule.isEmpty())
                    .map(rule -> "V" + version + " " + rule)
                    .toList();
        }
    }

    @Test
    void everyMigrationSaysWhichCodeRunsOnIt() throws IOException, URISyntaxException {
        List<Migration> all = migrations();
        assertThat(all).extracting(Migration::version).contains(Schema.VERSION).hasSize(Schema.VERSION);
        assertThat(all.stream().filter(migration -> migration.version() >= RULE_SINCE))
                .flatExtracting(Migration::broken)
                .isEmpty();
    }

    @Test
    void theRulesAreNotEmpty() {
        assertThat(Migration.of("V0016__keep_notes.sql", "").broken()).hasSize(1);
        assertThat(Migration.of("V0016__keep_notes_from_16.sql", "").broken()).hasSize(1);
        assertThat(Migration.of("V0016__keep_notes_from_15.sql", "CREATE TABLE note ();\nDROP TRIGGER t ON note;")
                        .broken())
                .isEmpty();
        for (String taking : List.of(
                "DROP TABLE note;",
                "ALTER TABLE member DROP COLUMN name;",
                "ALTER TABLE member RENAME TO person;",
                "ALTER TABLE member ALTER COLUMN name TYPE varchar(9);",
                "ALTER TABLE member ALTER name SET NOT NULL;",
                "REVOKE SELECT ON member FROM clone_service;")) {
            String reason = "-- Contracts: unused since schema 15.\n";
            assertThat(Migration.of("V0017__drop_it_from_15.sql", taking).broken())
                    .as(taking)
                    .hasSize(1);
            assertThat(Migration.of("V0017__drop_it_from_15.sql", reason + taking)
                            .broken())
                    .as(taking)
                    .isEmpty();
        }
    }

    private static List<Migration> migrations() throws IOException, URISyntaxException {
        Path first =
                Path.of(Objects.requireNonNull(Schema.class.getResource("/db/migration/V0001__create_kv_store.sql"))
                        .toURI());
        try (Stream<Path> files = Files.list(first.getParent())) {
            return files.map(MigrationRulesTest::read).toList();
        }
    }

    private static Migration read(Path file) {
        try {
            return Migration.of(file.getFileName().toString(), Files.readString(file));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
