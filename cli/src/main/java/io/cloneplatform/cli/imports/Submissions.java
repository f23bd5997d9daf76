package io.cloneplatform.cli.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.cli.imports.RecordImport.Outcome;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.json.Money;
import io.cloneplatform.common.kv.Instants;
import io.cloneplatform.common.kv.Keys;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Submitted products: documents that tell what happened; the opening balance has their effect already. */
final class Submissions {
    private final Sql sql;
    private final MemberIndex index;
    private final Instant now;

    Submissions(Sql sql, MemberIndex index, Instant now) {
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
        Optional<Long> value = fields.money("productValue", "value", "amount").filter(amount -> amount >= 0);
        return value.isEmpty()
                ? Outcome.kept(Oddity.UNREADABLE_RECORD, "no value")
                : Outcome.converted(document(row, fields, value.get(), names), "submissions");
    }

    private Document document(LegacyRecord row, Fields fields, long value, MemberNames names) {
        UUID member = UUID.fromString(row.owner());
        Optional<Instant> told = fields.time("submittedAt", "createdAt").or(() -> Times.inId(row.key()));
        Instant at = told.orElse(now);
        UUID id = LegacyIds.timed(told, row.key());
        ObjectNode document = Json.object()
                .put("id", id.toString())
                .put("userId", member.toString())
                .put("userName", names.name(member))
                .put("userEmail", names.email(member))
                .put("name", fields.line(200, "productName", "name").orElse("Product"))
                .put("value", new Money(value).major())
                .put("amount", new Money(value).major())
                .put("status", "credited")
                .put("userEarned", positive(fields.money("userEarned")));
        document.set("commissions", commissions(fields.value("commissionsCascade", "commissions")));
        document.put("premium", false).put("createdAt", Instants.iso(at)).put("legacyKey", row.key());
        fields.skip("userId", "id", "status");
        fields.putRest(document);
        return new Document(Keys.product(member, id), document, at);
    }

    private static ArrayNode commissions(JsonNode cascade) {
        ArrayNode commissions = Json.MAPPER.createArrayNode();
        for (JsonNode share : cascade) {
            String parent =
                    share.path(share.has("parentId") ? "parentId" : "userId").asText("");
            if (!parent.isBlank()) {
                String id = LegacyIds.member(parent).toString();
                commissions
                        .addObject()
                        .put("level", Math.max(1, share.path("level").asInt(1)))
                        .put("userId", id)
                        .put("parentId", id)
                        .put("userName", share.path("userName").asText(""))
                        .put("amount", positive(Amounts.minor(share.path("amount"))));
            }
        }
        return commissions;
    }

    private static BigDecimal positive(Optional<Long> minor) {
        return new Money(Math.max(0, minor.orElse(0L))).major();
    }
}
