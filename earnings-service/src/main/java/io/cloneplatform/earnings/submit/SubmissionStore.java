package io.cloneplatform.earnings.submit;

import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.kv.Keys;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;

/** Writes single submissions, in the transactions of those who decide about them, and what they brought the parent. */
public final class SubmissionStore {
    private static final String INSERT = "INSERT INTO kv_store_44a642d3 (key, value) VALUES ($1, $2::text::jsonb)";

    // totalSharedProfit counts what the parent was paid, lastProductAt also what paid them nothing.
    private static final String SHARE =
            """
            UPDATE kv_store_44a642d3 r
            SET value = r.value || jsonb_build_object(
                  'totalSharedProfit', trim_scale(coalesce((r.value ->> 'totalSharedProfit')::numeric, 0) + to_major($2::bigint)),
                  'lastProductAt', iso_instant(now())),
                updated_at = now()
            WHERE r.key = $1::text
            """;

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
