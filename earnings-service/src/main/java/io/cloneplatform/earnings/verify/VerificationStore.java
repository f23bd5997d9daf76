package io.cloneplatform.earnings.verify;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowIterator;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;

/** Remembers for the whole deployment when the books were last verified and how many problems there were. */
final class VerificationStore {
    private static final String RECORD =
            """
            INSERT INTO platform_setting (name, value)
            VALUES ('ledger.verified', jsonb_build_object('at', extract(epoch FROM now())::bigint, 'problems', $1::integer))
            ON CONFLICT (name) DO UPDATE SET value = excluded.value, updated_at = now()
            """;

    private static final String LAST =
            """
            SELECT (value ->> 'at')::bigint AS at, (value ->> 'problems')::integer AS problems
            FROM platform_setting WHERE name = 'ledger.verified'
            """;

    // Whoever moves the claim into the night that has begun does the night's work.
    private static final String CLAIM =
            """
            INSERT INTO platform_setting AS s (name, value) VALUES ('ledger.verification', to_jsonb($1::bigint))
            ON CONFLICT (name) DO UPDATE SET value = excluded.value, updated_at = now()
              WHERE (s.value #>> '{}')::bigint < (excluded.value #>> '{}')::bigint
            """;

    private static final String KEEP =
            """
            INSERT INTO platform_setting (name, value) VALUES ('ledger.report', $1::text::jsonb)
            ON CONFLICT (name) DO UPDATE SET value = excluded.value, updated_at = now()
            """;

    private static final String TAKE =
            """
            DELETE FROM platform_setting WHERE name = 'ledger.report' AND updated_at > now() - interval '1 hour'
            RETURNING value::text AS report
            """;

    /**
     * A verification that took place.
     *
     * @param at epoch seconds
     */
    record Last(long at, int problems) {
        private static Last of(Row row) {
            return new Last(row.getLong("at"), row.getInteger("problems"));
        }
    }

    Future<Void> record(SqlClient client, int problems) {
        return client.preparedQuery(RECORD).execute(Tuple.of(problems)).mapEmpty();
    }

    /** The last verification by any process; empty before the first. */
    Future<Optional<Last>> last(SqlClient client) {
        return client.preparedQuery(LAST).execute().map(rows -> first(rows.iterator()));
    }

    private static Optional<Last> first(RowIterator<Row> rows) {
        return rows.hasNext() ? Optional.of(Last.of(rows.next())) : Optional.empty();
    }

    /** Whether this process is the one to verify in the night that began at a moment, given in epoch seconds. */
    Future<Boolean> claim(SqlClient client, long night) {
        return client.preparedQuery(CLAIM).execute(Tuple.of(night)).map(rows -> rows.rowCount() == 1);
    }

    /** Keeps what a verification found for whoever asks within the hour. */
    Future<Void> keepReport(SqlClient client, String report) {
        return client.preparedQuery(KEEP).execute(Tuple.of(report)).mapEmpty();
    }

    /** What a verification found that nobody was told; nobody else is told then. */
    Future<Optional<String>> takeReport(SqlClient client) {
        return client.query(TAKE)
                .execute()
                .map(rows -> rows.stream().map(row -> row.getString("report")).findFirst());
    }
}
