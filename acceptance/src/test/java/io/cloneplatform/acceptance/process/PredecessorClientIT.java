package io.cloneplatform.acceptance.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client that was written for the predecessor and changed nothing but the host. */
@Timeout(90)
class PredecessorClientIT {
    private static final String BASE_PATH = "/functions/v1/make-server-44a642d3";
    private static final String ANON_KEY =
            "eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoiYW5vbiJ9.c2lnbmF0dXJlLW9mLXRoZS1hbm9uLWtleQ";

    private final Api api = SharedPlatform.api()
            .under(BASE_PATH)
            .with(Map.of("Authorization", "Bearer " + ANON_KEY, "apikey", ANON_KEY));
    private final Api admin = api.as(SharedPlatform.ADMIN_KEY);

    /** Signs up and in as the old client did, and carries the token as it did. */
    private Api member(String name, Map<String, ?> more) {
        Map<String, Object> body = new HashMap<>(
                Map.of("email", name + "@example.com", "password", "Password123", "name", name, "username", name));
        body.putAll(more);
        Answer signup = api.post("/signup", body).ok();
        assertThat(signup.string("/user/email")).isEqualTo(name + "@example.com");
        assertThat(signup.string("/user/username")).isEqualTo(name);
        assertThat(signup.string("/user/vipTier")).isEqualTo("Normal");
        assertThat(signup.string("/user/invitationCode")).matches("[A-Z0-9]{5,8}");
        Answer signin = api.post("/signin", Map.of("email", name + "@example.com", "password", "Password123"))
                .ok();
        assertThat(signin.string("/user/id")).isEqualTo(signup.string("/user/id"));
        assertThat(signin.string("/session/token_type")).isEqualTo("bearer");
        assertThat(signin.at("/session/expires_in").asInt()).isEqualTo(3600);
        assertThat(signin.at("/session/expires_at").isIntegralNumber()).isTrue();
        assertThat(signin.string("/session/refresh_token")).isNotBlank();
        String token = signin.string("/session/access_token");
        return api.with(Map.of("Authorization", "Bearer " + token, "apikey", ANON_KEY));
    }

    @Test
    void publicRoutesNeverLookAtTheAnonKey() {
        assertThat(api.get("/health").at("/status").asText()).isEqualTo("ok");
        assertThat(api.get("/faq").ok().at("/faqs").size()).isEqualTo(8);
        api.get("/faq/search?q=withdrawal").ok();
        assertThat(api.get("/faq/search?q=&category=").ok().at("/results").size())
                .isEqualTo(8);
        assertThat(admin.get("/admin/users?search=").ok().at("/users").isArray())
                .isTrue();
        assertThat(api.get("/health/").status()).isEqualTo(200);
    }

    @Test
    void theAnonKeyOpensNothingElse() {
        api.get("/admin/users").problem(401);
        api.get("/profile").problem(401);
        assertThat(api.get("/profile").string("/error")).isNotBlank();
    }

    @Test
    void readsTheProfileInBothShapes() {
        Api member = member("profile", Map.of("gender", "female"));
        for (Answer profile : new Answer[] {
            member.post("/profile", null).ok(),
            member.get("/profile").ok(),
            member.post("/profile", Map.of()).ok()
        }) {
            for (String at : new String[] {"", "/profile"}) {
                assertThat(profile.string(at + "/email")).isEqualTo("profile@example.com");
                assertThat(profile.string(at + "/gender")).isEqualTo("female");
                assertThat(profile.money(at + "/balance")).isZero();
                assertThat(profile.at(at + "/accountFrozen").asBoolean(true)).isFalse();
                assertThat(profile.at(at + "/premiumAssignment").isNull()).isTrue();
                assertThat(profile.at(at + "/createdAt").asText()).matches("\\d{4}-\\d\\d-\\d\\dT[\\d:]{8}\\.\\d{3}Z");
            }
            assertThat(profile.text()).doesNotContainIgnoringCase("password").doesNotContainIgnoringCase("hash");
        }
        member.put("/vip-tier", Map.of("vipTier", "Diamond")).problem(403);
    }

    @Test
    void submitsAndSeesEarningsOnTwoLevels() {
        Api parent = member("parent", Map.of());
        String code = parent.get("/profile").string("/invitationCode");
        Api child = member("child", Map.of("invitationCode", code));
        Answer submitted = child.post("/submit-product", Map.of("productName", "Lamp", "productValue", 100))
                .ok();
        assertThat(submitted.money("/product/userEarned")).isEqualByComparingTo("80");
        assertThat(submitted.money("/newBalance")).isEqualByComparingTo("80");
        assertThat(submitted.money("/product/value")).isEqualByComparingTo("100");
        assertThat(submitted.at("/product/commissionsCascade/0/level").asInt()).isEqualTo(1);
        assertThat(submitted.money("/product/commissionsCascade/0/amount")).isEqualByComparingTo("10");
        Answer earnings = parent.get("/earnings").ok();
        assertThat(earnings.money("/earnings/fromDirectChildren")).isEqualByComparingTo("10");
        assertThat(earnings.money("/fromDirectChildren")).isEqualByComparingTo("10");
        assertThat(earnings.at("/childCount").asInt()).isEqualTo(1);
        assertThat(parent.get("/earnings-multilevel").ok().money("/byLevel/level_1"))
                .isEqualByComparingTo("10");
        Answer referrals = parent.get("/referrals").ok();
        assertThat(referrals.string("/referrals/0/childEmail")).isEqualTo("c***@example.com");
        assertThat(referrals.money("/totalSharedProfit")).isEqualByComparingTo("10");
        assertThat(referrals.at("/totalChildren").asInt()).isEqualTo(1);
        assertThat(parent.get("/analytics/earnings").ok().money("/analytics/fromDirectChildren"))
                .isEqualByComparingTo("10");
        assertThat(parent.get("/analytics/network")
                        .ok()
                        .at("/network/directChildren")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void withdrawsAndIsPaidByTheAdmin() {
        Api member = member("withdrawing", Map.of("withdrawalPassword", "Password123"));
        member.post("/submit-product", Map.of("productName", "Desk", "productValue", 1000))
                .ok();
        Answer requested = member.post(
                        "/request-withdrawal", Map.of("amount", 200, "withdrawalPassword", "Password123"))
                .ok();
        String id = requested.string("/withdrawal/id");
        assertThat(requested.string("/withdrawal/status")).isEqualTo("pending");
        assertThat(requested.money("/newBalance")).isEqualByComparingTo("600");
        assertThat(requested.string("/message")).isNotBlank();
        Answer history = member.get("/withdrawal-history").ok();
        assertThat(history.string("/withdrawals/0/id")).isEqualTo(id);
        assertThat(history.money("/totalPending")).isEqualByComparingTo("200");
        assertThat(admin.get("/admin/withdrawals").ok().at("/withdrawals").findValuesAsText("id"))
                .contains(id);
        Answer approved = admin.post("/admin/approve-withdrawal", Map.of("withdrawalId", id))
                .ok();
        assertThat(approved.string("/withdrawal/status")).isEqualTo("approved");
        Answer again = admin.post("/admin/deny-withdrawal", Map.of("withdrawalId", id, "denialReason", "Late"));
        assertThat(again.problem(400).string("/error")).contains("approved");
        Answer tooMuch =
                member.post("/request-withdrawal", Map.of("amount", 5000, "withdrawalPassword", "Password123"));
        assertThat(tooMuch.problem(400).string("/error")).isEqualTo("Insufficient balance. Available: $600.00");
        member.post("/request-withdrawal", Map.of("amount", 1, "withdrawalPassword", "wrong-one"))
                .problem(401);
    }

    @Test
    void claimsABonus() {
        Api member = member("bonus", Map.of());
        Answer locked = member.get("/bonus-payouts").ok();
        assertThat(locked.at("/payouts").size())
                .isEqualTo(15)
                .isEqualTo(locked.at("/bonuses").size());
        Answer early = member.post("/bonus-payouts/claim", Map.of("bonusId", "tier_silver"));
        assertThat(early.problem(400).string("/error")).isEqualTo("Bonus not eligible yet");
        member.post("/submit-product", Map.of("productName", "Desk", "productValue", 1000))
                .ok();
        Answer claimed = member.post("/bonus-payouts/claim", Map.of("bonusId", "tier_silver"))
                .ok();
        assertThat(claimed.money("/newBalance")).isEqualByComparingTo("950");
        member.post("/bonus-payouts/tier_silver/claim", null).problem(400);
        Answer after = member.get("/bonus-payouts").ok();
        assertThat(after.at("/stats/totalClaimed").asInt()).isEqualTo(1);
        assertThat(after.money("/stats/totalEarned")).isEqualByComparingTo("150");
        Answer history = member.get("/bonus-payouts/history").ok();
        assertThat(history.string("/history/0/bonusName")).isEqualTo("Silver tier");
        assertThat(history.money("/history/0/newBalance")).isEqualByComparingTo("950");
        assertThat(history.at("/stats/totalBonusesEarned").asInt()).isEqualTo(1);
    }

    @Test
    void asksForSupport() {
        Api member = member("asking", Map.of());
        Map<String, String> body = Map.of("subject", "Help", "description", "It does not work");
        Answer created = member.post("/support-tickets", body).ok();
        String id = created.string("/ticket/id");
        assertThat(created.string("/ticket/message")).isEqualTo("It does not work");
        assertThat(created.string("/ticket/description")).isEqualTo("It does not work");
        assertThat(created.string("/ticket/status")).isEqualTo("open");
        assertThat(created.string("/ticket/category")).isEqualTo("general");
        admin.post("/admin/support-tickets/" + id + "/reply", Map.of("message", "We look"))
                .ok();
        member.post("/support-tickets/" + id + "/reply", Map.of("message", "Thanks"))
                .ok();
        Answer ticket = member.get("/support-tickets/" + id).ok();
        assertThat(ticket.at("/ticket/replies").findValuesAsText("author")).containsExactly("support", "user");
        assertThat(member.get("/support-tickets").ok().at("/stats/total").asInt())
                .isEqualTo(1);
    }

    @Test
    void chats() {
        Api member = member("chatting", Map.of());
        Answer sent = member.post("/chat/messages", Map.of("message", "Hello")).ok();
        String conversation = sent.string("/message/conversationId");
        Answer read =
                member.get("/chat/messages?conversationId=" + conversation).ok();
        assertThat(read.at("/messages").findValuesAsText("message")).containsExactly("Hello");
        assertThat(read.at("/total").asInt()).isEqualTo(1);
        assertThat(member.get("/chat/conversations").ok().string("/conversations/0/lastMessage"))
                .isEqualTo("Hello");
        member("eavesdropping", Map.of())
                .get("/chat/messages?conversationId=" + conversation)
                .problem(403);
    }

    @Test
    void administersPremiumWithTheAdminKey() {
        String id = member("premium", Map.of()).get("/profile").string("/id");
        Answer assigned = admin.post("/admin/premium", Map.of("userId", id, "amount", "5000", "position", "3"))
                .ok();
        assertThat(assigned.money("/user/premiumAssignment/amount")).isEqualByComparingTo("5000");
        assertThat(assigned.at("/user/premiumAssignment/position").asInt()).isEqualTo(3);
        assertThat(assigned.money("/result/boostedCommission")).isEqualByComparingTo("500");
        assertThat(assigned.at("/result/frozen").asBoolean(true)).isFalse();
        assertThat(assigned.at("/result/willFreezeOnAccept").asBoolean()).isTrue();
        JsonNode listed = admin.get("/admin/premium/list").ok().at("/assignments");
        assertThat(listed.findValuesAsText("userId")).contains(id);
        Answer analytics = admin.get("/admin/premium/analytics").ok();
        assertThat(analytics.at("/analytics/totalAssignments").asInt()).isEqualTo(listed.size());
        assertThat(analytics.at("/analytics/assignments"))
                .allSatisfy(one -> assertThat(one.get("amount")).isEqualTo(one.at("/assignment/amount")));
        Answer revoked =
                admin.post("/admin/premium/revoke", Map.of("userId", id)).ok();
        assertThat(revoked.at("/user").has("premiumAssignment")).isTrue();
        assertThat(revoked.at("/user/premiumAssignment").isNull()).isTrue();
        admin.post("/admin/premium/revoke", Map.of("userId", id)).problem(400);
        admin.post("/admin/premium", Map.of("userId", id, "amount", -1, "position", 3))
                .problem(400);
    }

    @Test
    void administersMembersWithTheAdminKey() {
        String id = member("watched", Map.of()).get("/profile").string("/id");
        Answer users = admin.get("/admin/users?search=watched").ok();
        assertThat(users.string("/users/0/id")).isEqualTo(id);
        assertThat(users.at("/metrics/totalUsers").asInt()).isPositive();
        Answer frozen = admin.post("/admin/freeze", Map.of("userId", id, "reason", "Papers are missing"))
                .ok();
        assertThat(frozen.at("/user/accountFrozen").asBoolean()).isTrue();
        Answer lifted = admin.post("/admin/unfreeze", Map.of("userId", id)).ok();
        assertThat(lifted.at("/user/accountFrozen").asBoolean(true)).isFalse();
        assertThat(admin.get("/admin/metrics").ok().at("/metrics/totalUsers").asInt())
                .isPositive();
    }
}
