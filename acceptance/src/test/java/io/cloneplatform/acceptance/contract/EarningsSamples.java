package io.cloneplatform.acceptance.contract;

import io.cloneplatform.acceptance.contract.World.Member;
import java.util.List;

/** Submissions, commissions, referrals, analytics and bonuses. */
final class EarningsSamples {
    private static final String COMPLETION = "{'productName': 'Premium lamp', 'productValue': 5000, 'premium': true}";
    private static final String CLAIM = "{'bonusId': '%s'}";

    private EarningsSamples() {}

    static List<Sample> all() {
        return List.of(
                Sample.of("earningsSubmit", w -> Draft.as(
                                        w.childOf(w.anyMember()).token())
                                .body("{'productName': 'Desk lamp', 'productValue': 99.99}"))
                        .also(w ->
                                Draft.as(w.anyMember().token()).body("{'productName': 'Rack', 'productValue': 20000}"))
                        .also(w -> Draft.as(w.accepted().token()).body(COMPLETION))
                        .refused(400, null, w -> Draft.as(w.anyMember().token())
                                .body("{'productName': 'Lamp', 'productValue': 50, 'premium': true}")),
                Sample.of(
                                "earningsProducts",
                                w -> asEarner(w).query("limit", "10").query("offset", "0"))
                        .also(EarningsSamples::everyKindOfProduct),
                Sample.of("earningsStatement", w -> asEarner(w).query("from", "2026-01-01"))
                        .also(w -> everyKindOfProduct(w).query("format", "csv"))
                        .also(w -> Draft.as(w.member().token()).query("to", "2026-01-31T12:00:00.000Z"))
                        .refused(400, "VALIDATION_FAILED", w -> asEarner(w)
                                .query("from", "2026-02-01")
                                .query("to", "2026-01-31"))
                        .refused(400, "VALIDATION_FAILED", w -> asEarner(w).query("from", "2026-02-30"))
                        .refused(400, "VALIDATION_FAILED", w -> asEarner(w)
                                .query("format", "csv")
                                .query("cursor", "not-ours")),
                Sample.of("earningsSummary", EarningsSamples::asEarner),
                Sample.of("earningsMultilevel", EarningsSamples::asEarner),
                Sample.of("earningsReferrals", EarningsSamples::asParent),
                Sample.of("earningsAnalytics", EarningsSamples::asEarner),
                Sample.of("earningsNetwork", EarningsSamples::asParent),
                Sample.of("earningsLeaderboard", EarningsSamples::asParent),
                Sample.of("earningsMonthlyReport", EarningsSamples::asEarner),
                Sample.of("earningsBonuses", EarningsSamples::asEarner),
                claim(),
                claimById(),
                Sample.of("earningsBonusHistory", w -> Draft.as(claimed(w).token())),
                Sample.of("earningsSubmissions", EarningsSamples::submissions)
                        .also(w -> {
                            w.admin("POST", "/admin/submissions/" + w.pendingSubmission(w.anyMember()) + "/reject")
                                    .json("{'reason': 'No proof of sale'}")
                                    .ok();
                            return AdminSamples.admin().query("status", "rejected");
                        })
                        .also(w -> AdminSamples.admin().query("status", "all")),
                review("earningsSubmissionApprove", "approve"),
                review("earningsSubmissionReject", "reject").also(w -> AdminSamples.admin()
                        .path("id", w.pendingSubmission(w.anyMember()))
                        .body("{'reason': 'No proof of sale'}")));
    }

    private static Draft asEarner(World w) {
        return Draft.as(w.earner().token());
    }

    private static Draft everyKindOfProduct(World w) {
        Member member = w.accepted();
        w.as(member, "POST", "/submit-product", COMPLETION);
        w.pendingSubmission(member);
        return Draft.as(member.token());
    }

    private static Draft asParent(World w) {
        Member parent = w.member();
        Member child = w.childOf(parent);
        w.as(child, "POST", "/submit-product", "{'productName': 'Lamp', 'productValue': 12.34}");
        return Draft.as(parent.token());
    }

    private static Member claimed(World w) {
        Member member = w.earner();
        w.as(member, "POST", "/bonus-payouts/claim", "{'bonusId': 'tier_silver'}");
        return member;
    }

    private static Sample claim() {
        return Sample.once("earningsBonusClaim", w -> asEarner(w).body(CLAIM, "tier_silver"))
                .refused(400, "BONUS_NOT_ELIGIBLE", w -> asEarner(w).body(CLAIM, "tier_diamond"))
                .refused(400, "BONUS_ALREADY_CLAIMED", w -> Draft.as(claimed(w).token())
                        .body(CLAIM, "tier_silver"))
                .refused(404, "NOT_FOUND", w -> asEarner(w).body(CLAIM, "no_such_bonus"));
    }

    private static Sample claimById() {
        return Sample.once("earningsBonusClaimById", w -> asEarner(w).path("id", "tier_silver"))
                .refused(400, "BONUS_NOT_ELIGIBLE", w -> asEarner(w).path("id", "tier_diamond"))
                .refused(400, "BONUS_ALREADY_CLAIMED", w -> Draft.as(claimed(w).token())
                        .path("id", "tier_silver"))
                .refused(404, "NOT_FOUND", w -> asEarner(w).path("id", "no_such_bonus"));
    }

    private static Draft submissions(World w) {
        w.pendingSubmission(w.anyMember());
        return AdminSamples.admin().query("status", "pending_review").query("limit", "5");
    }

    private static Sample review(String operation, String verb) {
        return Sample.once(operation, w -> AdminSamples.admin()
                        .path("id", w.pendingSubmission(w.anyMember()))
                        .body("{}"))
                .refused(400, "WRONG_STATE", w -> reviewed(w, verb));
    }

    private static Draft reviewed(World w, String verb) {
        String id = w.pendingSubmission(w.anyMember());
        w.admin("POST", "/admin/submissions/" + id + "/" + verb).json("{}").ok();
        return AdminSamples.admin().path("id", id).body("{}");
    }
}
