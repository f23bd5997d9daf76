package io.cloneplatform.cli.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.cloneplatform.auth.AuthService;
import io.cloneplatform.cli.Clonectl;
import io.cloneplatform.common.testing.TestPlatform;
import io.cloneplatform.common.testing.TestPlatform.Member;
import io.cloneplatform.earnings.EarningsService;
import io.cloneplatform.gateway.GatewayService;
import io.cloneplatform.standalone.start.ReadyProbe;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code clonectl ledger verify} against a running deployment. */
class LedgerVerifyIT {
    private static final String KEY = "ledger-test-admin-key";

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
                List.of(new AuthService(), new EarningsService(), new GatewayService()),
                "HTTP_PORT",
                String.valueOf(port),
                "ADMIN_KEY",
                KEY);
        ReadyProbe.await(URI.create(url + "/openapi.yaml"));
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    private static String verify(String target, String key) {
        StringWriter out = new StringWriter();
        PrintWriter writer = new PrintWriter(out);
        int exit = Clonectl.commandLine()
                .setOut(writer)
                .setErr(writer)
                .execute("ledger", "verify", "--url", target, "--admin-key", key);
        return out + "exit " + exit;
    }

    @Test
    void namesTheRowThatSomeoneEdited() {
        Member member = platform.member("edited", null);
        platform.credit(member, 700);
        platform.execute("SELECT ledger_seal_next(100, false)");
        assertThat(verify(url, KEY)).contains("The books balance.").endsWith("exit 0");
        String transfer = platform.single(
                        "SELECT transfer_id::text FROM ledger_entry WHERE account_id = ?", member.id())
                .toString();
        platform.execute("SET session_replication_role = replica");
        platform.execute("UPDATE ledger_transfer SET memo = 'nothing to see'");
        assertThat(verify(url, KEY))
                .contains("not ok  every row is as it was sealed: transfer " + transfer)
                .contains("The books do not balance: 1 problem.")
                .endsWith("exit 1");
        platform.execute("UPDATE ledger_transfer SET memo = 'test'");
        platform.execute("RESET session_replication_role");
    }

    @Test
    void saysWhyItCouldNotVerify() {
        assertThat(verify(url, "wrong")).contains("Is the admin key right?").endsWith("exit 1");
        assertThat(verify("http://127.0.0.1:9", KEY))
                .contains("Cannot reach http://127.0.0.1:9: connection refused")
                .endsWith("exit 3");
        assertThat(verify("http://nowhere.invalid", KEY))
                .contains("Cannot reach http://nowhere.invalid: the host is unknown")
                .endsWith("exit 3");
    }

    @Test
    void asksAgainWhileTheBooksAreBeingVerified() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        HttpServer slow = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        slow.createContext("/admin/ledger/verify", exchange -> {
            boolean first = asked.incrementAndGet() == 1;
            byte[] body = (first
                            ? "{\"code\":\"LEDGER_BEING_VERIFIED\"}"
                            : "{\"balanced\":true,\"checkedTransfers\":7}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(first ? 503 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        slow.start();
        try {
            assertThat(verify("http://127.0.0.1:" + slow.getAddress().getPort(), KEY))
                    .contains("7 transfers", "The books balance.")
                    .endsWith("exit 0");
            assertThat(asked).hasValue(2);
        } finally {
            slow.stop(0);
        }
    }
}
