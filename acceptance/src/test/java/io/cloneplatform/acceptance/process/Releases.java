package io.cloneplatform.acceptance.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

/**
 * The builds of two commits: the last release ({@link Git#lastRelease}), and this one with a migration more, as the next
 * release may bring it.
 */
final class Releases implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    // Everything that may be added while the release before still runs.
    private static final String EXPAND =
            """
            CREATE TABLE later_note (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, key text NOT NULL);
            ALTER TABLE kv_store_44a642d3 ADD COLUMN later text;
            ALTER TABLE member ADD COLUMN later text;
            ALTER TABLE ledger_transfer ADD COLUMN later text;
            CREATE INDEX member_later ON member (later);
            CREATE FUNCTION later_keep() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
            BEGIN
              INSERT INTO later_note (key) VALUES (NEW.key);
              RETURN NULL;
            END $$;
            CREATE TRIGGER later_keep AFTER INSERT ON kv_store_44a642d3 FOR EACH ROW EXECUTE FUNCTION later_keep();
            """;

    private final Checkout last = new Checkout(Git.lastRelease());
    private final Checkout next = new Checkout("HEAD");

    Releases() {
        next.addMigration("keep_notes_from_" + last.schema(), EXPAND);
        System.out.println("The last release has schema " + last.build().schema() + ", the next one "
                + next.build().schema());
    }

    Checkout last() {
        return last;
    }

    Checkout next() {
        return next;
    }

    /** Migrates a database as a release does, and returns what that says. */
    static String migrate(Checkout release, String database) {
        return cli(Launch.jar("cli", "migrate").from(release.path()).with("DATABASE_URL", database));
    }

    /** Expects that a running platform serves what a release tests, and that its books are sound to it. */
    static void check(Checkout release, Api api, String adminKey) {
        String[] at = {"--url", api.base(), "--admin-key", adminKey};
        Launch smoke = Launch.jar("cli", "smoke", at[0], at[1], at[2], at[3]).from(release.path());
        assertThat(cli(smoke)).endsWith("27 passed, 0 failed");
        cli(Launch.jar("cli", "ledger", "verify", at[0], at[1], at[2], at[3]).from(release.path()));
    }

    private static String cli(Launch launch) {
        try (PlatformProcess process = launch.start()) {
            assertThat(process.awaitExit(LIMIT)).as("exit code of %s", process).isZero();
            return process.wholeOutput().strip();
        }
    }

    @Override
    public void close() {
        last.close();
        next.close();
    }
}
