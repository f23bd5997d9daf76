package io.cloneplatform.cli.smoke;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Premium assignments as admins make and end them, and that an offer never freezes anybody. */
final class PremiumChecks {
    private static final String GROUP = "premium";
    private static final String LIST = "/admin/premium/list?limit=500";
    private static final String ANALYTICS = "/admin/premium/analytics";

    private final Run run;
    private final Api api;
    private Member member;
    private boolean assigned;
    private boolean revoked;

    PremiumChecks(Run run) {
        this.run = run;
        this.api = run.api();
    }

    List<Check> all() {
        return List.of(
                new Check(GROUP, "list", this::list),
                new Check(GROUP, "analytics", this::analytics),
                new Check(GROUP, "assign", this::assign),
                new Check(GROUP, "list again", this::listAgain),
                new Check(GROUP, "analytics again", this::analyticsAgain),
                new Check(GROUP, "revoke", this::revoke),
                new Check(GROUP, "list after", this::listAfter));
    }

    private void list() {
        api.get(LIST, null).refused(401, "UNAUTHENTICATED");
        for (Member other : run.others(null)) {
            api.get(LIST, other.token()).refused(403, "FORBIDDEN");
        }
        listed().holds("/total", "a count", JsonNode::isIntegralNumber)
                .holds("/assignments", "an array", JsonNode::isArray);
    }

    private void analytics() {
        consistentAnalytics();
    }

    /** 5,000 to a member who has nothing: an offer that would freeze 5,000 on acceptance, and freezes nothing now. */
    private void assign() {
        member = run.signUp("premium", null);
        assignment(member.id(), 0).refused(400, "VALIDATION_FAILED").equal("/errors/0/field", "amount");
        assignment(UUID.randomUUID().toString(), 5000).refused(404, "NOT_FOUND");
        assignment(member.id(), 5000)
                .ok()
                .equal("/user/id", member.id())
                .equal("/user/premiumAssignment/status", "offered")
                .equal("/user/premiumAssignment/position", 3)
                .money("/user/premiumAssignment/amount", "5000")
                .equal("/user/accountFrozen", false)
                .money("/user/balance", "0")
                .money("/result/boostedCommission", "500")
                .equal("/result/frozen", false)
                .equal("/result/willFreezeOnAccept", true);
        assigned = true;
        api.get("/premium", member.token())
                .ok()
                .equal("/accountFrozen", false)
                .equal("/premium/assignment/status", "offered")
                .equal("/premium/terms/wouldFreeze", true)
                .money("/premium/terms/freezeAmount", "5000");
        api.get("/profile", member.token()).ok().equal("/accountFrozen", false).money("/balance", "0");
    }

    private void listAgain() {
        listed().element("/assignments", "/userId", assignee().id())
                .equal("/userEmail", member.email())
                .equal("/assignment/status", "offered")
                .equal("/assignment/position", 3)
                .money("/assignment/amount", "5000")
                .money("/currentBalance", "0")
                .equal("/accountFrozen", false);
    }

    private void analyticsAgain() {
        Member owner = assignee();
        consistentAnalytics()
                .holds("/analytics/totalAssignments", "at least one", total -> total.asInt() >= 1)
                .holds("/analytics/totalPremiumValue", "at least 5000", PremiumChecks::atLeast5000)
                .element("/analytics/assignments", "/userId", owner.id())
                .equal("/isFrozen", false);
    }

    private void revoke() {
        Map<String, String> body = Map.of("userId", assignee().id());
        api.asAdmin("POST", "/admin/premium/revoke", body)
                .ok()
                .text("/message")
                .equal("/user/id", member.id())
                .equal("/user/premiumAssignment", null)
                .equal("/user/accountFrozen", false)
                .money("/user/balance", "0");
        revoked = true;
        api.asAdmin("POST", "/admin/premium/revoke", body).refused(400, "NO_ACTIVE_ASSIGNMENT");
    }

    private void listAfter() {
        if (!revoked) {
            throw new CheckFailed("needs what 'premium: revoke' does, which failed");
        }
        Answer answer = listed();
        if (!answer.find("/assignments", "/userId", member.id()).isMissingNode()) {
            throw answer.failed("/assignments", "no assignment of " + member.id(), "one");
        }
    }

    private Answer listed() {
        return api.asAdmin("GET", LIST, null).ok();
    }

    private Answer assignment(String userId, int amount) {
        return api.asAdmin("POST", "/admin/premium", Map.of("userId", userId, "amount", amount, "position", 3));
    }

    private Answer consistentAnalytics() {
        Answer answer = api.asAdmin("GET", ANALYTICS, null).ok();
        int total = answer.at("/analytics/totalAssignments").asInt(-1);
        int frozen = answer.at("/analytics/frozenAccounts").asInt(-1);
        return answer.holds("/analytics/totalAssignments", "a count", count -> total >= 0)
                .equal("/analytics/unfrozenAccounts", total - frozen)
                .holds("/analytics/totalPremiumValue", "an amount", JsonNode::isNumber)
                .holds("/analytics/averageValue", "an amount", JsonNode::isNumber)
                .holds("/analytics/assignments", "an array", JsonNode::isArray);
    }

    private static boolean atLeast5000(JsonNode value) {
        return value.isNumber() && value.decimalValue().compareTo(BigDecimal.valueOf(5000)) >= 0;
    }

    private Member assignee() {
        return Run.need(assigned ? member : null, "premium: assign");
    }
}
