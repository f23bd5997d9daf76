package io.cloneplatform.acceptance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.acceptance.contract.World.Member;
import io.cloneplatform.common.config.PlatformConfig;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of every route: paths, methods, CORS, request ids, times. */
@ExtendWith(RunningPlatform.Shared.class)
class WireRulesIT {
    private static final String BASE = PlatformConfig.PREDECESSOR_BASE_PATH;
    private static final String TIME = "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z";

    private final RunningPlatform platform;
    private final World world;

    WireRulesIT(RunningPlatform platform) {
        this.platform = platform;
        this.world = new World(platform);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/health/", BASE + "/health", BASE + "/health/"})
    void healthIsServedUnderBothBasePathsWithAndWithoutASlash(String path) {
        Answer answer = platform.call("GET", path).send();
        assertThat(answer.ok()).hasSize(1);
        assertThat(answer.ok().path("status").asText()).isEqualTo("ok");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", BASE, BASE + "/"})
    void memberRoutesAreServedUnderBothBasePathsWithAndWithoutASlash(String form) {
        Member member = world.member();
        String base = form.startsWith(BASE) ? BASE : "";
        String slash = form.endsWith("/") ? "/" : "";
        JsonNode profile = platform.call("GET", base + "/profile" + slash)
                .bearer(member.token())
                .ok();
        assertThat(profile.path("success").asBoolean()).isTrue();
        assertThat(profile.at("/profile/id").asText()).isEqualTo(member.id());
        String ticket = platform.call("POST", base + "/support-tickets" + slash)
                .bearer(member.token())
                .json("{'subject': 'Question', 'message': 'How?'}")
                .ok()
                .at("/ticket/id")
                .asText();
        assertThat(platform.call("GET", base + "/support-tickets/" + ticket + slash)
                        .bearer(member.token())
                        .ok()
                        .at("/ticket/id")
                        .asText())
                .isEqualTo(ticket);
        platform.call("POST", base + "/support-tickets/" + ticket + "/reply" + slash)
                .bearer(member.token())
                .json("{'message': 'Any news?'}")
                .ok();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/nothing", "/admin", "/profile/more", BASE, BASE + "/", BASE + "/nothing", "/functions/v1"
            })
    void anUnknownPathIs404InTheFormOfEveryRefusal(String path) {
        for (String method : List.of("GET", "POST", "PUT", "DELETE")) {
            Answer answer = platform.call(method, path).send();
            assertThat(answer.status()).as("%s", answer).isEqualTo(404);
            assertThat(answer.code()).isEqualTo("NOT_FOUND");
            assertThat(answer.json().path("instance").asText()).isEqualTo(path);
            assertThat(AnswerRules.refusalComplaints(answer)).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "DELETE, /profile, 'GET HEAD OPTIONS POST PUT'",
        "POST, /health, 'GET HEAD OPTIONS'",
        "GET, /signup, 'OPTIONS POST'",
        "PATCH, /admin/users/some-id, 'DELETE GET HEAD OPTIONS'",
        "PUT, /support-tickets/, 'GET HEAD OPTIONS POST'",
        "TRACE, /faq, 'GET HEAD OPTIONS'"
    })
    void aWrongMethodIs405AndTheAnswerListsTheRightOnes(String method, String path, String allowed) {
        for (String base : List.of("", BASE)) {
            Answer answer = platform.raw().send(method, base + path);
            assertThat(answer.status()).as("%s", answer).isEqualTo(405);
            assertThat(Arrays.stream(answer.header("Allow").orElse("").split(",", -1))
                            .map(String::strip)
                            .sorted())
                    .containsExactly(allowed.split(" ", -1));
            assertThat(AnswerRules.refusalComplaints(answer)).isEmpty();
        }
    }

    @Test
    void headAnswersLikeGetWithoutABody() {
        Member member = world.member();
        for (String path : List.of("/health", "/faq", "/openapi.json", "/profile")) {
            Answer get = platform.call("GET", path).bearer(member.token()).send();
            Answer head = platform.call("HEAD", path).bearer(member.token()).send();
            assertThat(head.status()).as(path).isEqualTo(get.status()).isEqualTo(200);
            assertThat(head.text()).isEmpty();
            assertThat(head.mediaType()).isEqualTo(get.mediaType());
        }
        assertThat(platform.call("HEAD", "/profile").send().status()).isEqualTo(401);
        assertThat(platform.call("HEAD", "/nothing").send().status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"/signup, POST", "/profile, GET", "/admin/vip-tier, PUT", "/admin/faq/some-id, DELETE"})
    void aPreflightIs204AndAllowsWhatClientsSend(String path, String method) {
        String wanted = "authorization, content-type, apikey, x-tenant-id, idempotency-key, traceparent";
        for (String base : List.of("", BASE)) {
            Answer answer = platform.call("OPTIONS", base + path)
                    .header("Origin", "https://app.example.com")
                    .header("Access-Control-Request-Method", method)
                    .header("Access-Control-Request-Headers", wanted)
                    .send();
            assertThat(answer.status()).as("%s", answer).isEqualTo(204);
            assertThat(answer.header("Access-Control-Allow-Origin")).contains("*");
            assertThat(answer.header("Access-Control-Allow-Credentials")).isEmpty();
            assertThat(tokens(answer, "Access-Control-Allow-Methods")).contains(method.toLowerCase(Locale.ROOT));
            assertThat(tokens(answer, "Access-Control-Allow-Headers")).contains(wanted.split(", ", -1));
        }
    }

    @Test
    void browsersMaySeeTheHeadersOfAnswersAndOfRefusals() {
        for (String path : List.of("/faq", "/profile", "/nothing")) {
            Answer answer = platform.call("GET", path)
                    .header("Origin", "https://app.example.com")
                    .send();
            assertThat(answer.header("Access-Control-Allow-Origin")).as(path).contains("*");
            assertThat(tokens(answer, "Access-Control-Expose-Headers"))
                    .contains("x-request-id", "ratelimit", "retry-after", "idempotent-replayed");
        }
    }

    private static List<String> tokens(Answer answer, String header) {
        return Arrays.stream(answer.header(header)
                        .orElse("")
                        .toLowerCase(Locale.ROOT)
                        .split(",", -1))
                .map(String::strip)
                .toList();
    }

    @Test
    void theRequestIdIsTakenOrMadeAndStandsInErrors() {
        Answer taken = platform.call("GET", "/nothing")
                .header("x-request-id", "client-7f3a")
                .send();
        assertThat(taken.header("x-request-id")).contains("client-7f3a");
        assertThat(taken.json().path("requestId").asText()).isEqualTo("client-7f3a");
        String first =
                platform.call("GET", "/health").send().header("x-request-id").orElseThrow();
        String second =
                platform.call("GET", "/health").send().header("x-request-id").orElseThrow();
        assertThat(first).isNotBlank().isNotEqualTo(second);
        for (String unusable : List.of("a b", "x".repeat(500))) {
            assertThat(platform.call("GET", "/health")
                            .header("x-request-id", unusable)
                            .send()
                            .header("x-request-id")
                            .orElseThrow())
                    .isNotBlank()
                    .isNotEqualTo(unusable);
        }
    }

    @Test
    void aTraceparentIsAcceptedWhateverItIs() {
        for (String parent :
                List.of("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "nonsense", "x".repeat(2_000))) {
            platform.call("GET", "/faq").header("traceparent", parent).ok();
        }
    }

    @Test
    void theDocumentIsServedInBothForms() {
        JsonNode json = platform.call("GET", "/openapi.json").ok();
        assertThat(json.path("openapi").asText()).startsWith("3.1");
        assertThat(json.path("paths")).hasSizeGreaterThan(60);
        assertThat(platform.call("GET", BASE + "/openapi.yaml").send().text())
                .contains("openapi: ")
                .contains("/submit-product");
    }

    @Test
    void timesAreUtcWithMilliseconds() {
        Member member = world.memberWith("100");
        world.withdrawal(member);
        world.ticket(member);
        world.conversation(member);
        world.as(member, "POST", "/submit-product", "{'productName': 'Lamp', 'productValue': 5}");
        assertThat(List.of(
                        read(member, "/profile").at("/profile/createdAt"),
                        read(member, "/withdrawals").at("/withdrawals/0/requestedAt"),
                        read(member, "/support-tickets").at("/tickets/0/updatedAt"),
                        read(member, "/chat/messages").at("/messages/0/sentAt"),
                        read(member, "/products").at("/products/0/createdAt")))
                .allSatisfy(time -> assertThat(time.asText()).matches(TIME));
    }

    private JsonNode read(Member member, String path) {
        return platform.call("GET", path).bearer(member.token()).ok();
    }

    @Test
    void everyAnswerIsJsonThatNobodyCaches() {
        Answer answer = platform.call("GET", "/faq").send();
        assertThat(answer.mediaType()).isEqualTo("application/json");
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(answer.ok().path("success").asBoolean()).isTrue();
    }

    @Test
    void whatIsNotHttpGetsAProblemDocumentToo() {
        assertThat(platform.raw().send("GET", "/" + "x".repeat(10_000)).status())
                .isEqualTo(414);
        Answer headers = platform.raw().send("GET", "/health", "x-large: " + "x".repeat(20_000));
        assertThat(headers.status()).isEqualTo(431);
        assertThat(headers.mediaType()).isEqualTo("application/problem+json");
        assertThat(platform.raw().exchange("nonsense\r\n\r\n"))
                .contains(" 400 ")
                .contains("application/problem+json");
    }
}
