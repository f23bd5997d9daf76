package io.cloneplatform.earnings.submit;

import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.kv.Keys;
import io.cloneplatform.earnings.ledger.Transfer;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;

/** Writes submissions and what they brought the parent. */
public final class SubmissionStore {
    // totalSharedProfit counts what the parent was paid, lastProductAt also what paid them nothing.
    private static final String SHARED =
            """
            value = r.value || jsonb_build_object(
              'totalSharedProfit', trim_scale(coalesce((r.value ->> 'totalSharedProfit')::numeric, 0) + to_major($%1$d::bigint)),
              'lastProductAt', iso_instant(now())),
            updated_at = now()
            """;

    // The order is a chain of data: the day's cap, then the ledger, then what hangs on it. Each step names a column of
    // the
    // step before, so that no plan can post what the cap refused.
    private static final String SUBMIT =
            """
            WITH capped AS (
              INSERT INTO earnings_day AS d (account_id, day, credited)
              SELECT $2::uuid, (now() AT TIME ZONE 'UTC')::date, $3::bigint WHERE $4::boolean
              ON CONFLICT (account_id, day) DO UPDATE SET credited = d.credited + excluded.credited
                WHERE d.credited + excluded.credited <= $5::bigint
              RETURNING account_id
            ), posted AS MATERIALIZED (
              SELECT p.account_id, p.balance
              FROM capped CROSS JOIN LATERAL ledger_transfer_post(
                $1::uuid, 'submission', $1::uuid::text, NULL, capped.account_id || $6::uuid[], $7::text[], $8::bigint[], $9::bigint[]) AS p
            ), product AS (
              INSERT INTO kv_store_44a642d3 (key, value)
              SELECT $10::text, CASE WHEN EXISTS (SELECT FROM capped) THEN $11::text::jsonb ELSE $12::text::jsonb END
            ), referral AS (
              UPDATE kv_store_44a642d3 r SET %s
              FROM posted WHERE posted.account_id = $2::uuid AND r.key = $13::text
            )
            SELECT EXISTS (SELECT FROM capped) AS credited,
                   coalesce((SELECT balance FROM posted WHERE account_id = $2::uuid),
                            (SELECT balance FROM ledger_account WHERE id = $2::uuid)) AS balance
            """
                    .formatted(SHARED.formatted(14));

    private static final String INSERT = "INSERT INTO kv_store_44a642d3 (key, value) VALUES ($1, $2::text::jsonb)";

    private static final String SHARE =
            "UPDATE kv_store_44a642d3 r SET %s WHERE r.key = $1::text".formatted(SHARED.formatted(2));

    /**
     * What became of a submission.
     *
     * @param balance the member's available balance after it, in minor units
     */
    record Outcome(boolean credited, long balance) {}

    /**
     * Writes a submission with one statement: credited when it may be and the member's day has room for it, waiting for
     * an admin otherwise.
     *
     * @param creditable whether it may be credited without an admin at all
     * @param dailyCap what the day has room for, in minor units
     */
    Future<Outcome> submit(SqlConnection tx, Product.Draft draft, Credit credit, boolean creditable, long dailyCap) {
        Transfer transfer = credit.transfer();
        UUID member = draft.line().id();
        Tuple parameters = Tuple.of(
                draft.id(),
                member,
                draft.value().minor(),
                creditable,
                dailyCap,
                transfer.otherAccounts(),
                transfer.roles(),
                transfer.amounts(),
                transfer.earned(),
                Keys.product(member, draft.id()),
                Json.text(draft.credited(credit)),
                Json.text(draft.pending()),
                referralKey(draft.line()),
                credit.parentShare().minor());
        return tx.preparedQuery(SUBMIT)
                .execute(parameters)
                .map(rows -> outcome(rows.iterator().next()));
    }

    private static Outcome outcome(Row row) {
        return new Outcome(row.getBoolean("credited"), row.getLong("balance"));
    }

    /** Writes the document of a submission that is credited by other statements of the transaction. */
    public Future<Void> insert(SqlConnection tx, Product product) {
        return tx.preparedQuery(INSERT)
                .execute(Tuple.of(Keys.product(product.userId(), product.id()), Json.text(product)))
                .mapEmpty();
    }

    /** Adds a credit to what the member brought the parent; nothing without a parent. */
    public Future<Void> share(SqlConnection tx, Line line, Credit credit) {
        return tx.preparedQuery(SHARE)
                .execute(Tuple.of(referralKey(line), credit.parentShare().minor()))
                .mapEmpty();
    }

    private static String referralKey(Line line) {
        return line.parentId() == null ? null : Keys.referral(line.parentId(), line.id());
    }
}
