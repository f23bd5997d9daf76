package io.cloneplatform.acceptance.contract;

import io.cloneplatform.acceptance.contract.World.Member;
import java.util.List;

/** Withdrawals and their review. */
final class WithdrawalSamples {
    private static final String REQUEST = "{'amount': %s, 'withdrawalPassword': '%s'}";
    private static final String NAMED = "{'withdrawalId': '%s'}";

    private WithdrawalSamples() {}

    static List<Sample> all() {
        return List.of(
                request("withdrawalRequest"),
                request("withdrawalRequestLegacy"),
                Sample.of("withdrawalHistory", WithdrawalSamples::history),
                Sample.of("withdrawalHistoryLegacy", WithdrawalSamples::history),
                cancel(),
                Sample.of("withdrawalReviewQueue", WithdrawalSamples::queue)
                        .also(w -> AdminSamples.admin().query("status", "all")),
                review("withdrawalApprove", "approve"),
                review("withdrawalDeny", "deny").also(w -> denial(w, "reason")).also(w -> denial(w, "denialReason")));
    }

    private static Sample request(String operation) {
        return Sample.once(operation, w -> request(w.richMember(), "12.5", World.WITHDRAWAL_PASSWORD))
                .refused(
                        400, "INSUFFICIENT_BALANCE", w -> request(w.memberWith("5"), "5.01", World.WITHDRAWAL_PASSWORD))
                .refused(
                        400,
                        "WITHDRAWAL_PASSWORD_NOT_SET",
                        w -> request(w.memberWithoutWithdrawalPassword(), "5", World.WITHDRAWAL_PASSWORD))
                .refused(401, "WRONG_WITHDRAWAL_PASSWORD", w -> request(w.memberWith("50"), "5", "Wrong1234"))
                .refused(403, "ACCOUNT_FROZEN", w -> request(w.frozen(), "5", World.WITHDRAWAL_PASSWORD));
    }

    private static Draft request(Member member, String amount, String password) {
        return Draft.as(member.token()).body(REQUEST, amount, password);
    }

    private static Draft history(World w) {
        Member member = w.memberWith("100");
        w.withdrawal(member);
        return Draft.as(member.token()).query("status", "pending").query("limit", "5");
    }

    private static Draft queue(World w) {
        w.withdrawal(w.richMember());
        return AdminSamples.admin().query("status", "pending").query("olderThanHours", "0");
    }

    private static Draft denial(World w, String field) {
        return AdminSamples.admin()
                .body("{'withdrawalId': '%s', '%s': 'Wrong details'}", w.withdrawal(w.richMember()), field);
    }

    private static Sample cancel() {
        return Sample.once("withdrawalCancel", w -> pending(w).body("{}")).refused(400, "WRONG_STATE", w -> {
            Member member = w.memberWith("100");
            String id = w.withdrawal(member);
            w.as(member, "POST", "/withdrawals/" + id + "/cancel", "{}");
            return Draft.as(member.token()).path("id", id).body("{}");
        });
    }

    private static Draft pending(World w) {
        Member member = w.richMember();
        return Draft.as(member.token()).path("id", w.withdrawal(member));
    }

    private static Sample review(String operation, String verb) {
        return Sample.once(operation, w -> AdminSamples.admin().body(NAMED, w.withdrawal(w.richMember())))
                .refused(404, "NOT_FOUND", w -> AdminSamples.admin().body(NAMED, World.nobody()))
                .refused(400, "WRONG_STATE", w -> {
                    String id = w.withdrawal(w.richMember());
                    w.admin("POST", "/admin/" + verb + "-withdrawal")
                            .json("{'withdrawalId': '" + id + "'}")
                            .ok();
                    return AdminSamples.admin().body(NAMED, id);
                });
    }
}
