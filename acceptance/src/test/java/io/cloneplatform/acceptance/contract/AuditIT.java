package io.cloneplatform.acceptance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.gateway.document.ApiOperation;
import io.cloneplatform.gateway.document.ApiOperation.Access;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whatever an admin changes, through whichever route of the document, can be answered for. */
@ExtendWith(RunningPlatform.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditIT {
    // It rebuilds what can be rebuilt at any time, in transactions of its own.
    private static final Set<String> CHANGES_NOTHING = Set.of("premiumRefreshCache");
    // They are about the platform, and no member or admin.
    private static final Set<String> CONCERNS_NOBODY = Set.of(
            "premiumRefreshCache", "earningsFunding", "supportFaqCreate", "supportFaqUpdate", "supportFaqDelete");

    private final RunningPlatform platform;
    private final World world;
    private final Document document = new Document();
    private final Map<String, Sample> samples = Samples.byOperation();

    AuditIT(RunningPlatform platform) {
        this.platform = platform;
        this.world = new World(platform);
    }

    @TestFactory
    Stream<DynamicTest> everyRouteThatChangesStateLeavesARecord() {
        return document.operations().values().stream()
                .filter(operation -> operation.access() == Access.ADMIN && !operation.isRead())
                .map(operation -> DynamicTest.dynamicTest(operation.id(), () -> leavesARecord(operation)));
    }

    private void leavesARecord(ApiOperation operation) {
        Draft draft = samples.get(operation.id()).good().apply(world);
        String request = World.unique("audited-");
        draft.call(platform, operation).header("x-request-id", request).ok();
        JsonNode found =
                audit("?requestId=" + request + "&action=" + operation.address().orElseThrow());
        assertThat(found.get("records")).as("%s", found).hasSize(1);
        JsonNode record = found.at("/records/0");
        assertThat(record.get("actorId").asText()).isNotBlank();
        assertThat(record.get("result").asText()).isEqualTo("done");
        assertThat(record.get("ip").asText()).isEqualTo("127.0.0.1");
        assertThat(record.get("userId").isNull()).as("%s", record).isEqualTo(CONCERNS_NOBODY.contains(operation.id()));
        if (draft.body() != null && draft.body().has("reason")) {
            assertThat(record.get("reason"))
                    .as("%s", record)
                    .isEqualTo(draft.body().get("reason"));
        }
        if (!CHANGES_NOTHING.contains(operation.id())) {
            assertThat(record.get("changes")).as("%s", record).isNotEmpty();
        }
        for (JsonNode change : record.get("changes")) {
            assertThat(change.get("before")).as("%s", change).isNotEqualTo(change.get("after"));
        }
        assertThat(record.toString()).doesNotContain(World.PASSWORD, "Password456", "@example.com", "argon2");
    }

    private JsonNode audit(String query) {
        return world.admin("GET", "/admin/audit" + query).ok();
    }

    @Test
    void aRecordSaysWhatWasBeforeAndWhatIsAfter() {
        World.Member member = world.member();
        world.admin("PUT", "/admin/vip-tier")
                .json("{'userId': '" + member.id() + "', 'vipTier': 'Platinum'}")
                .ok();
        JsonNode change = audit("?userId=" + member.id()).at("/records/0/changes/0");
        assertThat(change.get("document").asText()).isEqualTo("user:" + member.id());
        assertThat(change.at("/before/vipTier").asText()).isEqualTo("Normal");
        assertThat(change.at("/after/vipTier").asText()).isEqualTo("Platinum");
    }

    @Test
    void aDecisionAboutAWithdrawalIsFoundByItsMember() {
        World.Member member = world.memberWith("100");
        String withdrawal = world.withdrawal(member);
        world.admin("POST", "/admin/deny-withdrawal")
                .json("{'withdrawalId': '" + withdrawal + "', 'reason': 'Other name on the account'}")
                .ok();
        JsonNode record =
                audit("?userId=" + member.id() + "&action=withdrawal.deny").at("/records/0");
        assertThat(record.at("/reason").asText()).isEqualTo("Other name on the account");
        assertThat(record.at("/changes/0/before/status").asText()).isEqualTo("pending");
        assertThat(record.at("/changes/0/after/status").asText()).isEqualTo("denied");
    }

    @Test
    void everyFilterNarrowsAndPagesFollowEachOtherWithoutGapOrRepeat() {
        World.Member member = world.member();
        for (String tier : new String[] {"Silver", "Gold", "Platinum", "Diamond", "Silver"}) {
            world.admin("PUT", "/admin/vip-tier")
                    .json("{'userId': '" + member.id() + "', 'vipTier': '" + tier + "'}")
                    .ok();
        }
        String all =
                "?userId=" + member.id() + "&actor=admin-key&action=earnings.vip-tier&ip=127.0.0.1&from=2020-01-01";
        JsonNode first = audit(all + "&limit=3");
        JsonNode second =
                audit(all + "&limit=3&cursor=" + first.get("nextCursor").asText());
        assertThat(first.get("total").asInt()).isEqualTo(5);
        List<String> tiers = new ArrayList<>();
        first.get("records")
                .forEach(record -> tiers.add(record.at("/details/vipTier").asText()));
        second.get("records")
                .forEach(record -> tiers.add(record.at("/details/vipTier").asText()));
        assertThat(tiers).containsExactly("Silver", "Diamond", "Platinum", "Gold", "Silver");
        assertThat(second.get("nextCursor").isNull()).isTrue();
        for (String none : new String[] {"&actor=nobody", "&action=premium.freeze", "&ip=10.0.0.1", "&to=2020-01-01"}) {
            assertThat(audit("?userId=" + member.id() + none).get("records"))
                    .as(none)
                    .isEmpty();
        }
    }

    @Test
    void theFileHasTheSameRecordsAndNoFormulas() {
        World.Member member = world.memberWith("10");
        world.admin("POST", "/admin/freeze")
                .json("{'userId': '" + member.id() + "', 'reason': '=cmd|calc'}")
                .ok();
        Answer file = world.admin("GET", "/admin/audit?limit=1&userId=" + member.id())
                .header("Accept", "text/csv")
                .send();
        assertThat(file.status()).isEqualTo(200);
        assertThat(file.mediaType()).isEqualTo("text/csv");
        assertThat(file.text()).startsWith("at,id,actorId,").contains("premium.freeze", ",'=cmd|calc,");
        assertThat(file.header("Link").orElse("")).contains("cursor=");
    }

    @Test
    void anAdminWhoDoesNotGetInIsRecordedWithoutWhatWasTyped() {
        World.Admin admin = world.newAdmin(List.of("users.view"));
        for (String login : new String[] {admin.username(), "my-password-in-the-wrong-field"}) {
            String request = World.unique("failed-");
            Answer answer = platform.call("POST", "/admin-login")
                    .header("x-request-id", request)
                    .json("{'username': '" + login + "', 'password': 'A wrong one 1234'}")
                    .send();
            assertThat(answer.status()).isEqualTo(401);
            JsonNode record =
                    audit("?action=sign-in-failed&requestId=" + request).at("/records/0");
            assertThat(record.get("result").asText()).isEqualTo("refused");
            assertThat(record.get("ip").asText()).isEqualTo("127.0.0.1");
            assertThat(record.get("userId").isNull()).isEqualTo(!login.equals(admin.username()));
            assertThat(record.toString()).doesNotContain("wrong-field", "A wrong one");
        }
    }

    @Test
    void aMemberSeesAFreezeThatBeganAndEndedByItself() {
        World.Member member = world.accepted();
        world.as(member, "POST", "/premium/decline", "{}");
        JsonNode activity = platform.call("GET", "/account/activity")
                .bearer(member.token())
                .ok()
                .get("activity");
        assertThat(activity.at("/0/what").asText()).isEqualTo("freeze-ended");
        assertThat(activity.at("/1/what").asText()).isEqualTo("freeze-began");
        assertThat(activity.at("/1/by").asText()).isEqualTo("platform");
        assertThat(activity.at("/1/reason").asText()).isNotBlank();
        assertThat(activity.at("/2/what").asText()).isEqualTo("premium-offered");
    }

    @Test
    void aMemberSeesWhatAdminsDidAndNotWhoTheyAre() {
        World.Member member = world.memberWith("100");
        World.Admin admin = world.newAdmin(List.of("users.freeze"));
        platform.call("POST", "/admin/freeze")
                .bearer(admin.token())
                .json("{'userId': '" + member.id() + "', 'reason': 'Identity check'}")
                .ok();
        Answer answer =
                platform.call("GET", "/account/activity").bearer(member.token()).send();
        JsonNode line = answer.ok().at("/activity/0");
        assertThat(line.get("what").asText()).isEqualTo("frozen");
        assertThat(line.get("reason").asText()).isEqualTo("Identity check");
        assertThat(line.get("by").asText()).isEqualTo("administrator");
        assertThat(line.get("ip").isNull()).isTrue();
        assertThat(line.get("changes").toString()).contains("\"accountFrozen\"");
        assertThat(answer.text()).doesNotContain(admin.id(), admin.username());
        assertThat(platform.call("GET", "/account/activity")
                        .bearer(world.member().token())
                        .ok()
                        .get("activity")
                        .toString())
                .doesNotContain("Identity check");
    }
}
