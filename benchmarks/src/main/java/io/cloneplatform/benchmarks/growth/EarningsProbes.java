package io.cloneplatform.benchmarks.growth;

import io.cloneplatform.benchmarks.growth.Population.Place;
import java.util.List;

/** Submissions, commissions, referrals, analytics and bonuses. */
final class EarningsProbes {
    private static final int BIG = 20_000; // above what is credited without an admin

    private EarningsProbes() {}

    static List<Probe> all() {
        return List.of(
                Probe.of(
                        "POST /submit-product",
                        "earningsSubmit",
                        (side, i) -> submission(side.member(Place.LEAF, i), 1 + i % 5)),
                asLeaf("/products", "earningsProducts"),
                asLeaf("/statement", "earningsStatement"),
                asLeaf("/earnings", "earningsSummary"),
                asLeaf("/earnings-multilevel", "earningsMultilevel"),
                asUpline("/referrals", "earningsReferrals"),
                asLeaf("/analytics/earnings", "earningsAnalytics"),
                asUpline("/analytics/network", "earningsNetwork"),
                asLeaf("/analytics/leaderboard", "earningsLeaderboard"),
                asUpline("/analytics/leaderboard", "earningsLeaderboard"),
                asLeaf("/analytics/monthly-report", "earningsMonthlyReport"),
                asUpline("/bonus-payouts", "earningsBonuses"),
                Probe.of(
                        "POST /bonus-payouts/claim",
                        "earningsBonusClaim",
                        (side, i) -> Call.post(
                                "/bonus-payouts/claim", side.member(Place.GOLD, i), "{'bonusId': 'tier_silver'}")),
                Probe.of(
                        "POST /bonus-payouts/{id}/claim",
                        "earningsBonusClaimById",
                        (side, i) -> Call.post("/bonus-payouts/tier_gold/claim", side.member(Place.GOLD, i), "{}")),
                asUpline("/bonus-payouts/history", "earningsBonusHistory"),
                ofFounder("/profile", "authProfileGet"),
                ofFounder("/earnings", "earningsSummary"),
                ofFounder("/referrals?limit=5", "earningsReferrals"),
                ofFounder("/analytics/earnings", "earningsAnalytics"),
                ofFounder("/analytics/network", "earningsNetwork"),
                ofFounder("/bonus-payouts", "earningsBonuses"),
                ofFounder("/statement", "earningsStatement"));
    }

    private static Probe asLeaf(String path, String operation) {
        return Probe.of("GET " + path, operation, (side, i) -> Call.get(path, side.member(Place.LEAF, i)));
    }

    private static Probe asUpline(String path, String operation) {
        return Probe.of(
                "GET " + path + " of an upline", operation, (side, i) -> Call.get(path, side.member(Place.UPLINE, i)));
    }

    private static Probe ofFounder(String path, String operation) {
        return Probe.of(
                "GET " + path + " of the upline of all",
                operation,
                (side, i) -> Call.get(path, side.token(Population.FOUNDER)));
    }

    private static Call submission(String token, int value) {
        return Call.post("/submit-product", token, "{'productName': 'Desk lamp', 'productValue': " + value + "}");
    }

    /** The id of a submission that waits for an admin. */
    static String waiting(Side side, int index) throws InterruptedException {
        return side.ask(submission(side.member(Place.SPENDER, index), BIG))
                .at("/product/id")
                .asText();
    }
}
