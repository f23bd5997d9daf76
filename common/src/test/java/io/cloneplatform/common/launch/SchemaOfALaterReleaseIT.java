package io.cloneplatform.common.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloneplatform.common.config.DatabaseConfig;
import io.cloneplatform.common.config.Secret;
import io.cloneplatform.common.db.Schema;
import io.cloneplatform.common.testing.LaterRelease;
import io.cloneplatform.common.testing.TestDatabase;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** After a rollback this build finds the schema of the release that came after it. */
@Timeout(30)
class SchemaOfALaterReleaseIT {
    private static final int KNOWN = Schema.VERSION;
    private static final int NEXT = KNOWN + 1;

    private final String database = TestDatabase.create();
    private final Preparation preparation = new Preparation();

    @AfterEach
    void close() {
        preparation.close();
    }

    @Test
    void runsWhereMigrationsOnlyAdded() {
        LaterRelease.migrate(database, "keep_notes_from_" + KNOWN, "find_notes_from_" + (KNOWN - 1));
        assertThatCode(this::start).doesNotThrowAnyException();
    }

    @Test
    void refusesWhereOneTookSomethingAway() {
        LaterRelease.migrate(database, "keep_notes_from_" + KNOWN, "drop_names_from_" + NEXT);
        assertThatThrownBy(this::start)
                .isInstanceOf(StartException.class)
                .hasMessage(
                        "The database has schema version %d, made for releases of schema %d and newer;"
                                + " this build is of schema %d, so start a newer release.",
                        NEXT + 1, NEXT, KNOWN);
    }

    @Test
    void refusesAlsoWhenALaterOneOnlyAddedAgain() {
        LaterRelease.migrate(database, "drop_names_from_" + NEXT, "keep_notes_from_" + KNOWN);
        assertThatThrownBy(this::start).isInstanceOf(StartException.class).hasMessageContaining("schema " + NEXT);
    }

    @Test
    void refusesWhereOneDoesNotSay() {
        LaterRelease.migrate(database, "keep_notes");
        assertThatThrownBy(this::start).isInstanceOf(StartException.class).hasMessageContaining("schema " + NEXT);
    }

    @Test
    void doesNotBelieveThatOneIsForCodeThatWasNotThereYet() {
        LaterRelease.migrate(database, "keep_notes_from_" + (NEXT + 7));
        assertThatThrownBy(this::start).hasMessageContaining("schema " + NEXT + " and newer");
    }

    @Test
    void waitsForTheMigrationThatItNeeds() {
        DatabaseConfig empty = config(TestDatabase.createEmpty());
        CompletableFuture<Void> started = CompletableFuture.runAsync(() -> preparation.awaitSchema(empty));
        assertThat(started).isNotDone();
        Schema.migrate(empty);
        started.join();
    }

    private void start() {
        preparation.awaitSchema(config(database));
    }

    private static DatabaseConfig config(String url) {
        return new DatabaseConfig(new Secret(url), 1);
    }
}
