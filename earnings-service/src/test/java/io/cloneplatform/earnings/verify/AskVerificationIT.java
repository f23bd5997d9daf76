package io.cloneplatform.earnings.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.config.DatabaseConfig;
import io.cloneplatform.common.config.Secret;
import io.cloneplatform.common.db.Database;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.testing.TestDatabase;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AskVerificationIT {
    private static final long SHORT_MS = 300;
    private static final long LONG_MS = 30_000;

    private Vertx vertx;
    private Pool pool;
    private Connection sql;

    @BeforeEach
    void start() throws SQLException {
        vertx = Vertx.vertx();
        String url = TestDatabase.create();
        pool = Database.pool(vertx, new DatabaseConfig(new Secret(url), 3), "asking");
        sql = TestDatabase.connect(url);
    }

    @AfterEach
    void stop() throws SQLException {
        sql.close();
        vertx.close().await();
    }

    private Reply ask(long patienceMs) {
        return new AskVerification(vertx, pool, new VerifyLedger(pool, pool), patienceMs)
                .ask(null)
                .await();
    }

    private JsonNode answer(long patienceMs) {
        return Json.read(new String(((Reply.Done) ask(patienceMs)).body(), StandardCharsets.UTF_8));
    }

    private static ErrorCode code(Reply reply) {
        return ((Reply.Refused) reply).code();
    }

    private void execute(String statement) throws SQLException {
        try (Statement one = sql.createStatement()) {
            one.execute(statement);
        }
    }

    private boolean hasReport() throws SQLException {
        try (Statement one = sql.createStatement();
                ResultSet rows = one.executeQuery("SELECT FROM platform_setting WHERE name = 'ledger.report'")) {
            return rows.next();
        }
    }

    private void everyVerificationTakes(String duration) throws SQLException {
        execute(
                "CREATE OR REPLACE FUNCTION ledger_seal_findings() RETURNS TABLE (subject text, expected text, actual text) LANGUAGE sql"
                        + " AS $$ SELECT 'x', 'y', 'z' FROM (SELECT pg_sleep_for('" + duration
                        + "') IS NULL AS slept) s WHERE slept $$");
    }

    @Test
    void whatTakesTooLongGoesOnAndItsAnswerWaitsForWhoeverAsksNext() throws Exception {
        everyVerificationTakes("2 seconds");
        assertThat(code(ask(SHORT_MS))).isEqualTo(ErrorCode.LEDGER_BEING_VERIFIED);
        Instant refused = Instant.now();
        assertThat(code(ask(SHORT_MS))).as("still going on").isEqualTo(ErrorCode.LEDGER_BEING_VERIFIED);
        JsonNode told = answer(LONG_MS);
        assertThat(told.get("success").asBoolean()).isTrue();
        assertThat(told.get("balanced").asBoolean()).isTrue();
        assertThat(Instant.parse(told.get("verifiedAt").asText()))
                .as("what the first request began")
                .isBefore(refused);
        assertThat(hasReport()).as("nobody is told twice").isFalse();
        Instant asked = Instant.now();
        assertThat(Instant.parse(answer(LONG_MS).get("verifiedAt").asText()))
                .as("a new verification")
                .isAfterOrEqualTo(asked.minusMillis(1));
    }

    @Test
    void anAnswerThatIsTooOldIsNobodysAnswer() throws Exception {
        execute("INSERT INTO platform_setting (name, value, updated_at)"
                + " VALUES ('ledger.report', '{\"balanced\": false}', now() - interval '61 minutes')");
        assertThat(answer(LONG_MS).get("balanced").asBoolean()).isTrue();
    }

    @Test
    void requestsSideBySideAreVerifiedOneAfterTheOther() throws Exception {
        execute("SELECT pg_advisory_lock(hashtext('ledger_verify'))");
        assertThat(code(ask(SHORT_MS))).as("another process verifies").isEqualTo(ErrorCode.LEDGER_BEING_VERIFIED);
        execute("SELECT pg_advisory_unlock(hashtext('ledger_verify'))");
        assertThat(answer(LONG_MS).get("balanced").asBoolean()).isTrue();
    }
}
