package io.cloneplatform.acceptance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloneplatform.acceptance.contract.World.Admin;
import io.cloneplatform.acceptance.contract.World.Member;
import io.cloneplatform.common.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may call what, and with which credential. */
@ExtendWith(RunningPlatform.Shared.class)
class AccessIT {
    private final RunningPlatform platform;
    private final World world;

    AccessIT(RunningPlatform platform) {
        this.platform = platform;
        this.world = new World(platform);
    }

    private void refused(Answer answer, int status) {
        assertThat(answer.status()).as("%s", answer).isEqualTo(status);
        assertThat(AnswerRules.refusalComplaints(answer)).as("%s", answer).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer ", "bearer ", "BEARER ", "bEaReR ", "Bearer   "})
    void theSchemeIsCaseInsensitive(String scheme) {
        Member member = world.anyMember();
        platform.call("GET", "/profile")
                .header("Authorization", scheme + member.token())
                .ok();
        platform.call("GET", "/admin/metrics")
                .header("Authorization", scheme + World.ADMIN)
                .ok();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/profile", "/earnings", "/withdrawals", "/premium", "/support-tickets", "/admin/users"})
    void aMissingOrMalformedCredentialIs401WithAChallenge(String path) {
        refused(platform.call("GET", path).send(), 401);
        String token = world.anyMember().token();
        for (String header : List.of(
                "",
                "Bearer",
                "Bearer ",
                "Basic dXNlcjpwYXNz",
                "Basic " + token,
                token,
                "Bearer x",
                "Bearer a.b.c",
                "Bearer ....",
                "Bearer " + "x".repeat(7_000),
                "Bearer " + "x".repeat(10_000),
                "Bearer " + token.substring(0, token.length() - 10))) {
            Answer answer =
                    platform.call("GET", path).header("Authorization", header).send();
            refused(answer, 401);
            assertThat(answer.header("WWW-Authenticate").orElse("")).startsWith("Bearer");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "xx", "AAAA", "=", ".", ".x", " x", ",", "%20"})
    void aTokenWithSomethingBehindItIs401(String more) {
        refused(
                platform.call("GET", "/profile")
                        .bearer(world.anyMember().token() + more)
                        .send(),
                401);
    }

    @Test
    void aTokenThatSomeoneElseMadeIs401() {
        String[] parts = world.anyMember().token().split("\\.", -1);
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        String asAdmin = claims.replace("\"kind\":\"member\"", "\"kind\":\"admin\"");
        assertThat(asAdmin).isNotEqualTo(claims);
        for (String forged : List.of(
                encode("{\"alg\":\"none\",\"typ\":\"JWT\"}") + "." + parts[1] + ".",
                encode("{\"alg\":\"none\",\"typ\":\"JWT\"}") + "." + encode(asAdmin) + ".",
                encode("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + "." + parts[1] + "." + encode("signature"),
                parts[0] + "." + encode(asAdmin) + "." + parts[2],
                parts[0] + "." + parts[1] + "." + encode("x".repeat(64)),
                parts[0] + "." + parts[1] + ".",
                parts[0] + "." + encode("{}") + "." + parts[2],
                parts[0] + "." + encode("[]") + "." + parts[2])) {
            for (String path : List.of("/profile", "/admin/users")) {
                refused(platform.call("GET", path).bearer(forged).send(), 401);
            }
        }
    }

    private static String encode(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void publicRoutesNeverLookAtCredentials() {
        for (String garbage : List.of("Bearer garbage", "Basic !!", "\u00e9", "x".repeat(7_000))) {
            for (String path : List.of("/health", "/faq", "/faq/search?q=bonus", "/openapi.json")) {
                Answer answer = platform.call("GET", path)
                        .header("Authorization", garbage)
                        .header("apikey", garbage)
                        .send();
                assertThat(answer.status()).as("%s", answer).isEqualTo(200);
            }
        }
        platform.call("POST", "/signin")
                .header("Authorization", "Bearer eyJhbGciOiJIUzI1NiJ9.anon.key")
                .header("apikey", "eyJhbGciOiJIUzI1NiJ9.anon.key")
                .json("{'email': '" + world.anyMember().email() + "', 'password': '" + World.PASSWORD + "'}")
                .ok();
    }

    @Test
    void adminRoutesTakeTheAdminKeyAndAdminsAlone() {
        Admin admin = world.adminWith("users.view");
        platform.call("GET", "/admin/users").bearer(World.ADMIN).ok();
        platform.call("GET", "/admin/users").bearer(admin.token()).ok();
        Answer member = platform.call("GET", "/admin/users")
                .bearer(world.anyMember().token())
                .send();
        refused(member, 403);
        refused(platform.call("GET", "/admin/metrics").bearer(admin.token()).send(), 403);
        for (String wrong : List.of(
                World.ADMIN + "x",
                World.ADMIN.substring(1),
                "public-anon-key",
                encode("{\"alg\":\"HS256\"}") + "." + encode("{\"role\":\"anon\"}") + "." + encode("x"))) {
            refused(platform.call("GET", "/admin/users").bearer(wrong).send(), 401);
        }
        refused(
                platform.call("GET", "/admin/users")
                        .header("apikey", World.ADMIN)
                        .send(),
                401);
    }

    @Test
    void memberRoutesRefuseAdmins() {
        refused(platform.call("GET", "/profile").bearer(World.ADMIN).send(), 403);
        refused(
                platform.call("GET", "/earnings")
                        .bearer(world.adminWith("users.view").token())
                        .send(),
                403);
    }

    @Test
    void signingOutEndsTheSessionAtOnceAndNoOther() {
        Member member = world.member();
        String second = platform.call("POST", "/signin")
                .json("{'username': '" + member.username() + "', 'password': '" + World.PASSWORD + "'}")
                .ok()
                .at("/session/access_token")
                .asText();
        world.as(member, "POST", "/signout", "{}");
        refused(platform.call("GET", "/profile").bearer(member.token()).send(), 401);
        platform.call("GET", "/profile").bearer(second).ok();
        Answer refresh = platform.call("POST", "/refresh")
                .json("{'refresh_token': '" + member.refreshToken() + "'}")
                .send();
        refused(refresh, 401);
    }

    @Test
    void aNewPasswordEndsOtherSessionsAndKeepsThisOne() {
        Member member = world.member();
        String second = platform.call("POST", "/signin")
                .json("{'email': '" + member.email() + "', 'password': '" + World.PASSWORD + "'}")
                .ok()
                .at("/session/access_token")
                .asText();
        platform.call("PUT", "/password")
                .bearer(second)
                .json("{'currentPassword': '" + World.PASSWORD + "', 'newPassword': 'Password456'}")
                .ok();
        platform.call("GET", "/profile").bearer(second).ok();
        refused(platform.call("GET", "/profile").bearer(member.token()).send(), 401);
    }

    @Test
    void aRevokedAdminIsOutAtOnce() {
        Admin admin = world.newAdmin(List.of("users.view"));
        platform.call("GET", "/admin/users").bearer(admin.token()).ok();
        world.admin("POST", "/admin/accounts/" + admin.id() + "/revoke")
                .json("{}")
                .ok();
        refused(platform.call("GET", "/admin/users").bearer(admin.token()).send(), 401);
        Answer again = platform.call("POST", "/admin-login")
                .json("{'username': '" + admin.username() + "', 'password': '" + World.PASSWORD + "'}")
                .send();
        refused(again, 401);
    }

    @Test
    void signingInTellsNobodyWhetherAnAccountExists() {
        Answer wrong = signIn(world.anyMember().email());
        Answer unknown = signIn("nobody@example.com");
        refused(wrong, 401);
        refused(unknown, 401);
        assertThat(wrong.json().path("error")).isEqualTo(unknown.json().path("error"));
        assertThat(wrong.json().path("error").asText()).isEqualTo("Invalid email or password");
        assertThat(wrong.code()).isEqualTo(unknown.code());
    }

    private Answer signIn(String email) {
        return platform.call("POST", "/signin")
                .json(Json.object().put("email", email).put("password", "Wrong1234"))
                .send();
    }

    @Test
    void membersNeverSetTheirOwnTier() {
        Answer answer = platform.call("PUT", "/vip-tier")
                .bearer(world.anyMember().token())
                .json("{'vipTier': 'Diamond'}")
                .send();
        refused(answer, 403);
    }
}
