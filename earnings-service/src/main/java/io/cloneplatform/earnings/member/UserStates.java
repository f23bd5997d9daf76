package io.cloneplatform.earnings.member;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.kv.Keys;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;

/** A member's document as admins see it after they changed something. */
public final class UserStates {
    private static final String READ = "SELECT value::text AS value FROM kv_store_44a642d3 WHERE key = $1";

    private static final List<String> SHOWN = List.of(
            "id",
            "email",
            "username",
            "name",
            "vipTier",
            "balance",
            "accountFrozen",
            "freezeAmount",
            "freezeReason",
            "premiumAssignment");

    /** Reads the member, who must exist. */
    public Future<ObjectNode> read(SqlConnection tx, UUID member) {
        return tx.preparedQuery(READ)
                .execute(Tuple.of(Keys.user(member)))
                .map(rows -> of(Json.read(rows.iterator().next().getString("value"))));
    }

    /** The fields that are shown; one that is not there is null. */
    public static ObjectNode of(JsonNode document) {
        ObjectNode state = Json.object();
        SHOWN.forEach(field -> state.set(field, document.get(field)));
        if (state.path("premiumAssignment") instanceof ObjectNode assignment) {
            assignment.remove("freezes");
        }
        return state;
    }
}
