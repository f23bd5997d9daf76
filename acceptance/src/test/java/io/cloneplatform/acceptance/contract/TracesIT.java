package io.cloneplatform.acceptance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloneplatform.acceptance.contract.World.Member;
import io.cloneplatform.auth.AuthService;
import io.cloneplatform.common.testing.TestDatabase;
import io.cloneplatform.earnings.EarningsService;
import io.cloneplatform.gateway.GatewayService;
import io.cloneplatform.premium.PremiumService;
import io.cloneplatform.support.SupportService;
import io.cloneplatform.withdrawal.WithdrawalService;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** One request is one trace: HTTP in one process, the operation in another, and the statements of both. */
@TestInstance(Lifecycle.PER_CLASS)
class TracesIT {
    private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String PARENT = "00f067aa0ba902b7";
    private static final long LIMIT_MS = 15_000;

    private final InMemorySpanExporter spans = InMemorySpanExporter.create();
    private RunningPlatform gateway;
    private RunningPlatform services;
    private Member member;

    @BeforeAll
    void start() throws IOException {
        String database = TestDatabase.create();
        String one = freePort();
        String other = freePort();
        gateway = RunningPlatform.start(
                database, cluster(one, other), List.of(new GatewayService(), new AuthService()), spans);
        services = RunningPlatform.start(
                database,
                cluster(other, one),
                List.of(new EarningsService(), new WithdrawalService(), new SupportService(), new PremiumService()),
                spans);
        eventually(
                "the platform is healthy",
                () -> gateway.call("GET", "/health").send().status() == 200);
        member = new World(gateway).member();
    }

    @AfterAll
    void stop() {
        services.close();
        gateway.close();
    }

    @BeforeEach
    void forgetWhatWas() {
        spans.reset();
    }

    @Test
    void aRequestIsOneTraceThroughTwoProcessesToTheDatabase() {
        traced("GET", "/earnings").ok();
        eventually("the request has ended", () -> named("earnings.summary").stream()
                .anyMatch(span -> span.getKind() == SpanKind.SERVER));
        List<SpanData> trace = trace();
        Set<String> known = trace.stream().map(SpanData::getSpanId).collect(Collectors.toSet());
        SpanData root = named("earnings.summary").get(0);
        assertThat(root.getParentSpanId()).isEqualTo(PARENT);
        assertThat(trace).filteredOn(span -> span != root).allSatisfy(span -> assertThat(known)
                .contains(span.getParentSpanId()));
        assertThat(trace)
                .extracting(span -> span.getKind() + (isStatement(span) ? " statement" : ""))
                .contains("SERVER", "CLIENT", "CLIENT statement");
        assertThat(trace.stream().filter(span -> span.getKind() == SpanKind.SERVER))
                .as("the request and its arrival at the other process")
                .hasSize(2);
    }

    @Test
    void aStatementThatWritesForSeveralIsInTheTraceOfTheFirst() {
        traced("POST", "/submit-product")
                .json("{'productName': 'Lamp', 'productValue': 10}")
                .ok();
        eventually("the request has ended", () -> !named("earnings.submit").isEmpty());
        assertThat(trace())
                .filteredOn(TracesIT::isStatement)
                .extracting(span -> span.getAttributes().toString())
                .anyMatch(attributes -> attributes.contains("submissions_post"));
    }

    @Test
    void aTraceBeginsWhereNoneIsContinued() {
        gateway.call("GET", "/profile").bearer(member.token()).ok();
        eventually("the request has ended", () -> !named("auth.profile.get").isEmpty());
        SpanData root = named("auth.profile.get").get(0);
        assertThat(root.getParentSpanContext().isValid()).isFalse();
        assertThat(spans.getFinishedSpanItems())
                .filteredOn(TracesIT::isStatement)
                .extracting(SpanData::getTraceId)
                .contains(root.getTraceId());
    }

    @Test
    void aSpanSaysNothingOfWhatAClientSent() {
        String secret = "planted-secret";
        traced("GET", "/nowhere/" + secret + "?email=" + secret + "@example.com")
                .send();
        traced("GET", "/faq?search=" + secret).ok();
        traced(secret.toUpperCase(java.util.Locale.ROOT), "/profile?token=" + secret)
                .send();
        gateway.call("POST", "/signin")
                .header("traceparent", traceparent())
                .json("{'email': '" + secret + "@example.com', 'password': '" + secret + "'}")
                .send();
        gateway.call("PUT", "/profile")
                .bearer(member.token())
                .json("{'name': '" + secret + "'}")
                .ok();
        eventually(
                "the requests have ended", () -> !named("auth.profile.update").isEmpty());
        assertThat(named("none")).hasSize(2);
        assertThat(spans.getFinishedSpanItems()).isNotEmpty().allSatisfy(span -> assertThat(
                        span.getSpanContext() + " " + span.getParentSpanContext() + span.getName()
                                + span.getAttributes() + span.getEvents() + span.getStatus())
                .doesNotContainIgnoringCase(secret)
                .doesNotContain(member.email(), member.id(), "127.0.0.1"));
    }

    private Call traced(String method, String path) {
        return gateway.call(method, path)
                .bearer(member.token())
                .header("traceparent", traceparent())
                .header("tracestate", "client=planted-secret");
    }

    private static String traceparent() {
        return "00-" + TRACE_ID + "-" + PARENT + "-01";
    }

    private List<SpanData> trace() {
        return spans.getFinishedSpanItems().stream()
                .filter(span -> span.getTraceId().equals(TRACE_ID))
                .toList();
    }

    private List<SpanData> named(String operation) {
        return spans.getFinishedSpanItems().stream()
                .filter(span -> span.getName().equals(operation))
                .toList();
    }

    private static boolean isStatement(SpanData span) {
        return span.getAttributes().asMap().keySet().stream()
                .anyMatch(key -> key.getKey().equals("db.query.text"));
    }

    private static Map<String, String> cluster(String own, String other) {
        return new HashMap<>(Map.of(
                "CLUSTER", "tcp",
                "CLUSTER_HOST", "127.0.0.1",
                "CLUSTER_PORT", own,
                "CLUSTER_MEMBERS", "127.0.0.1:" + own + ",127.0.0.1:" + other,
                "STOP_NOTICE_MS", "0"));
    }

    private static String freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return String.valueOf(socket.getLocalPort());
        }
    }

    private static void eventually(String what, java.util.function.BooleanSupplier condition) {
        long end = System.currentTimeMillis() + LIMIT_MS;
        while (!condition.getAsBoolean()) {
            assertThat(System.currentTimeMillis()).as(what).isLessThan(end);
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
