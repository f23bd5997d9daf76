package io.cloneplatform.withdrawal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import de.mkammerer.argon2.Argon2Factory;
import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.bus.Caller;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.json.Ids;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.json.Money;
import io.cloneplatform.common.kv.Keys;
import io.cloneplatform.common.password.PasswordHasher;
import io.cloneplatform.common.testing.TestPlatform;
import io.cloneplatform.common.testing.TestPlatform.Member;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The withdrawal service on a fresh database, with members who have money and a withdrawal password. */
final class WithdrawalFixture implements AutoCloseable {
    /** 2024-01-01. */
    static final long IMPORTED_MILLIS = 1_704_067_200_000L;

    static final String PASSWORD = "separate secret";
    private static final String HASH = hash();

    /** Of the same password, with parameters that cost next to nothing. */
    static final String CHEAP_HASH =
            Argon2Factory.create(Argon2Factory.Argon2Types.ARGON2id).hash(1, 8, 1, PASSWORD.toCharArray());

    final TestPlatform platform;

    WithdrawalFixture(String... settings) {
        this.platform = TestPlatform.start(List.of(new WithdrawalService()), settings);
    }

    private static String hash() {
        Vertx vertx = Vertx.vertx();
        try {
            return new PasswordHasher(vertx, 1).hash(PASSWORD).await();
        } finally {
            vertx.close().await();
        }
    }

    /** A member with a withdrawal password and an available balance in minor units. */
    Member memberWith(long minor) {
        Member member = platform.member("m" + Ids.next(), null);
        platform.execute(
                "INSERT INTO credential (subject_id, password_hash, withdrawal_password_hash) VALUES (?, 'none', ?)",
                member.id(),
                HASH);
        platform.credit(member, minor);
        return member;
    }

    static ObjectNode request(String amount) {
        return Json.object().put("amount", new BigDecimal(amount)).put("withdrawalPassword", PASSWORD);
    }

    /** Requests a withdrawal that must succeed: the whole answer. */
    JsonNode withdraw(Member member, String amount) {
        return platform.ok(Addresses.WITHDRAWAL_REQUEST, member.caller(), Map.of(), request(amount));
    }

    /** Requests a withdrawal that must succeed: its id. */
    String pending(Member member, String amount) {
        return withdraw(member, amount).at("/withdrawal/id").asText();
    }

    JsonNode document(Member member, String id) {
        return platform.document(Keys.withdrawal(member.id(), id));
    }

    JsonNode approve(String id) {
        return platform.ok(Addresses.WITHDRAWAL_APPROVE, TestPlatform.admin(), Map.of(), naming(id));
    }

    JsonNode deny(String id, String reason) {
        ObjectNode body = naming(id).put("reason", reason);
        return platform.ok(Addresses.WITHDRAWAL_DENY, TestPlatform.admin(), Map.of(), body);
    }

    JsonNode cancel(Member member, String id) {
        return platform.ok(Addresses.WITHDRAWAL_CANCEL, member.caller(), Map.of("id", id), null);
    }

    JsonNode history(Member member, Map<String, String> params) {
        return platform.ok(Addresses.WITHDRAWAL_HISTORY, member.caller(), params, null);
    }

    JsonNode queue(Map<String, String> params) {
        return platform.ok(Addresses.WITHDRAWAL_REVIEW_QUEUE, TestPlatform.admin(), params, null);
    }

    Reply.Refused refusal(Caller caller, JsonNode body) {
        return platform.refusal(Addresses.WITHDRAWAL_REQUEST, caller, Map.of(), body);
    }

    static ObjectNode naming(String id) {
        return Json.object().put("withdrawalId", id);
    }

    static Money money(JsonNode number) {
        return Money.ofMajor(number.decimalValue());
    }

    /** How many of these calls succeeded; the others must all have been refused. */
    static long succeeded(List<Future<Reply>> calls) {
        return calls.stream()
                .map(call -> call.await())
                .filter(Reply.Done.class::isInstance)
                .count();
    }

    /** A withdrawal that was closed before it was imported: no hold, an id made from its time; its id. */
    String importedClosed(Member member, int number, String status) {
        String id = new UUID((IMPORTED_MILLIS << 16) | 0x7000, Long.MIN_VALUE | number).toString();
        ObjectNode document = Json.object()
                .put("id", id)
                .put("legacyId", member.id() + "-" + IMPORTED_MILLIS)
                .put("userId", member.id().toString())
                .put("userEmail", "old@example.com")
                .put("userName", "Old")
                .put("amount", 30)
                .put("status", status)
                .put("requestedAt", "2024-01-01T00:00:00.000Z");
        platform.execute(
                "INSERT INTO kv_store_44a642d3 (key, value, created_at) VALUES (?, ?::jsonb, '2024-01-01T00:00:00.0004Z')",
                Keys.withdrawal(member.id(), id),
                Json.text(document));
        return id;
    }

    @Override
    public void close() {
        platform.close();
    }
}
