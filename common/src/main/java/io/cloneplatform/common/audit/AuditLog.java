package io.cloneplatform.common.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.json.Ids;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.kv.Instants;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.Set;

/** Records what admins did, in the transaction in which they did it. The database refuses to change a record. */
public final class AuditLog {
    // Only what names the subject and the reason; passwords and free text of others never get here.
    private static final Set<String> RECORDED_FIELDS = Set.of(
            "userId",
            "withdrawalId",
            "amount",
            "position",
            "reason",
            "denialReason",
            "vipTier",
            "reference",
            "status",
            "username",
            "permissions",
            "conversationId");

    private static final String INSERT = "INSERT INTO kv_store_44a642d3 (key, value) VALUES ($1, $2::text::jsonb)";

    /**
     * A record that is not written yet.
     *
     * @param key of its document
     * @param document as JSON
     */
    public record Entry(String key, String document) {}

    /** Writes one record of a finished admin operation. */
    public Future<Void> record(SqlConnection tx, Request request) {
        Entry entry = entry(request);
        return tx.preparedQuery(INSERT)
                .execute(Tuple.of(entry.key(), entry.document()))
                .mapEmpty();
    }

    /** The record of an admin operation, for the statement that does it. */
    public Entry entry(Request request) {
        String id = Ids.next().toString();
        ObjectNode record = Json.object()
                .put("id", id)
                .put("actorId", request.caller().id())
                .put("actorName", request.caller().name())
                .put("operation", request.operation())
                .put("ip", request.caller().ip())
                .put("requestId", request.trace().requestId())
                .put("at", Instants.iso(Instant.now()));
        record.set("details", details(request));
        return new Entry("audit:" + id, Json.text(record));
    }

    private static ObjectNode details(Request request) {
        ObjectNode details = Json.object();
        request.params().forEach(details::put);
        if (request.body() != null) {
            for (String field : RECORDED_FIELDS) {
                JsonNode value = request.body().get(field);
                if (value != null) {
                    details.set(field, value);
                }
            }
        }
        return details;
    }
}
