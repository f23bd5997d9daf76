package io.cloneplatform.earnings.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.kv.Keys;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The VIP tiers: what reaches them, and setting one by hand. */
public final class TierStore {
    private static final String DIFFERING =
            """
            SELECT FROM vip_tier t JOIN unnest($1::bigint[]) WITH ORDINALITY AS w (threshold, rank) ON w.rank = t.rank
            WHERE t.threshold <> w.threshold
            """;

    private static final String LOCK = "LOCK TABLE vip_tier IN SHARE ROW EXCLUSIVE MODE";

    // Thresholds are unique at every moment, so all are moved out of the way before they take their places.
    private static final String MOVE_AWAY =
            "UPDATE vip_tier SET threshold = 4000000000000000000 + rank WHERE rank BETWEEN 1 AND cardinality($1::bigint[])";

    private static final String SET =
            """
            UPDATE vip_tier t SET threshold = w.threshold
            FROM unnest($1::bigint[]) WITH ORDINALITY AS w (threshold, rank) WHERE w.rank = t.rank
            """;

    // What a member is shown follows the thresholds at once, not with the next posting.
    private static final String SHOW =
            """
            UPDATE kv_store_44a642d3 u
            SET value = u.value || jsonb_build_object('vipTier', vip_tier_for(a.earned)), updated_at = now()
            FROM ledger_account a
            WHERE a.kind = 'member' AND u.key = 'user:' || a.id AND u.value -> 'vipTierManual' IS DISTINCT FROM 'true'
              AND u.value ->> 'vipTier' IS DISTINCT FROM vip_tier_for(a.earned)
            """;

    private static final String TAKE_TIME = "SET LOCAL statement_timeout = '10min'";

    private static final String KNOWN = "SELECT FROM vip_tier WHERE name = $1";

    private static final String SET_BY_HAND =
            """
            UPDATE kv_store_44a642d3
            SET value = value || jsonb_build_object('vipTier', $3::text, 'vipTierManual', true), updated_at = now()
            WHERE key = $2 AND EXISTS (SELECT FROM member WHERE id = $1 AND deleted_at IS NULL)
            RETURNING value::text AS value
            """;

    /** Brings the thresholds of Silver and above, in minor units, and the tiers they give, in line with the configuration. */
    public Future<Void> align(Pool pool, Pool patient, List<Long> thresholds) {
        Tuple wanted = Tuple.tuple().addArrayOfLong(thresholds.toArray(Long[]::new));
        return pool.preparedQuery(DIFFERING)
                .execute(wanted)
                .compose(rows -> rows.size() == 0 ? Future.succeededFuture() : change(patient, wanted));
    }

    private static Future<Void> change(Pool patient, Tuple wanted) {
        return patient.withTransaction(tx -> tx.query(LOCK)
                .execute()
                .compose(locked -> tx.preparedQuery(MOVE_AWAY).execute(wanted))
                .compose(moved -> tx.preparedQuery(SET).execute(wanted))
                .compose(set -> tx.query(TAKE_TIME).execute())
                .compose(timed -> tx.query(SHOW).execute())
                .mapEmpty());
    }

    /** Whether there is such a tier. */
    Future<Boolean> known(SqlConnection tx, String tier) {
        return tx.preparedQuery(KNOWN).execute(Tuple.of(tier)).map(rows -> rows.size() == 1);
    }

    /** Sets a tier that stays whatever the member earns; empty when there is no such member. */
    Future<Optional<JsonNode>> setByHand(SqlConnection tx, UUID member, String tier) {
        return tx.preparedQuery(SET_BY_HAND)
                .execute(Tuple.of(member, Keys.user(member), tier))
                .map(rows -> first(rows.iterator()));
    }

    private static Optional<JsonNode> first(Iterator<Row> rows) {
        return rows.hasNext() ? Optional.of(Json.read(rows.next().getString("value"))) : Optional.empty();
    }
}
