package io.cloneplatform.earnings.statement;

import static io.cloneplatform.earnings.testing.EarningsPlatform.minor;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.json.Ids;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.kv.Keys;
import io.cloneplatform.common.testing.TestPlatform;
import io.cloneplatform.common.testing.TestPlatform.Member;
import io.cloneplatform.earnings.testing.EarningsPlatform;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class StatementIT {
    private static EarningsPlatform earnings;

    @BeforeAll
    static void start() {
        earnings = EarningsPlatform.start();
    }

    @AfterAll
    static void stop() {
        earnings.assertBooksBalance();
        earnings.close();
    }

    private static JsonNode statement(Member member, String... params) {
        return earnings.platform().ok(Addresses.EARNINGS_STATEMENT, member.caller(), map(params), null);
    }

    private static Map<String, String> map(String... params) {
        return params.length == 0 ? Map.of() : Map.of(params[0], params[1], "limit", "500");
    }

    private static JsonNode newest(Member member) {
        JsonNode answer = statement(member);
        JsonNode line = answer.at("/statement/0");
        assertThat(line.get("balance")).isEqualTo(answer.at("/balances/available"));
        assertThat(line.get("heldBalance")).isEqualTo(answer.at("/balances/held"));
        assertThat(line.get("posted")).isEqualTo(answer.at("/balances/posted"));
        return line;
    }

    private static void assertNewest(
            Member member, String words, long amount, long held, long balance, long heldBalance) {
        JsonNode line = newest(member);
        assertThat(Stream.of("kind", "phase", "role", "counterpart", "description")
                        .map(field -> line.get(field).asText())
                        .toList())
                .as("%s", line)
                .containsExactly(words.split(", "));
        assertThat(Stream.of("amount", "held", "balance", "heldBalance", "posted")
                        .map(field -> minor(line.get(field)))
                        .toList())
                .as("%s", line)
                .containsExactly(amount, held, balance, heldBalance, balance + heldBalance);
    }

    private static UUID hold(Member member, long amount) {
        UUID id = Ids.next();
        earnings.platform()
                .execute("SELECT ledger_hold(?, ?, ?, 'withdrawal', ?)", id, member.id(), amount, id.toString());
        earnings.platform()
                .execute(
                        "INSERT INTO kv_store_44a642d3 (key, value) VALUES (?, jsonb_build_object('id', ?::text, 'userId', ?::text, 'amount', to_major(?), 'status', 'pending'))",
                        Keys.withdrawal(member.id(), id),
                        id.toString(),
                        member.id().toString(),
                        amount);
        return id;
    }

    private static void settle(Member member, UUID hold, String change) {
        earnings.platform()
                .execute(
                        "UPDATE kv_store_44a642d3 SET value = value || ?::jsonb WHERE key = ?",
                        change.replace('\'', '"'),
                        Keys.withdrawal(member.id(), hold));
    }

    private static void adjust(Member member, String amount) {
        earnings.asAdmin(
                Addresses.EARNINGS_ADJUST_BALANCE,
                "{'userId':'" + member.id() + "','amount':" + amount + ",'reason':'Counted twice'}");
    }

    @Test
    void everyEntryShowsTheBalancesRightAfterIt() {
        Member member = earnings.member(null);
        earnings.submit(member, "100");
        assertNewest(member, "submission, posted, own, Own submission, Desk lamp", 8_000, 0, 8_000, 0);
        UUID denied = hold(member, 3_000);
        assertNewest(member, "withdrawal, pending, hold, Withdrawal, Held", 0, 3_000, 5_000, 3_000);
        UUID approved = hold(member, 1_000);
        assertNewest(member, "withdrawal, pending, hold, Withdrawal, Held", 0, 1_000, 4_000, 4_000);
        settle(member, approved, "{'status':'approved'}");
        assertNewest(member, "withdrawal, post, payout, Withdrawal, Paid out", -1_000, -1_000, 4_000, 3_000);
        assertThat(newest(member).get("reference").asText()).isEqualTo(approved.toString());
        settle(member, denied, "{'status':'denied','denialReason':'Wrong account'}");
        assertNewest(member, "withdrawal, void, release, Withdrawal, Denied", 0, -3_000, 7_000, 0);
        assertThat(newest(member).get("memo").asText()).isEqualTo("Wrong account");
        settle(member, hold(member, 500), "{'status':'cancelled'}");
        assertNewest(member, "withdrawal, void, release, Withdrawal, Cancelled", 0, -500, 7_000, 0);
        adjust(member, "-0.01");
        assertNewest(member, "adjustment, posted, adjustment, Adjustment by the platform, null", -1, 0, 6_999, 0);
        assertThat(newest(member).get("memo").asText()).isEqualTo("Counted twice");
        assertThat(statement(member).get("statement")).hasSize(8);
        assertThat(statement(member).get("nextCursor").isNull()).isTrue();
    }

    @Test
    void aCommissionNamesWhoSubmittedAndNothingElseAboutThem() {
        List<Member> line = earnings.line(4);
        earnings.submit(line.get(3), "100");
        String submitter = line.get(3).name();
        assertNewest(
                line.get(2), "submission, posted, level_1, " + submitter + ", Level 1 commission", 1_000, 0, 1_000, 0);
        assertNewest(line.get(1), "submission, posted, level_2, " + submitter + ", Level 2 commission", 500, 0, 500, 0);
        assertNewest(line.get(0), "submission, posted, level_3, " + submitter + ", Level 3 commission", 500, 0, 500, 0);
        assertThat(statement(line.get(2)).toString()).doesNotContain("@", "Desk lamp");
        earnings.platform()
                .execute(
                        "UPDATE member SET name = 'deleted-1' WHERE id = ?",
                        line.get(3).id());
        assertThat(newest(line.get(2)).get("counterpart").asText()).isEqualTo("deleted-1");
    }

    @Test
    void aBonusIsNamedByItsId() {
        Member member = earnings.member(null);
        earnings.submit(member, "1000");
        earnings.platform()
                .ok(
                        Addresses.EARNINGS_BONUS_CLAIM,
                        member.caller(),
                        Map.of(),
                        TestPlatform.json("{'bonusId':'tier_silver'}"));
        assertNewest(member, "bonus, posted, bonus, tier_silver, Bonus", 15_000, 0, 95_000, 0);
    }

    @Test
    void aMemberWithoutEntriesHasBalancesOfZero() {
        JsonNode answer = statement(earnings.member(null));
        assertThat(answer.get("statement")).isEmpty();
        assertThat(answer.get("balances").toString()).isEqualTo("{\"posted\":0,\"held\":0,\"available\":0}");
    }

    @Test
    void balancesAndEntriesAreOfOneMomentWhilePostingsAreOnTheirWay() {
        Member parent = earnings.member(null);
        List<Member> children =
                IntStream.range(0, 8).mapToObj(i -> earnings.member(parent)).toList();
        adjust(parent, "5");
        List<Future<Reply>> submitting = children.stream()
                .flatMap(child -> Stream.of("10", "20", "30", "40").map(value -> earnings.submitting(child, value)))
                .toList();
        while (!submitting.stream().allMatch(Future::isComplete)) {
            newest(parent);
        }
        EarningsPlatform.answers(submitting);
        assertThat(minor(newest(parent).get("balance"))).isEqualTo(8_500);
    }

    @Test
    void everyEntryIsMetOnceWhileNewOnesArrive() {
        Member member = earnings.member(null);
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 23; i++) {
            made.add(0, earnings.submit(member, "1").at("/product/id").asText());
        }
        List<String> met = new ArrayList<>();
        JsonNode page = null;
        while (page == null || !page.get("nextCursor").isNull()) {
            page = earnings.platform()
                    .ok(
                            Addresses.EARNINGS_STATEMENT,
                            member.caller(),
                            page == null
                                    ? Map.of("limit", "5")
                                    : Map.of(
                                            "limit",
                                            "5",
                                            "cursor",
                                            page.get("nextCursor").asText()),
                            null);
            page.get("statement").forEach(line -> met.add(line.get("reference").asText()));
            earnings.submit(member, "2");
            adjust(member, "-0.5");
        }
        assertThat(met).isEqualTo(made);
    }

    @Test
    void nobodyReadsSomeoneElses() {
        Member owner = earnings.member(null);
        IntStream.range(0, 3).forEach(i -> earnings.submit(owner, "5"));
        String cursor = earnings.platform()
                .ok(Addresses.EARNINGS_STATEMENT, owner.caller(), Map.of("limit", "1"), null)
                .get("nextCursor")
                .asText();
        Member other = earnings.member(null);
        assertThat(statement(other, "id", owner.id().toString()).get("statement"))
                .isEmpty();
        assertThat(statement(other, "cursor", cursor).get("statement")).isEmpty();
        assertThat(earnings.platform()
                        .refused(
                                Addresses.EARNINGS_STATEMENT,
                                new Member(UUID.randomUUID(), "gone", null).caller(),
                                Map.of(),
                                null))
                .isEqualTo(ErrorCode.UNAUTHENTICATED);
    }

    @Test
    void anAdminReadsWhatTheMemberSeesAlsoOfOneWhoWasRemoved() {
        Member member = earnings.member(null);
        earnings.submit(member, "5");
        earnings.platform().credit(member, -400);
        JsonNode own = statement(member);
        Map<String, String> params = Map.of("id", member.id().toString());
        assertThat(earnings.asAdmin(Addresses.EARNINGS_USER_STATEMENT, params)).isEqualTo(own);
        earnings.platform().execute("UPDATE member SET deleted_at = now() WHERE id = ?", member.id());
        assertThat(earnings.asAdmin(Addresses.EARNINGS_USER_STATEMENT, params)).isEqualTo(own);
    }

    @Test
    void onlyMembersHaveStatements() {
        for (String id : List.of(UUID.randomUUID().toString(), "x", "ffffffff-ffff-ffff-ffff-fffffffffff2")) {
            assertThat(earnings.platform()
                            .refused(
                                    Addresses.EARNINGS_USER_STATEMENT,
                                    TestPlatform.admin(),
                                    Map.of("id", id),
                                    Json.object()))
                    .as(id)
                    .isEqualTo(ErrorCode.NOT_FOUND);
        }
    }
}
