package io.cloneplatform.benchmarks.growth;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.benchmarks.growth.Population.Place;
import io.cloneplatform.benchmarks.seed.Seed;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Members, money and accounts, as admins see them. */
final class AdminProbes {
    private AdminProbes() {}

    static List<Probe> all() {
        return Stream.of(ofMembers(), ofMoney(), ofAccounts())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Probe> ofMembers() {
        return List.of(
                users(""),
                users("?tier=Normal"),
                users("?tier=Gold"),
                users("?frozen=true"),
                users("?frozen=false&tier=Silver"),
                search("an e-mail address", "/profile/email"),
                search("a name", "/profile/name"),
                Probe.of(
                        "GET /admin/users?search=a part of many",
                        "authUsersList",
                        (side, i) -> Call.get("/admin/users?search=example.org", side.admin())),
                Probe.of(
                        "GET /admin/users/{id}",
                        "authUsersGet",
                        (side, i) -> Call.get("/admin/users/" + side.id(Place.LEAF, i), side.admin())),
                Probe.of(
                        "GET /admin/users/{id} of the upline of all",
                        "authUsersGet",
                        (side, i) -> Call.get("/admin/users/" + Seed.memberId(Population.FOUNDER), side.admin())),
                Probe.of("DELETE /admin/users/{id}", "authUsersDelete", AdminProbes::removal),
                Probe.of(
                        "PUT /admin/users/{id}/password",
                        "authUsersPassword",
                        (side, i) -> Call.put(
                                "/admin/users/" + side.id(Place.SAVER, i) + "/password",
                                side.admin(),
                                "{'password': '" + Seed.PASSWORD + "'}")),
                Probe.of(
                        "GET /admin/users/{id}/statement",
                        "earningsUserStatement",
                        (side, i) -> Call.get("/admin/users/" + side.id(Place.SAVER, i) + "/statement", side.admin())),
                Probe.of(
                        "PUT /admin/vip-tier",
                        "earningsVipTier",
                        (side, i) -> Call.put(
                                "/admin/vip-tier",
                                side.admin(),
                                "{'userId': '" + side.id(Place.SPENDER, i) + "', 'vipTier': 'Platinum'}")));
    }

    private static List<Probe> ofMoney() {
        return List.of(
                Probe.of("POST /admin/adjust-balance", "earningsAdjustBalance", AdminProbes::adjustment),
                Probe.of(
                        "POST /admin/funding",
                        "earningsFunding",
                        (side, i) -> Call.post(
                                "/admin/funding",
                                side.admin(),
                                "{'amount': 10, 'reference': 'statement " + UUID.randomUUID() + "'}")),
                Probe.of(
                        "POST /admin/ledger/reverse",
                        "earningsReverse",
                        (side, i) -> Call.post(
                                "/admin/ledger/reverse",
                                side.admin(),
                                "{'reason': 'By mistake', 'transferId': '"
                                        + side.ask(adjustment(side, i))
                                                .at("/adjustment/id")
                                                .asText() + "'}")),
                get("/admin/submissions", "earningsSubmissions"),
                get("/admin/submissions?status=all", "earningsSubmissions"),
                Probe.of(
                        "POST /admin/submissions/{id}/approve",
                        "earningsSubmissionApprove",
                        (side, i) -> review(side, i, "approve")),
                Probe.of(
                        "POST /admin/submissions/{id}/reject",
                        "earningsSubmissionReject",
                        (side, i) -> review(side, i, "reject")),
                get("/admin/transactions", "earningsTransactions"),
                Probe.of(
                        "GET /admin/transactions of the upline of all",
                        "earningsTransactions",
                        (side, i) -> Call.get(
                                "/admin/transactions?userId=" + Seed.memberId(Population.FOUNDER), side.admin())),
                get("/admin/metrics", "earningsMetrics"));
    }

    private static List<Probe> ofAccounts() {
        return List.of(
                get("/admin/accounts?limit=5", "authAccountsList"),
                Probe.of("POST /admin/accounts", "authAccountsCreate", (side, i) -> account(side)),
                Probe.of(
                        "PUT /admin/accounts/{id}",
                        "authAccountsUpdate",
                        (side, i) -> Call.put(
                                "/admin/accounts/" + kept(side), side.admin(), "{'permissions': ['ledger.view']}")),
                Probe.of(
                        "PUT /admin/accounts/{id}/password",
                        "authAccountsPassword",
                        (side, i) -> Call.put(
                                "/admin/accounts/" + kept(side) + "/password",
                                side.admin(),
                                "{'password': '" + Seed.PASSWORD + "'}")),
                Probe.of(
                        "POST /admin/accounts/{id}/revoke",
                        "authAccountsRevoke",
                        (side, i) ->
                                Call.post("/admin/accounts/" + id(newAccount(side)) + "/revoke", side.admin(), "{}")));
    }

    private static Probe get(String path, String operation) {
        return Probe.of("GET " + path, operation, (side, i) -> Call.get(path, side.admin()));
    }

    private static Probe users(String query) {
        return get("/admin/users" + query, "authUsersList");
    }

    private static Probe search(String what, String field) {
        return Probe.of("GET /admin/users?search=" + what, "authUsersList", (side, i) -> {
            String wanted = side.ask(Call.get("/profile", side.member(Place.LEAF, i)))
                    .at(field)
                    .asText();
            return Call.get("/admin/users?search=" + URLEncoder.encode(wanted, StandardCharsets.UTF_8), side.admin());
        });
    }

    private static Call removal(Side side, int index) throws InterruptedException {
        String stranger =
                side.ask(AccountProbes.signUp(side, index)).at("/user/id").asText();
        return Call.delete("/admin/users/" + stranger, side.admin());
    }

    private static Call adjustment(Side side, int index) {
        return Call.post(
                "/admin/adjust-balance",
                side.admin(),
                "{'userId': '" + side.id(Place.SAVER, index) + "', 'amount': 1, 'reason': 'A gift'}");
    }

    private static Call review(Side side, int index, String verb) throws InterruptedException {
        return Call.post("/admin/submissions/" + EarningsProbes.waiting(side, index) + "/" + verb, side.admin(), "{}");
    }

    private static Call account(Side side) {
        return Call.post(
                "/admin/accounts",
                side.admin(),
                "{'username': 'ops-%s', 'password': '%s', 'name': 'Operations', 'permissions': ['users.view']}"
                        .formatted(UUID.randomUUID().toString().replace("-", ""), Seed.PASSWORD));
    }

    static JsonNode newAccount(Side side) throws InterruptedException {
        return side.ask(account(side));
    }

    private static String kept(Side side) throws InterruptedException {
        return side.once("account", () -> id(newAccount(side)));
    }

    private static String id(JsonNode account) {
        return account.at("/account/id").asText();
    }
}
