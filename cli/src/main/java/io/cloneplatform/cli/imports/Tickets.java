package io.cloneplatform.cli.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.cli.imports.RecordImport.Outcome;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.kv.Instants;
import io.cloneplatform.common.kv.Keys;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Support tickets with their replies; they keep their ids. */
final class Tickets {
    private static final Map<String, String> STATES = Map.of(
            "open", "open",
            "", "open",
            "in-progress", "in-progress",
            "in_progress", "in-progress",
            "pending", "in-progress",
            "resolved", "resolved",
            "closed", "closed");
    private static final Set<String> PRIORITIES = Set.of("low", "normal", "high", "urgent");

    private final Sql sql;
    private final MemberIndex index;
    private final Instant now;

    Tickets(Sql sql, MemberIndex index, Instant now) {
        this.sql = sql;
        this.index = index;
        this.now = now;
    }

    List<Outcome> convert(List<LegacyRecord> batch) {
        MemberNames names = MemberNames.ofOwners(sql, batch, index);
        return batch.stream().map(row -> convert(row, names)).toList();
    }

    private Outcome convert(LegacyRecord row, MemberNames names) {
        if (!index.has(row.owner())) {
            return Outcome.ofNobody(row);
        }
        Fields fields = new Fields(row.value());
        String given = fields.text("status").orElse("").toLowerCase(Locale.ROOT);
        String status = STATES.get(given);
        return status == null
                ? Outcome.kept(Oddity.STATUS_UNKNOWN, Texts.line(given, 50))
                : Outcome.converted(document(row, fields, status, names), "tickets");
    }

    private Document document(LegacyRecord row, Fields fields, String status, MemberNames names) {
        UUID member = UUID.fromString(row.owner());
        String id = LegacyIds.kept(row.name());
        String message = fields.text("message", "description").orElse("");
        String priority = fields.text("priority").orElse("").toLowerCase(Locale.ROOT);
        String name = fields.line(100, "userName").orElseGet(() -> names.name(member));
        Instant created =
                fields.time("createdAt").or(() -> Times.inId(row.key())).orElse(now);
        Instant updated = fields.time("updatedAt").orElse(created);
        ArrayNode replies = replies(id, fields.value("replies"), row.owner(), name, updated);
        ObjectNode document = Json.object()
                .put("id", id)
                .put("userId", member.toString())
                .put("userName", name)
                .put("userEmail", names.email(member))
                .put("subject", fields.line(200, "subject", "title").orElse("Support"))
                .put("category", fields.line(50, "category").orElse("general"))
                .put("message", message)
                .put("description", message)
                .put("priority", PRIORITIES.contains(priority) ? priority : "normal")
                .put("status", status)
                .put("createdAt", Instants.iso(created))
                .put("updatedAt", Instants.iso(updated))
                .put("replyCount", replies.size());
        document.set("replies", replies);
        fields.skip("id", "userId", "userEmail", "replyCount");
        fields.putRest(document);
        return new Document(Keys.ticket(id), document, created);
    }

    private static ArrayNode replies(String ticket, JsonNode legacy, String owner, String ownerName, Instant updated) {
        ArrayNode replies = Json.MAPPER.createArrayNode();
        for (JsonNode entry : legacy) {
            Fields fields = new Fields(entry);
            String id = fields.text("id").orElse("reply") + "#" + replies.size();
            String user = fields.text("userId")
                    .map(text -> LegacyIds.member(text).toString())
                    .orElse("");
            boolean byOwner = user.equals(owner);
            Instant at = fields.time("createdAt").or(() -> Times.inId(id)).orElse(updated);
            replies.addObject()
                    .put(
                            "id",
                            LegacyIds.timed(Optional.of(at), "reply:" + ticket + ":" + id)
                                    .toString())
                    .put("userId", user)
                    .put("userName", fields.line(100, "userName").orElse(byOwner ? ownerName : "Support"))
                    .put("author", byOwner ? "user" : "support")
                    .put("message", fields.text("message", "text").orElse(""))
                    .put("createdAt", Instants.iso(at));
        }
        return replies;
    }
}
