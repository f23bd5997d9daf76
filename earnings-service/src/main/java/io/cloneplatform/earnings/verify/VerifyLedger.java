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

    // The whole journal is read: the timeout of ordinary statements would end that on a large installation, and what
    // they may keep in memory would make it go to the disk and back for each comparison. Helpers of PostgreSQL read,
    // hash and take documents apart, which costs more than handing on what they made; what they would build together
    // needs more shared memory than containers have.
    static final String TAKE_TIME =
            """
            SELECT set_config('statement_timeout', '1h', true), set_config('work_mem', '64MB', true),
                   set_config('parallel_tuple_cost', '0.01', true), set_config('enable_parallel_hash', 'off', true)
            """;

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

    private static final List<Check> CHECKS = List.of(
            new Check("every row is as it was sealed", JournalChecks.ROWS_ARE_AS_SEALED),
            new Check("every transfer adds up to zero", JournalChecks.TRANSFERS_SUM_TO_ZERO),
            new Check("every transfer has its entries", JournalChecks.ENTRIES_AND_TRANSFERS_BELONG_TOGETHER),
            new Check("every balance follows from the one before", JournalChecks.BALANCES_FOLLOW),
            new Check("every account equals its entries", JournalChecks.ACCOUNTS_EQUAL_ENTRIES),
            new Check("all accounts add up to zero", JournalChecks.ACCOUNTS_SUM_TO_ZERO),
            new Check("every month equals its entries", JournalChecks.MONTHS_EQUAL_ENTRIES),
            new Check("every member's document equals the account", DocumentChecks.MEMBERS_EQUAL_ACCOUNTS),
            new Check("every member's tier is earned or given", DerivedChecks.TIERS_ARE_EARNED),
            new Check("every member's children are counted", DerivedChecks.CHILDREN_ARE_COUNTED),
            new Check("every line begins at the parent", DerivedChecks.LINES_BEGIN_AT_THE_PARENT),
            new Check("every member has an account", DerivedChecks.MEMBERS_HAVE_ACCOUNTS),
            new Check("every claimed bonus was paid", DerivedChecks.BONUSES_EQUAL_TRANSFERS),
            new Check("every pending withdrawal has its hold", DocumentChecks.PENDING_WITHDRAWALS_ARE_HELD),
            new Check("every closed withdrawal was settled", DocumentChecks.CLOSED_WITHDRAWALS_ARE_SETTLED),
            new Check("every credited submission has its document", DocumentChecks.SUBMISSIONS_EQUAL_TRANSFERS),
            new Check("every referral equals its commissions", DocumentChecks.REFERRALS_EQUAL_COMMISSIONS),
            new Check("every open assignment is shown", DerivedChecks.OPEN_ASSIGNMENTS_ARE_SHOWN),
            new Check("every rank counts its members", PlatformChecks.RANKS_ARE_COUNTED),
            new Check("every day counts who was active last on it", PlatformChecks.ACTIVITY_IS_COUNTED),
            new Check("revenue equals the months", PlatformChecks.REVENUE_EQUALS_MONTHS),
            new Check("every member is counted", PlatformChecks.MEMBERS_ARE_COUNTED),
            new Check("every paused account is listed", PlatformChecks.FREEZES_ARE_LISTED),
            new Check("every document is counted", PlatformChecks.DOCUMENTS_ARE_COUNTED),
            new Check("every list is complete", PlatformChecks.LISTS_ARE_COMPLETE),
            new Check("every network is counted", PlatformChecks.NETWORKS_ARE_COUNTED),
            new Check("every network knows who is active", PlatformChecks.NETWORKS_ARE_ACTIVE));

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

    private record Check(String rule, String query) {
        String limited() {
            return "SELECT subject, expected::text AS expected, actual::text AS actual FROM (" + query
                    + ") found ORDER BY subject LIMIT $1";
        }
    }

    /** One difference, named. */
    record Problem(String check, String subject, JsonNode expected, JsonNode actual) {
        static Problem of(Check check, Row row) {
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
        return tx.query(TAKE_TIME).execute().compose(patient -> problems(tx)).compose(problems -> tx.query(TOTALS)
                .execute()
                .map(rows -> answer(at, rows.iterator().next(), problems, (System.nanoTime() - start) / 1_000_000)));
    }

    // What follows may take its time: a database that hangs must not.
    private Future<Void> answersAtAll() {
        return pool.query("SELECT 1")
                .execute()
                .timeout(ALIVE_LIMIT_MS, TimeUnit.MILLISECONDS)
                .mapEmpty();
    }

    private static Future<List<Problem>> problems(SqlConnection tx) {
        Future<List<Problem>> found = Future.succeededFuture(new ArrayList<>());
        for (Check check : CHECKS) {
            found = found.compose(problems -> run(tx, check, problems));
        }
        return found;
    }

    private static Future<List<Problem>> run(SqlConnection tx, Check check, List<Problem> problems) {
        int room = MAX_PROBLEMS - problems.size();
        return tx.preparedQuery(check.limited()).execute(Tuple.of(room)).map(rows -> {
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
