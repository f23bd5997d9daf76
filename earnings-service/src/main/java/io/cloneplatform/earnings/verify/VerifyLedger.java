package io.cloneplatform.earnings.verify;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.json.Money;
import io.cloneplatform.common.kv.Instants;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * An admin proves the books: everything that is derived is computed again from the journal and compared. All of it is
 * read from one snapshot, so that work going on meanwhile is never mistaken for drift.
 */
public final class VerifyLedger {
    private static final int MAX_PROBLEMS = 100;
    private static final long ALIVE_LIMIT_MS = 2_000;

    private static final String SNAPSHOT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY";

    // One verification of a deployment at a time: on a large installation it keeps the disks busy for minutes.
    private static final String LOCK =
            "SELECT pg_try_advisory_xact_lock(hashtext('ledger_verify')) AS mine, now() AS at";

    private static final String TOTALS =
            """
            SELECT (SELECT count(*) FROM ledger_transfer) AS transfers, count(*) AS accounts,
                   coalesce(sum(posted) FILTER (WHERE kind = 'member'), 0)::bigint AS owed, sum(held)::bigint AS held,
                   platform_funds() AS funds
            FROM ledger_account
            """;

    private final Pool pool;
    private final Pool patient;
    private final VerificationStore verifications = new VerificationStore();

    /**
     * Verifies over the connections of a pool that puts up with statements that take minutes.
     *
     * @param patient see {@code Database.patientPool}
     */
    public VerifyLedger(Pool pool, Pool patient) {
        this.pool = pool;
        this.patient = patient;
    }

    /** One difference, named. */
    record Problem(String check, String subject, JsonNode expected, JsonNode actual) {
        static Problem of(LedgerCheck check, Row row) {
            return new Problem(
                    check.rule(),
                    row.getString("subject"),
                    shown(row.getString("expected")),
                    shown(row.getString("actual")));
        }

        // A number or a text as it is; anything else that someone typed into a document as its text.
        private static JsonNode shown(String json) {
            JsonNode value = json == null ? Json.MAPPER.nullNode() : Json.read(json);
            return value.isNumber() || value.isTextual() || value.isNull()
                    ? value
                    : Json.MAPPER.getNodeFactory().textNode(json);
        }
    }

    /** What is owed, held and funded. */
    record Totals(Money memberLiabilities, Money held, Money platformFunds) {}

    /**
     * What a verification found.
     *
     * @param verifiedAt the moment whose books were verified
     */
    record Answer(
            String verifiedAt,
            boolean balanced,
            long checkedTransfers,
            long checkedAccounts,
            List<Problem> problems,
            Totals totals,
            long tookMs) {}

    /**
     * Runs every check and remembers for the deployment how many problems there were; empty when another verification is
     * going on.
     */
    Future<Optional<Answer>> run() {
        long start = System.nanoTime();
        return answersAtAll()
                .compose(answers -> patient.withTransaction(tx -> tx.query(SNAPSHOT)
                        .execute()
                        .compose(snapshot -> tx.query(LOCK).execute())
                        .map(rows -> rows.iterator().next())
                        .compose(lock -> lock.getBoolean("mine")
                                ? verify(tx, lock.getOffsetDateTime("at"), start)
                                        .map(Optional::of)
                                : Future.succeededFuture(Optional.<Answer>empty()))))
                .compose(answer -> answer.isEmpty()
                        ? Future.succeededFuture(answer)
                        : verifications
                                .record(pool, answer.get().problems().size())
                                .map(answer));
    }

    /** Does so when what no sealer came to is sealed, which takes its time too. */
    Future<Optional<Answer>> sealAndRun() {
        return JournalSealer.sealMissed(patient).compose(missed -> run());
    }

    private static Future<Answer> verify(SqlConnection tx, OffsetDateTime at, long start) {
        return tx.query(LedgerCheck.TAKE_TIME)
                .execute()
                .compose(patient -> problems(tx))
                .compose(problems -> tx.query(TOTALS)
                        .execute()
                        .map(rows ->
                                answer(at, rows.iterator().next(), problems, (System.nanoTime() - start) / 1_000_000)));
    }

    /** Fails soon when the database hangs: what follows may take its time. */
    Future<Void> answersAtAll() {
        return pool.query("SELECT 1")
                .execute()
                .timeout(ALIVE_LIMIT_MS, TimeUnit.MILLISECONDS)
                .mapEmpty();
    }

    private static Future<List<Problem>> problems(SqlConnection tx) {
        Future<List<Problem>> found = Future.succeededFuture(new ArrayList<>());
        for (LedgerCheck check : LedgerCheck.ALL) {
            found = found.compose(problems -> run(tx, check, problems));
        }
        return found;
    }

    private static Future<List<Problem>> run(SqlConnection tx, LedgerCheck check, List<Problem> problems) {
        int room = MAX_PROBLEMS - problems.size();
        return tx.preparedQuery(check.limited("$1")).execute(Tuple.of(room)).map(rows -> {
            rows.forEach(row -> problems.add(Problem.of(check, row)));
            return problems;
        });
    }

    private static Answer answer(OffsetDateTime at, Row row, List<Problem> problems, long tookMs) {
        return new Answer(
                Instants.iso(at.toInstant()),
                problems.isEmpty(),
                row.getLong("transfers"),
                row.getLong("accounts"),
                problems,
                new Totals(
                        new Money(row.getLong("owed")),
                        new Money(row.getLong("held")),
                        new Money(row.getLong("funds"))),
                tookMs);
    }
}
