package io.cloneplatform.cli.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloneplatform.auth.AuthService;
import io.cloneplatform.common.testing.TestPlatform;
import io.cloneplatform.earnings.EarningsService;
import io.cloneplatform.gateway.GatewayService;
import io.cloneplatform.premium.PremiumService;
import io.cloneplatform.standalone.start.ReadyProbe;
import io.cloneplatform.support.SupportService;
import io.cloneplatform.withdrawal.WithdrawalService;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The suite against the platform itself: it passes, and a single cent less is found. */
class SmokePlatformIT {
    private static final String KEY = "smoke-test-admin-key";

    private static TestPlatform platform;
    private static String url;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        url = "http://127.0.0.1:" + port;
        platform = TestPlatform.start(
                List.of(
                        new AuthService(),
                        new EarningsService(),
                        new WithdrawalService(),
                        new PremiumService(),
                        new SupportService(),
                        new GatewayService()),
                "HTTP_PORT",
                String.valueOf(port),
                "ADMIN_KEY",
                KEY);
        assertThat(ReadyProbe.await(URI.create(url + "/health"))).isTrue();
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    private static String smoke(String target) {
        StringWriter out = new StringWriter();
        PrintWriter writer = new PrintWriter(out);
        int exit = new CommandLine(new SmokeCommand())
                .setOut(writer)
                .setErr(writer)
                .execute("--url", target, "--admin-key", KEY);
        return out + "exit " + exit;
    }

    /** What the suite says when a proxy changes answers on their way. */
    private static String tampered(UnaryOperator<String> change) {
        try (TamperingProxy proxy = new TamperingProxy(url, change)) {
            return smoke(proxy.url());
        }
    }

    @Test
    void passesAndLeavesNothingBehind() {
        assertThat(smoke(url + "/functions/v1/make-server-44a642d3/"))
                .endsWith("27 passed, 0 failed" + System.lineSeparator() + "exit 0");
        assertThat(platform.number("SELECT count(*) FROM member WHERE deleted_at IS NULL"))
                .isZero();
        assertThat(platform.number("SELECT count(*) FROM ledger_account WHERE kind = 'member' AND posted <> 0"))
                .isZero();
        assertThat(platform.number(
                        "SELECT count(*) FROM kv_store_44a642d3 WHERE key LIKE 'ticket:%' AND status <> 'closed'"))
                .isZero();
        assertThat(
                        platform.number(
                                "SELECT count(*) FROM kv_store_44a642d3 WHERE key LIKE 'premium:%' AND status IN ('offered', 'active')"))
                .isZero();
        assertThat(platform.number("SELECT count(*) FROM kv_store_44a642d3 WHERE key LIKE 'conversation:%'"
                        + " AND value ->> 'unreadBySupport' <> '0'"))
                .isZero();
    }

    @Test
    void findsACentThatTheParentDidNotGet() {
        String said = tampered(body ->
                body.contains("fromDirectChildren") ? body.replace("\"balance\":95.01", "\"balance\":95.00") : body);
        assertThat(said)
                .contains(
                        "FAIL 10 core: referrals with child: GET /earnings /earnings/balance: expected 95.01, got 95.00")
                .endsWith("26 passed, 1 failed" + System.lineSeparator() + "exit 1");
    }

    @Test
    void findsAnOfferThatFreezes() {
        String said = tampered(body ->
                body.contains("willFreezeOnAccept") ? body.replace("\"frozen\":false", "\"frozen\":true") : body);
        assertThat(said).contains("FAIL 23 premium: assign: ").endsWith("exit 1");
        assertThat(
                        platform.number(
                                "SELECT count(*) FROM kv_store_44a642d3 WHERE key LIKE 'premium:%' AND status IN ('offered', 'active')"))
                .as("cleaned up also after the failure")
                .isZero();
    }
}
