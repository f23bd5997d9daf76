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

/**
 * Records what admins did and what befell accounts, in the transaction in which it happened. The database adds to a
 * record what its transaction changed, and refuses to change a record.
 */
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

    private static final String BEGIN = "SELECT set_config('audit.changes', '[]', true)";

    /**
     * A record that is not written yet.
     *
     * @param key of its document
     * @param document as JSON
     */
    public record Entry(String key, String document) {}

    /** From now on the transaction collects what it changes, for the record that ends it. */
    public Future<Void> begin(SqlConnection tx) {
        return tx.query(BEGIN).execute().mapEmpty();
    }

    /** Writes one record of a finished admin operation. */
    public Future<Void> record(SqlConnection tx, Request request) {
        Entry entry = entry(request);
        return tx.preparedQuery(INSERT)
                .execute(Tuple.of(entry.key(), entry.document()))
                .mapEmpty();
    }

    /**
     * Writes one record of a security event, such as a sign-in or a changed password.
     *
     * @param event a stable token such as {@code signed-in}
     * @param subjectId the member or admin whom it concerns
     * @param details what else there is to say; never a secret
     */
    public Future<Void> event(SqlConnection tx, Request request, String event, String subjectId, ObjectNode details) {
        String id = Ids.next().toString();
        ObjectNode record = head(id, request).put("event", event).put("userId", subjectId);
        record.set("details", details);
        return tx.preparedQuery(INSERT)
                .execute(Tuple.of("audit:" + id, Json.text(record)))
                .mapEmpty();
    }

    /** The record of an admin operation, for the statement that does it. */
    public Entry entry(Request request) {
        String id = Ids.next().toString();
        ObjectNode record = head(id, request);
        record.set("details", details(request));
        return new Entry("audit:" + id, Json.text(record));
    }

    private static ObjectNode head(String id, Request request) {
        return Json.object()
                .put("id", id)
                .put("actorId", request.caller().id())
                .put("actorName", request.caller().isAdmin() ? request.caller().name() : null)
                .put("operation", request.operation())
                .put("ip", request.caller().ip())
                .put("requestId", request.trace().requestId())
                .put("at", Instants.iso(Instant.now()));
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
