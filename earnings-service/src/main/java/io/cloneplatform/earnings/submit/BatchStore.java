package io.cloneplatform.earnings.submit;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import java.util.List;

/** Writes a batch of submissions with one statement. */
final class BatchStore {
    private static final String POST =
            """
            SELECT outcome, answer FROM submissions_post(
              $1, $2, $3::uuid[], $4::uuid[], $5::bigint[], $6::boolean[], $7::text[], $8::text[], $9::bigint[],
              $10::text[], $11::text[], $12::bytea[], $13::bytea[],
              $14::integer[], $15::uuid[], $16::text[], $17::bigint[], $18::bigint[])
            ORDER BY item
            """;

    /**
     * What became of one submission.
     *
     * @param known whether its idempotency key had been used before; then nothing was written for it
     * @param answer the JSON answer; null when known
     */
    record Outcome(boolean known, String answer) {
        private static Outcome of(Row row) {
            return new Outcome("known".equals(row.getString("outcome")), row.getString("answer"));
        }
    }

    /**
     * Writes all of a batch or none of it, and answers in its order.
     *
     * @param dailyCap what a member is credited a day without an admin, in minor units
     * @param again whether the batch may have been written before, by a call whose outcome was lost
     */
    Future<List<Outcome>> post(SqlClient client, CreditedBatch batch, long dailyCap, boolean again) {
        return client.preparedQuery(POST)
                .execute(batch.parameters(dailyCap, again))
                .map(rows -> rows.stream().map(Outcome::of).toList());
    }
}
