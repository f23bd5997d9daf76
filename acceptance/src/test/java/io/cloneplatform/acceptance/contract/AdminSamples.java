package io.cloneplatform.acceptance.contract;

import io.cloneplatform.acceptance.contract.World.Member;
import java.util.List;

/** Members, money and admin accounts, as admins see them. */
final class AdminSamples {
    private static final String ADJUSTMENT = "{'userId': '%s', 'amount': %s, 'reason': 'Credited twice'}";
    private static final String ACCOUNT =
            "{'username': '%s', 'password': 'Password123', 'name': 'Operations', 'permissions': ['users.view']}";

    private AdminSamples() {}

    static List<Sample> all() {
        return List.of(
                Sample.of(
                        "authUsersList", w -> admin().query("search", "member").query("tier", "Normal")),
                Sample.of("authUsersGet", w -> admin().path("id", w.anyMember().id()))
                        .also(AdminSamples::busyMember),
                Sample.of("earningsUserStatement", w -> admin().path(
                                        "id", w.anyMember().id()))
                        .also(AdminSamples::busyMember)
                        .also(w -> busyMember(w).query("format", "csv"))
                        .refused(400, "VALIDATION_FAILED", w -> busyMember(w).query("to", "2026-13-01")),
                Sample.once("authUsersDelete", w -> admin().path(
                                        "id", w.member().id()))
                        .refused(409, "MONEY_HELD_OR_OWED", w -> admin().path(
                                        "id", w.memberWith("5").id())),
                Sample.once(
                        "authUsersPassword",
                        w -> admin().path("id", w.member().id()).body("{'password': 'Password456'}")),
                Sample.of("authAccountsList", w -> admin()),
                Sample.once("authAccountsCreate", w -> admin().body(ACCOUNT, World.unique("ops")))
                        .refused(409, "USERNAME_TAKEN", w -> admin().body(
                                        ACCOUNT, w.adminWith("users.view").username()))
                        .refused(400, "VALIDATION_FAILED", w -> admin().body(
                                        "{'username': 'abc', 'password': 'Password123', 'permissions': []}"))
                        .refused(400, "VALIDATION_FAILED", w -> admin().body(
                                        "{'username': 'abc', 'password': 'Password123', 'permissions': ['all']}")),
                Sample.of("authAccountsUpdate", w -> account(w).body("{'permissions': ['users.view', 'ledger.view']}")),
                Sample.of("authAccountsPassword", w -> account(w).body("{'password': 'Password456'}")),
                Sample.once("authAccountsRevoke", w -> account(w).body("{}")),
                vipTier(),
                adjustBalance(),
                Sample.once("earningsFunding", w -> admin().body(
                                        "{'amount': 10000, 'reference': '%s'}", World.unique("statement ")))
                        .refused(409, "DUPLICATE_REFERENCE", AdminSamples::fundingTwice),
                reverse(),
                transactions(),
                Sample.of("authAuditList", w -> admin().query("limit", "5"))
                        .also(w -> admin().query("limit", "5").query("format", "csv"))
                        .refused(400, "VALIDATION_FAILED", w -> admin().query("cursor", "!"))
                        .refused(400, "VALIDATION_FAILED", w -> admin().query("from", "2026-03-02")
                                .query("to", "2026-03-01")),
                Sample.of("earningsMetrics", w -> admin()),
                Sample.of("earningsLedgerVerify", w -> admin()));
    }

    static Draft admin() {
        return Draft.as(World.ADMIN);
    }

    // Money earned, adjusted, held and given back: every kind of ledger entry an account can have here.
    private static Draft busyMember(World w) {
        Member member = w.earner();
        w.as(member, "POST", "/bonus-payouts/claim", "{'bonusId': 'tier_silver'}");
        w.admin("POST", "/admin/adjust-balance")
                .json("{'userId': '" + member.id() + "', 'amount': -1.5, 'reason': 'test'}")
                .ok();
        return admin().path("id", member.id()).query("limit", "100");
    }

    private static Draft account(World w) {
        return admin().path("id", w.newAdmin(List.of("users.view")).id());
    }

    private static Sample transactions() {
        return Sample.of("earningsTransactions", w -> {
                    w.earner();
                    return admin().query("limit", "5");
                })
                .also(w -> admin().query("userId", w.earner().id()))
                .also(w -> admin().query("userId", World.nobody()))
                .refused(400, "VALIDATION_FAILED", w -> admin().query("cursor", "not-ours"));
    }

    private static Sample vipTier() {
        String body = "{'userId': '%s', 'vipTier': 'Gold'}";
        return Sample.of("earningsVipTier", w -> admin().body(body, w.member().id()))
                .refused(404, "NOT_FOUND", w -> admin().body(body, World.nobody()))
                .refused(400, "VALIDATION_FAILED", w -> admin().body(
                                "{'userId': '%s', 'vipTier': 'Emerald'}",
                                w.anyMember().id()));
    }

    private static Sample adjustBalance() {
        return Sample.of("earningsAdjustBalance", w -> admin().body(
                                ADJUSTMENT, w.memberWith("100").id(), "-25.5"))
                .refused(404, "NOT_FOUND", w -> admin().body(ADJUSTMENT, World.nobody(), "5"))
                .refused(400, "VALIDATION_FAILED", w -> admin().body(
                                ADJUSTMENT, w.anyMember().id(), "0"))
                .refused(400, "INSUFFICIENT_BALANCE", w -> admin().body(
                                ADJUSTMENT, w.memberWith("5").id(), "-5.01"));
    }

    private static Sample reverse() {
        String body = "{'transferId': '%s', 'reason': 'Booked to the wrong member'}";
        return Sample.once("earningsReverse", w -> admin().body(body, adjustment(w)))
                .refused(404, "NOT_FOUND", w -> admin().body(body, World.nobody()))
                .refused(400, "WRONG_STATE", w -> {
                    String adjustment = adjustment(w);
                    w.admin("POST", "/admin/ledger/reverse")
                            .json("{'transferId': '" + adjustment + "', 'reason': 'test'}")
                            .ok();
                    return admin().body(body, adjustment);
                });
    }

    private static String adjustment(World w) {
        return w.admin("POST", "/admin/adjust-balance")
                .json("{'userId': '" + w.anyMember().id() + "', 'amount': 1, 'reason': 'test'}")
                .ok()
                .at("/adjustment/id")
                .asText();
    }

    private static Draft fundingTwice(World w) {
        String reference = World.unique("statement ");
        w.admin("POST", "/admin/funding")
                .json("{'amount': 5, 'reference': '" + reference + "'}")
                .ok();
        return admin().body("{'amount': 5, 'reference': '%s'}", reference);
    }
}
