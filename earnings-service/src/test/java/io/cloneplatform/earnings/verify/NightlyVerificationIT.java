package io.cloneplatform.earnings.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloneplatform.common.config.DatabaseConfig;
import io.cloneplatform.common.config.Secret;
import io.cloneplatform.common.db.Database;
import io.cloneplatform.common.testing.TestDatabase;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class NightlyVerificationIT {
    private static final String MEMBER = "01985b60-9000-7586-b999-0e1f20314253";

    private static Vertx vertx;
    private static Pool pool;
    private static String url;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        url = TestDatabase.create();
        pool = Database.pool(vertx, new DatabaseConfig(new Secret(url), 2), "nightly");
    }

    @AfterAll
    static void stop() {
        vertx.close().await();
    }

    private static NightlyVerification at(String moment) {
        return new NightlyVerification(
                pool, new VerifyLedger(pool, pool), Clock.fixed(Instant.parse(moment), ZoneOffset.UTC));
    }

    private static int problemsSeenAt(String moment) {
        NightlyVerification nightly = at(moment);
        nightly.look().await();
        return nightly.problems();
    }

    private static void execute(String... statements) throws SQLException {
        try (Connection connection = TestDatabase.connect(url);
                Statement statement = connection.createStatement()) {
            for (String one : statements) {
                statement.execute(one);
            }
        }
    }

    @Test
    void looksOnceANightAndTellsEveryProcess() throws SQLException {
        assertThat(problemsSeenAt("2026-03-01T03:00:30Z")).isZero();
        execute(
                "INSERT INTO ledger_account (id, kind, name) VALUES ('" + MEMBER + "', 'member', 'm')",
                "SET session_replication_role = replica",
                "UPDATE ledger_account SET balance = 5 WHERE id = '" + MEMBER + "'");
        assertThat(problemsSeenAt("2026-03-01T23:00:00Z")).as("the same night").isZero();
        assertThat(problemsSeenAt("2026-03-02T02:59:00Z"))
                .as("still the same night")
                .isZero();
        assertThat(problemsSeenAt("2026-03-02T03:01:00Z")).as("the next night").isPositive();
        assertThat(problemsSeenAt("2026-03-02T03:02:00Z")).as("another process").isPositive();
    }
}
