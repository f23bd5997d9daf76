package io.cloneplatform.benchmarks.growth;

import io.cloneplatform.benchmarks.growth.Population.Place;
import io.cloneplatform.benchmarks.seed.Seed;
import java.util.List;
import java.util.UUID;

/** Credentials, sessions and the own profile; hashing passwords takes most of the time of some. */
final class AccountProbes {
    private static final int FORBIDDEN = 403;

    private AccountProbes() {}

    static List<Probe> all() {
        return List.of(
                Probe.of("POST /signup", "authSignup", AccountProbes::signUp),
                Probe.of("POST /signin", "authSignin", AccountProbes::signIn),
                Probe.of(
                        "POST /refresh",
                        "authRefresh",
                        (side, i) -> Call.post(
                                "/refresh",
                                null,
                                "{'refresh_token': '"
                                        + side.ask(signIn(side, i))
                                                .at("/session/refresh_token")
                                                .asText() + "'}")),
                Probe.of("POST /admin-login", "authAdminLogin", (side, i) -> adminSignIn(side, "/admin-login")),
                Probe.of("POST /admin/signin", "authAdminSignin", (side, i) -> adminSignIn(side, "/admin/signin")),
                Probe.of(
                        "GET /profile",
                        "authProfileGet",
                        (side, i) -> Call.get("/profile", side.member(Place.LEAF, i))),
                Probe.of(
                        "POST /profile",
                        "authProfilePost",
                        (side, i) -> Call.post("/profile", side.member(Place.LEAF, i), "{}")),
                Probe.of(
                        "PUT /profile",
                        "authProfileUpdate",
                        (side, i) ->
                                Call.put("/profile", side.member(Place.LEAF, i), "{'name': 'New Name " + i + "'}")),
                Probe.of(
                        "POST /signout",
                        "authSignout",
                        (side, i) -> Call.post("/signout", side.freshToken(side.number(Place.LEAF, i)), "{}")),
                Probe.of("PUT /password", "authPasswordChange", AccountProbes::password),
                Probe.of("PUT /withdrawal-password", "authWithdrawalPasswordSet", AccountProbes::withdrawalPassword),
                new Probe(
                        "PUT /vip-tier",
                        "authVipTierRefuse",
                        FORBIDDEN,
                        (side, i) -> Call.put("/vip-tier", side.member(Place.LEAF, i), "{}")));
    }

    static Call signUp(Side side, int index) throws InterruptedException {
        String code = side.ask(Call.get("/profile", side.member(Place.LEAF, index)))
                .at("/profile/invitationCode")
                .asText();
        String name = "n" + UUID.randomUUID().toString().replace("-", "");
        return Call.post(
                "/signup",
                null,
                "{'email': '%1$s@example.com', 'username': '%1$s', 'password': '%2$s', 'name': 'New Member', 'invitationCode': '%3$s'}"
                        .formatted(name, Seed.PASSWORD, code));
    }

    private static Call signIn(Side side, int index) throws InterruptedException {
        String email = side.ask(Call.get("/profile", side.member(Place.SAVER, index)))
                .at("/profile/email")
                .asText();
        return Call.post("/signin", null, "{'email': '" + email + "', 'password': '" + Seed.PASSWORD + "'}");
    }

    private static Call adminSignIn(Side side, String path) throws InterruptedException {
        String username = side.once(
                "admin",
                () -> AdminProbes.newAccount(side).at("/account/username").asText());
        return Call.post(path, null, "{'username': '" + username + "', 'password': '" + Seed.PASSWORD + "'}");
    }

    private static Call password(Side side, int index) throws InterruptedException {
        return Call.put(
                "/password",
                side.member(Place.SPENDER, index),
                "{'currentPassword': '%1$s', 'newPassword': '%1$s'}".formatted(Seed.PASSWORD));
    }

    private static Call withdrawalPassword(Side side, int index) throws InterruptedException {
        return Call.put(
                "/withdrawal-password",
                side.member(Place.SPENDER, index),
                "{'currentWithdrawalPassword': '%1$s', 'withdrawalPassword': '%1$s'}".formatted(Seed.PASSWORD));
    }
}
