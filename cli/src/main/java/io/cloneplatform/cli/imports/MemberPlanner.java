package io.cloneplatform.cli.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.json.Money;
import io.cloneplatform.common.kv.Instants;
import io.cloneplatform.common.kv.Keys;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Decides from a member's records what will be written. It reads nothing but the dump and who holds which name, so that
 * a dry run, a first run and a second run tell the same.
 */
final class MemberPlanner {
    private static final int LONGEST_PASSWORD = 128;
    private static final Pattern HASH =
            Pattern.compile("(?s)(sha256:|\\$[a-z0-9-]{1,20}\\$|pbkdf2[:_$]|scrypt[:$]).*|[0-9a-f]{64,}");

    private final Findings findings;
    private final IdentityPlanner identities;
    private final MemberMoney money;
    private final Tiers tiers;
    private final Leftovers leftovers;
    private final Instant now;

    MemberPlanner(MemberIndex index, Findings findings, MemberMoney money, Tiers tiers, Instant now) {
        this.findings = findings;
        this.identities = new IdentityPlanner(index, findings, now);
        this.money = money;
        this.tiers = tiers;
        this.leftovers = new Leftovers(findings);
        this.now = now;
    }

    MemberPlan plan(MemberRecords records, TakenNames taken) {
        MemberNode node = records.node();
        String key = records.user().key();
        Fields fields = new Fields(records.user().value());
        Identity identity = identities.plan(records, fields, taken);
        MemberMoney.Books books = money.open(records, fields);
        Standing standing = Standing.of(key, fields, books.opening().earned(), tiers, findings, now);
        Optional<String> password = withdrawalPassword(key, fields);
        findings.add(Oddity.LOGIN_RESET, key, identity.email());
        ObjectNode document = new MemberDocument(records, fields, findings).of(identity, standing);
        return new MemberPlan(
                node.id(),
                node.parent(),
                identity,
                document,
                documents(records, fields, identity, standing),
                books.opening(),
                books.withdrawals(),
                password.orElse(null));
    }

    private List<Document> documents(MemberRecords records, Fields fields, Identity identity, Standing standing) {
        List<Document> documents = new ArrayList<>();
        identity.codes().forEach(code -> documents.add(code(records.node().id(), code, identity)));
        if (records.node().parent() != null) {
            documents.add(link(records, identity));
        }
        if (standing.offer() != null) {
            documents.add(premium(records.node(), identity, standing.offer()));
        }
        records.bonuses().forEach((id, claim) -> documents.add(bonus(records, id, claim)));
        if (records.node().parent() != null) {
            fields.skip("parentUserId", "referredBy", "parentId");
        }
        ObjectNode rest = fields.rest();
        if (!rest.isEmpty()) {
            documents.add(leftovers.rest(records.user().key(), rest, now));
        }
        return documents.stream()
                .filter(document -> !document.value().isEmpty())
                .toList();
    }

    /** The record that leads from a code to its member. */
    static Document code(UUID member, String code, Identity identity) {
        ObjectNode document = Json.object()
                .put("code", code)
                .put("userId", member.toString())
                .put("createdAt", Instants.iso(identity.createdAt()));
        return new Document(Keys.inviteCode(code), document, identity.createdAt());
    }

    private Document link(MemberRecords records, Identity identity) {
        MemberNode node = records.node();
        Fields fields = new Fields(records.link().map(LegacyRecord::value).orElse(Json.object()));
        var profit = new Money(Math.max(0, fields.money("totalSharedProfit").orElse(0L))).major();
        Instant since = fields.time("createdAt").orElse(identity.createdAt());
        ObjectNode document = Json.object()
                .put("parentId", node.parent().toString())
                .put("childId", node.id().toString())
                .put("childName", identity.name())
                .put("childEmail", identity.email())
                .put("totalSharedProfit", profit)
                .put("openingSharedProfit", profit)
                .put(
                        "lastProductAt",
                        fields.time("lastProductAt").map(Instants::iso).orElse(null))
                .put("createdAt", Instants.iso(since));
        return new Document(Keys.referral(node.parent(), node.id()), document, since);
    }

    private static Document premium(MemberNode node, Identity identity, ObjectNode offer) {
        ObjectNode document = Json.object()
                .put("userId", node.id().toString())
                .put("userEmail", identity.email())
                .put("userName", identity.name())
                .putNull("endedAt");
        document.setAll(offer);
        document.remove("freezes");
        Instant assigned = Instant.parse(offer.get("assignedAt").textValue());
        return new Document(Keys.premium(node.id(), offer.get("id").textValue()), document, assigned);
    }

    private Document bonus(MemberRecords records, String bonusId, JsonNode claim) {
        Instant at = Times.of(claim.path("claimedAt")).orElse(now);
        String bonus = Texts.line(bonusId, 50);
        findings.add(Oddity.BONUS_CLAIMED, records.user().key(), bonus);
        ObjectNode document = Json.object()
                .put("id", bonus)
                .put("bonusId", bonus)
                .put("userId", records.node().id().toString())
                .put("category", bonus.replaceFirst("_.*", ""))
                .put("status", "claimed")
                .put(
                        "name",
                        Texts.line(
                                claim.path("name")
                                        .asText(claim.path("bonusName").asText(bonusId)),
                                100))
                .put(
                        "amount",
                        new Money(Math.max(
                                        0, Amounts.minor(claim.path("amount")).orElse(0L)))
                                .major())
                .put("claimedAt", Instants.iso(at));
        return new Document(Keys.bonus(records.node().id(), bonus), document, at);
    }

    /** Only a password in clear can become a hash of this platform. */
    private Optional<String> withdrawalPassword(String key, Fields fields) {
        JsonNode given = fields.value(Secrets.WITHDRAWAL_PASSWORD.toArray(String[]::new));
        String password = given.asText("");
        if (given.isMissingNode()) {
            return Optional.empty();
        }
        String reason = !given.isTextual() && !given.isNumber()
                ? "is no text"
                : password.length() > LONGEST_PASSWORD
                        ? "is longer than " + LONGEST_PASSWORD + " characters"
                        : HASH.matcher(password).matches() ? "is a hash of another kind" : null;
        if (reason != null) {
            findings.add(Oddity.WITHDRAWAL_PASSWORD_RESET, key, reason);
        }
        return reason == null ? Optional.of(password) : Optional.empty();
    }
}
