package io.cloneplatform.benchmarks.growth;

import io.cloneplatform.benchmarks.growth.Population.Place;
import io.cloneplatform.benchmarks.seed.Seed;
import java.util.List;

/** Withdrawals and their review. */
final class WithdrawalProbes {
    private WithdrawalProbes() {}

    static List<Probe> all() {
        return List.of(
                Probe.of("POST /withdrawals", "withdrawalRequest", (side, i) -> request(side, i, "/withdrawals")),
                Probe.of(
                        "POST /request-withdrawal",
                        "withdrawalRequestLegacy",
                        (side, i) -> request(side, i, "/request-withdrawal")),
                history("/withdrawals", "withdrawalHistory"),
                history("/withdrawal-history", "withdrawalHistoryLegacy"),
                Probe.of(
                        "POST /withdrawals/{id}/cancel",
                        "withdrawalCancel",
                        (side, i) -> Call.post(
                                "/withdrawals/" + pending(side, i) + "/cancel", side.member(Place.SAVER, i), "{}")),
                queue(""),
                queue("?status=approved"),
                queue("?status=all"),
                queue("?olderThanHours=24"),
                Probe.of(
                        "POST /admin/approve-withdrawal",
                        "withdrawalApprove",
                        (side, i) -> review(side, i, "/admin/approve-withdrawal")),
                Probe.of(
                        "POST /admin/deny-withdrawal",
                        "withdrawalDeny",
                        (side, i) -> review(side, i, "/admin/deny-withdrawal")));
    }

    private static Probe history(String path, String operation) {
        return Probe.of("GET " + path, operation, (side, i) -> Call.get(path, side.member(Place.SAVER, i)));
    }

    private static Probe queue(String query) {
        String path = "/admin/withdrawals" + query;
        return Probe.of("GET " + path, "withdrawalReviewQueue", (side, i) -> Call.get(path, side.admin()));
    }

    private static Call request(Side side, int index, String path) throws InterruptedException {
        return Call.post(
                path, side.member(Place.SAVER, index), "{'amount': 1, 'withdrawalPassword': '" + Seed.PASSWORD + "'}");
    }

    private static String pending(Side side, int index) throws InterruptedException {
        return side.ask(request(side, index, "/withdrawals"))
                .at("/withdrawal/id")
                .asText();
    }

    private static Call review(Side side, int index, String path) throws InterruptedException {
        return Call.post(path, side.admin(), "{'withdrawalId': '" + pending(side, index) + "'}");
    }
}
