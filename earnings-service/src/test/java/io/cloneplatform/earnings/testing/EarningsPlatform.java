package io.cloneplatform.earnings.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.json.Ids;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.json.Money;
import io.cloneplatform.common.kv.Keys;
import io.cloneplatform.common.testing.TestPlatform;
import io.cloneplatform.common.testing.TestPlatform.Member;
import io.cloneplatform.earnings.EarningsService;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/** The earnings service on a fresh database, spoken to in the words of its rules. */
public record EarningsPlatform(TestPlatform platform) implements AutoCloseable {
    private static final UUID PLATFORM_ACCOUNT = UUID.fromString("ffffffff-ffff-ffff-ffff-fffffffffff3");

    public static EarningsPlatform start(String... settings) {
        return new EarningsPlatform(TestPlatform.start(List.of(new EarningsService()), settings));
    }

    public Member member(Member parent) {
        return platform.member("m" + Ids.next(), parent);
    }

    /** A line of members, the oldest ancestor first. */
    public List<Member> line(int length) {
        Member[] line = new Member[length];
        IntStream.range(0, length).forEach(i -> line[i] = member(i == 0 ? null : line[i - 1]));
        return List.of(line);
    }

    public static JsonNode product(String value) {
        return TestPlatform.json("{'productName':'Desk lamp','productValue':" + value + "}");
    }

    public JsonNode submit(Member member, String value) {
        return platform.ok(Addresses.EARNINGS_SUBMIT, member.caller(), Map.of(), product(value));
    }

    public Future<Reply> submitting(Member member, String value) {
        return platform.send(Addresses.EARNINGS_SUBMIT, member.caller(), Map.of(), product(value), null);
    }

    public JsonNode read(String address, Member member) {
        return platform.ok(address, member.caller(), Map.of(), null);
    }

    public JsonNode asAdmin(String address, String body) {
        return platform.ok(address, TestPlatform.admin(), Map.of(), TestPlatform.json(body));
    }

    public JsonNode asAdmin(String address, Map<String, String> params) {
        return platform.ok(address, TestPlatform.admin(), params, Json.object());
    }

    public JsonNode user(Member member) {
        return platform.document(Keys.user(member.id()));
    }

    public long platformShares() {
        return platform.number("SELECT balance FROM ledger_account WHERE id = ?", PLATFORM_ACCOUNT);
    }

    public void assertBooksBalance() {
        JsonNode verified = asAdmin(Addresses.EARNINGS_LEDGER_VERIFY, Map.of());
        assertThat(verified.get("problems")).isEmpty();
        assertThat(verified.get("balanced").asBoolean()).isTrue();
    }

    public static long minor(JsonNode money) {
        return Money.ofMajor(money.decimalValue()).minor();
    }

    /** The answers of calls that were all expected to succeed. */
    public static List<JsonNode> answers(List<Future<Reply>> calls) {
        return calls.stream().map(call -> answer(call.await())).toList();
    }

    private static JsonNode answer(Reply reply) {
        if (reply instanceof Reply.Done done) {
            return Json.read(done.body(), JsonNode.class);
        }
        throw new AssertionError("refused: " + reply);
    }

    @Override
    public void close() {
        platform.close();
    }
}
