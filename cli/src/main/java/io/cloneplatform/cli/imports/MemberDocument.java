package io.cloneplatform.cli.imports;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.kv.Instants;

/** The {@code user:} document of a member, with its money at zero: the ledger fills that in. */
final class MemberDocument {
    private final MemberRecords records;
    private final Fields fields;
    private final Findings findings;

    MemberDocument(MemberRecords records, Fields fields, Findings findings) {
        this.records = records;
        this.fields = fields;
        this.findings = findings;
    }

    ObjectNode of(Identity identity, Standing standing) {
        ObjectNode document = Json.object();
        putIdentity(document, identity);
        document.put("balance", 0)
                .put("heldBalance", 0)
                .put("totalEarned", 0)
                .put("vipTier", standing.tierByHand() == null ? "Normal" : standing.tierByHand());
        putNetwork(document);
        putStanding(document, standing);
        return document.put("createdAt", Instants.iso(identity.createdAt()));
    }

    private void putIdentity(ObjectNode document, Identity identity) {
        MemberNode node = records.node();
        fields.text("id").filter(id -> !LegacyIds.member(id).equals(node.id())).ifPresent(id -> fields.keep("id"));
        document.put("id", node.id().toString())
                .put("email", identity.email())
                .put("username", identity.username())
                .put("name", identity.name())
                .put("gender", identity.gender())
                .put("invitationCode", identity.codes().stream().findFirst().orElse(null))
                .put(
                        "parentUserId",
                        node.parent() == null ? null : node.parent().toString());
    }

    private void putNetwork(ObjectNode document) {
        MemberNode node = records.node();
        int children = fields.count("childCount").orElse(node.children());
        if (children != node.children()) {
            findings.add(Oddity.CHILD_COUNT, records.user().key(), "from " + children + " to " + node.children());
        }
        // It is the sum of what the links say.
        fields.skip("totalProfitFromChildren");
        int products = Math.max(fields.count("productsSubmitted").orElse(0), records.products());
        document.put("childCount", node.children())
                .put("productsSubmitted", products)
                .put("openingProducts", products);
    }

    private static void putStanding(ObjectNode document, Standing standing) {
        String reason =
                standing.hold() == null ? null : standing.hold().get("reason").textValue();
        document.put("accountFrozen", reason != null).put("freezeAmount", 0).put("freezeReason", reason);
        if (standing.tierByHand() != null) {
            document.put("vipTierManual", true);
        }
        if (standing.hold() != null) {
            document.set("complianceHold", standing.hold());
        }
        if (standing.offer() != null) {
            document.set("premiumAssignment", standing.offer());
        }
    }
}
