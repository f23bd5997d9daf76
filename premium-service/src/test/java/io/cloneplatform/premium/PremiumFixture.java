package io.cloneplatform.premium;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.json.Ids;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.json.Money;
import io.cloneplatform.common.kv.Keys;
import io.cloneplatform.common.testing.TestPlatform;
import io.cloneplatform.common.testing.TestPlatform.Member;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;

/** The premium service on a fresh database, with members who have money. */
final class PremiumFixture implements AutoCloseable {
    final TestPlatform platform;

    PremiumFixture() {
        this(60_000);
    }

    PremiumFixture(long sweepMs) {
        this.platform = TestPlatform.start(List.of(new PremiumService(sweepMs)));
    }

    /** A member with an available balance in minor units. */
    Member memberWith(long minor) {
        Member member = platform.member("m" + Ids.next(), null);
        if (minor > 0) {
            platform.credit(member, minor);
        }
        return member;
    }

    JsonNode assign(Member member, int amount) {
        return admin(Addresses.PREMIUM_ASSIGN, offer(member).put("amount", amount));
    }

    static ObjectNode offer(Member member) {
        return naming(member).put("amount", 5_000).put("position", 3);
    }

    static ObjectNode naming(Member member) {
        return Json.object().put("userId", member.id().toString());
    }

    JsonNode admin(String address, JsonNode body) {
        return platform.ok(address, TestPlatform.admin(), Map.of(), body);
    }

    JsonNode member(String address, Member member) {
        return platform.ok(address, member.caller(), Map.of(), null);
    }

    JsonNode get(Member member) {
        return member(Addresses.PREMIUM_GET, member);
    }

    JsonNode accept(Member member) {
        return member(Addresses.PREMIUM_ACCEPT, member);
    }

    JsonNode decline(Member member) {
        return member(Addresses.PREMIUM_DECLINE, member);
    }

    JsonNode freeze(Member member, String reason) {
        return admin(Addresses.PREMIUM_FREEZE, naming(member).put("reason", reason));
    }

    ErrorCode refusedToMember(String address, Member member) {
        return platform.refused(address, member.caller(), Map.of(), null);
    }

    ErrorCode refusedToAdmin(String address, JsonNode body) {
        return platform.refused(address, TestPlatform.admin(), Map.of(), body);
    }

    Future<Reply> sendAsMember(String address, Member member) {
        return platform.send(address, member.caller(), Map.of(), null, null);
    }

    Future<Reply> sendAsAdmin(String address, JsonNode body) {
        return platform.send(address, TestPlatform.admin(), Map.of(), body, null);
    }

    /** The member's document. */
    JsonNode user(Member member) {
        return platform.document(Keys.user(member.id()));
    }

    /** The stored assignment of an id. */
    JsonNode assignment(Member member, String id) {
        return platform.document(Keys.premium(member.id(), id));
    }

    /** The state of the assignment that a member has, or had last. */
    String latestStatus(Member member) {
        return (String) platform.single(
                "SELECT status FROM kv_store_44a642d3 WHERE key LIKE ? ORDER BY key DESC LIMIT 1",
                Keys.premium(member.id(), "%"));
    }

    /** Lets the time of a member's open assignment run out. */
    void runOut(Member member) {
        platform.execute(
                "UPDATE kv_store_44a642d3 SET value = value || '{\"expiresAt\": \"2026-01-01T00:00:00.000Z\"}' WHERE key LIKE ?",
                Keys.premium(member.id(), "%"));
        platform.execute(
                "UPDATE kv_store_44a642d3 SET value = jsonb_set(value, '{premiumAssignment,expiresAt}', '\"2026-01-01T00:00:00.000Z\"') WHERE key = ?",
                Keys.user(member.id()));
    }

    static Money money(JsonNode number) {
        return Money.ofMajor(number.decimalValue());
    }

    @Override
    public void close() {
        platform.close();
    }
}
