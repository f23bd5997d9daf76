package io.cloneplatform.earnings.review;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.kv.Page;
import io.cloneplatform.earnings.listing.TimeCursor;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads and changes the review queue. */
public final class ReviewStore {
    // Each status is one ordered index scan that stops at the page's end; their union is merged.
    private static final String PAGE =
            """
            SELECT p.key, p.created_at, p.value::text AS value
            FROM unnest($1::text[]) AS wanted (status) CROSS JOIN LATERAL (
              SELECT key, created_at, value FROM kv_store_44a642d3
              WHERE key LIKE 'product:%' AND status = wanted.status
                AND (created_at, key) > (coalesce($2::timestamptz, '-infinity'), $3::text)
              ORDER BY created_at, key LIMIT $4::integer + $5::integer) p
            ORDER BY p.created_at, p.key LIMIT $4::integer OFFSET $5::integer
            """;

    private static final String COUNT =
            """
            SELECT coalesce(sum(number), 0)::bigint AS total FROM platform_count
            WHERE name LIKE 'submission %' AND split_part(name, ' ', 2) = ANY ($1::text[])
            """;

    // An id tells the time it was made, and rows are indexed by state and time: some seconds around it are read, and
    // a day if it is not there, which forgives clocks that disagree. A credited one is found through its transfer.
    private static final String FIND_KEY =
            """
            SELECT key FROM (
              SELECT key FROM kv_store_44a642d3
              WHERE key LIKE 'product:%%' AND status IN ('pending_review', 'rejected') AND right(key, 36) = $1::text AND %1$s
              UNION ALL
              SELECT 'product:' || e.account_id || ':' || t.reference
              FROM ledger_transfer t JOIN ledger_entry e ON e.transfer_id = t.id AND e.role = 'own'
              WHERE t.kind = 'submission' AND t.reference = $1::text AND t.phase = 'posted'
              UNION ALL
              SELECT key FROM kv_store_44a642d3
              WHERE key LIKE 'product:%%' AND status IN ('pending_review', 'rejected') AND right(key, 36) = $1::text AND %2$s) found
            LIMIT 1
            """
                    .formatted(around("5 seconds"), around("1 day"));

    private static final String LOCK =
            "SELECT key, value::text AS value FROM kv_store_44a642d3 WHERE key = $1 FOR NO KEY UPDATE";

    private static final String CHANGE =
            "UPDATE kv_store_44a642d3 SET value = value || $2::text::jsonb, updated_at = now() WHERE key = $1 RETURNING value::text AS value";

    private static String around(String span) {
        return "created_at BETWEEN $2::timestamptz - interval '%1$s' AND $2::timestamptz + interval '%1$s'"
                .formatted(span);
    }

    private final Pool pool;

    public ReviewStore(Pool pool) {
        this.pool = pool;
    }

    /** A submission's row, locked. */
    record Locked(String key, JsonNode document) {}

    Future<RowSet<Row>> page(List<String> statuses, Page page, TimeCursor after) {
        return pool.preparedQuery(PAGE)
                .execute(Tuple.of(
                        statuses.toArray(String[]::new),
                        after == null ? null : after.at(),
                        after == null ? "" : after.key(),
                        page.fetch(),
                        page.offset()));
    }

    Future<Long> count(List<String> statuses) {
        return pool.preparedQuery(COUNT)
                .execute(Tuple.tuple().addArrayOfString(statuses.toArray(String[]::new)))
                .map(rows -> rows.iterator().next().getLong("total"));
    }

    /** Locks a submission until the transaction ends; empty when there is none. */
    Future<Optional<Locked>> lock(SqlConnection tx, UUID id) {
        return tx.preparedQuery(FIND_KEY)
                .execute(Tuple.of(id.toString(), madeAt(id)))
                .compose(rows -> rows.size() == 0
                        ? Future.succeededFuture(Optional.empty())
                        : lock(tx, rows.iterator().next().getString("key")));
    }

    // The first 48 bits of a version 7 UUID are milliseconds.
    private static OffsetDateTime madeAt(UUID id) {
        return Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16).atOffset(ZoneOffset.UTC);
    }

    private static Future<Optional<Locked>> lock(SqlConnection tx, String key) {
        return tx.preparedQuery(LOCK).execute(Tuple.of(key)).map(rows -> locked(rows.iterator()));
    }

    private static Optional<Locked> locked(Iterator<Row> rows) {
        if (!rows.hasNext()) {
            return Optional.empty();
        }
        Row row = rows.next();
        return Optional.of(new Locked(row.getString("key"), Json.read(row.getString("value"))));
    }

    /** Merges fields into a locked submission; answers the document after it. */
    Future<JsonNode> change(SqlConnection tx, String key, Object fields) {
        return tx.preparedQuery(CHANGE)
                .execute(Tuple.of(key, Json.text(fields)))
                .map(rows -> Json.read(rows.iterator().next().getString("value")));
    }
}
