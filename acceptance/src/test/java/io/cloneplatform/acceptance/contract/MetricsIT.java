package io.cloneplatform.acceptance.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.acceptance.contract.World.Member;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** A platform shows what happens on it, in a bounded number of series, whoever sends what to it. */
@TestInstance(Lifecycle.PER_CLASS)
class MetricsIT {
    private static final int MAX_SERIES = 3_200;
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-");
    private static final Set<String> IN_A_CLUSTER = Set.of("clone_cluster_processes", "clone_bus_repairs_total");
    private static final List<String> UNITS = List.of("seconds", "minor", "ratio", "info", "total");
    private static final List<String> NUMBERS =
            List.of("size", "length", "current", "state", "flight", "frozen", "problems", "processes");

    private RunningPlatform platform;
    private World world;

    @BeforeAll
    void start() {
        platform = RunningPlatform.startAll();
        world = new World(platform);
    }

    @AfterAll
    void stop() {
        platform.close();
    }

    @Test
    void whatHappensIsCountedOnce() {
        Scrape before = scrape();
        Member member = world.earner();
        platform.call("POST", "/signin").json(signin(member, "wrong-Password9")).send();
        platform.call("POST", "/signin").json(signin(member, World.PASSWORD)).ok();
        platform.call("GET", "/profile").send();
        world.pendingSubmission(member);
        String withdrawal = world.withdrawal(member);
        String again = "{'withdrawalId': '" + withdrawal + "'}";
        world.admin("POST", "/admin/approve-withdrawal")
                .json(again)
                .header("Idempotency-Key", "metrics")
                .ok();
        world.admin("POST", "/admin/approve-withdrawal")
                .json(again)
                .header("Idempotency-Key", "metrics")
                .ok();
        world.accepted();
        world.frozen();
        Scrape after = scrape();
        Map<String, Integer> expected = new TreeMap<>(Map.of(
                "clone_signups_total", 3,
                "clone_signins_total{kind=\"member\",result=\"failed\"}", 1,
                "clone_signins_total{kind=\"member\",result=\"ok\"}", 1,
                "clone_unauthorized_total", 2,
                "clone_submissions_total{result=\"credited\"}", 1,
                "clone_submissions_total{result=\"pending_review\"}", 1,
                "clone_credited_amount_minor_total", 100_000,
                "clone_withdrawals_total{event=\"requested\"}", 1,
                "clone_withdrawals_total{event=\"approved\"}", 1,
                "clone_withdrawals_total{event=\"failed\"}", 0));
        expected.putAll(Map.of(
                "clone_premium_assignments_total{event=\"assigned\"}", 1,
                "clone_premium_assignments_total{event=\"accepted\"}", 1,
                "clone_freezes_total{cause=\"premium\",event=\"frozen\"}", 1,
                "clone_freezes_total{cause=\"compliance\",event=\"frozen\"}", 1,
                "clone_http_requests_total{operation=\"auth.profile.get\",status=\"401\"}", 1,
                "clone_operation_results_total{operation=\"auth.signin\",result=\"refused\"}", 1,
                "clone_operation_results_total{operation=\"withdrawal.approve\",result=\"ok\"}", 2));
        expected.forEach((series, times) -> assertThat(after.value(series) - before.value(series))
                .as(series)
                .isCloseTo(times, within(0.001)));
        assertThat(after.value("clone_bus_request_duration_seconds_count{service=\"premium\"}"))
                .isGreaterThan(before.value("clone_bus_request_duration_seconds_count{service=\"premium\"}"));
        assertThat(after.value("clone_db_statement_duration_seconds_count")).isPositive();
    }

    @Test
    void anAnswerCountsByItsStatusAndAClientThatLeftAsOne() throws IOException {
        String answered = "clone_http_requests_total{operation=\"gateway.health\",status=\"200\"}";
        String left = "clone_http_requests_total{operation=\"auth.signin\",status=\"499\"}";
        Scrape before = scrape();
        platform.call("GET", "/health").ok();
        for (int i = 0; i < 3; i++) {
            platform.call("GET", "/health").http2().ok();
        }
        assertThat(scrape().value(answered) - before.value(answered)).isCloseTo(4, within(0.001));
        String body = "{\"email\": \"nobody@example.com\", \"password\": \"Password123\"}";
        for (int attempt = 0; attempt < 100 && scrape().value(left) == 0; attempt++) {
            platform.raw()
                    .leave("POST /signin HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: "
                            + body.length() + "\r\n\r\n" + body);
        }
        assertThat(scrape().value(left)).isPositive();
    }

    @Test
    void noTrafficMakesMoreSeriesThanThereMayBe() {
        sendEverything();
        Scrape scrape = scrape();
        System.out.println("One process shows " + scrape.series().size() + " series");
        assertThat(scrape.series()).hasSizeLessThan(MAX_SERIES);
        assertThat(scrape.series()).allSatisfy(series -> assertThat(series)
                .doesNotContain("@", "/nowhere")
                .doesNotContainPattern(ID)
                .doesNotContain("BREW"));
    }

    @Test
    void aTraceIsAnExemplarOfItsBucket() {
        String traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
        for (int attempt = 0; attempt < 100; attempt++) {
            platform.call("GET", "/faq/search?q=money")
                    .header("traceparent", "00-" + traceId + "-00f067aa0ba902b7-01")
                    .ok();
        }
        Answer metrics = platform.management("GET", "/metrics")
                .header("Accept", "application/openmetrics-text; version=1.0.0, text/plain;q=0.1")
                .send();
        assertThat(metrics.mediaType()).isEqualTo("application/openmetrics-text");
        assertThat(metrics.text())
                .containsPattern("operation=\"support.faq-search\"[^\\n]*# \\{[^}]*trace_id=\"" + traceId + "\"")
                .endsWith("# EOF\n");
    }

    @Test
    void everyMetricSaysWhatItIsAndInWhichUnit() {
        sendEverything();
        Scrape scrape = scrape();
        Map<String, String> own = scrape.own();
        assertThat(scrape.explained()).containsAll(own.keySet());
        assertThat(own.keySet()).allSatisfy(name -> assertThat(name.substring(name.lastIndexOf('_') + 1))
                .isIn(Stream.concat(UNITS.stream(), NUMBERS.stream()).toList()));
        Map<String, String> documented = new TreeMap<>(Scrape.documented());
        documented.keySet().removeAll(IN_A_CLUSTER);
        assertThat(own).isEqualTo(documented);
    }

    /** Everything that the document describes and more, from everybody, about what does not exist. */
    private void sendEverything() {
        List<String> tokens = Arrays.asList(null, "rubbish", world.member().token(), World.ADMIN);
        JsonNode paths = platform.call("GET", "/openapi.json").ok().get("paths");
        List<Call> calls = new ArrayList<>();
        paths.fields().forEachRemaining(path -> {
            for (String method : List.of("GET", "POST", "PUT", "DELETE", "BREW")) {
                for (String token : tokens) {
                    String concrete = path.getKey()
                            .replaceAll("\\{[^}]*}", UUID.randomUUID().toString());
                    calls.add(call(method, concrete + "?limit=0x&email=a@example.com", token));
                }
            }
        });
        IntStream.range(0, 200)
                .forEach(i -> calls.add(call("GET", "/nowhere/" + UUID.randomUUID() + "/a@example.com", null)));
        calls.add(call("POST", "/signin", null).bytes("text/csv", "a;b".getBytes(StandardCharsets.UTF_8)));
        calls.add(call("POST", "/signin", null).text("x".repeat(70_000)));
        Clients.share(8, calls, Call::send);
        Clients.share(4, IntStream.range(0, 20).boxed().toList(), i -> world.member());
    }

    private Call call(String method, String path, String token) {
        return platform.call(method, path).bearer(token);
    }

    private static String signin(Member member, String password) {
        return "{'email': '" + member.email() + "', 'password': '" + password + "'}";
    }

    private Scrape scrape() {
        return new Scrape(platform.management("GET", "/metrics").send().text());
    }
}
