package io.cloneplatform.cli.operate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.cloneplatform.cli.operate.OperatedPlatform.Person;
import io.cloneplatform.cli.operate.OperatedPlatform.Ran;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code clonectl preflight} and {@code doctor}: against a platform that works, and against everything that
 * does not.
 */
class IncidentCommandsIT {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    private final OperatedPlatform platform = OperatedPlatform.get();

    @Test
    void theChecklistLooksAtEveryLine() {
        Ran ran = platform.run("preflight", "--management", platform.management());
        assertThat(ran.out())
                .contains("✓ Platform: every service serves")
                .contains("✓ Clock: the platform's and this machine's agree within 2 s")
                .contains("✓ Process " + platform.management() + ": ready")
                .contains("✓ Cluster: none: one process serves everything")
                .contains("✓ Books: ")
                .contains("Withdrawals: ")
                .contains("– Schema: DATABASE_URL is not set")
                .contains("Disk: ")
                .contains("Backup: ")
                .containsPattern("\\d+ passed, \\d+ failed, \\d+ not checked");
        assertThat(ran.exit()).isEqualTo(ran.out().contains("✗") ? 1 : 0);
        JsonNode document = platform.run("preflight", "--json").json();
        assertThat(document.path("findings"))
                .allMatch(one -> one.path("state").asText().matches("good|bad|unknown"));
        assertThat(platform.run("preflight", "--strict").exit()).isEqualTo(1);
    }

    @Test
    void theChecklistNamesAServiceThatIsAwayAndAClockThatIsWrong() throws IOException {
        String body = "{\"status\":\"degraded\",\"services\":{\"auth\":true,\"premium\":false}}";
        try (ServerSocket server = new ServerSocket(0, 50, HERE)) {
            answer(server, 503, body, Instant.now().minusSeconds(180));
            String url = "http://127.0.0.1:" + server.getLocalPort();
            String out = OperatedPlatform.clonectl(
                            "preflight",
                            "--url",
                            url,
                            "--admin-key-file",
                            platform.keyFile().toString())
                    .out();
            assertThat(out)
                    .contains("✗ Platform: away: premium", "→ clonectl doctor api --url " + url)
                    .containsPattern("✗ Clock: the platform's is 1(79|80) s behind this machine's")
                    .contains("✗ Books: ");
            Ran doctor = OperatedPlatform.clonectl("doctor", "api", "--url", url);
            assertThat(doctor.exit()).isEqualTo(1);
            assertThat(doctor.out()).contains("these services are away: premium", "→ Look at the log of that service");
        }
    }

    // The server of the JDK writes its own Date.
    private static void answer(ServerSocket server, int status, String body, Instant date) {
        String answer = "HTTP/1.1 " + status + " X\r\nDate: "
                + DateTimeFormatter.RFC_1123_DATE_TIME.format(date.atOffset(ZoneOffset.UTC))
                + "\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: " + body.length()
                + "\r\n\r\n" + body;
        Thread thread = new Thread(() -> {
            while (!server.isClosed()) {
                try (Socket socket = server.accept()) {
                    socket.getInputStream().read(new byte[8_192]);
                    socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    // The client hung up, or the test is over.
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private static HttpServer serve(String body) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(HERE, 0), 0);
        server.createContext("/", exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static String url(HttpServer server) {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Test
    void theDoctorFindsNothingWhereNothingIsWrong(@TempDir Path directory) throws IOException {
        Person person = platform.person("healthy");
        Path token = Files.writeString(directory.resolve("token"), person.token());
        for (String[] incident : new String[][] {
            {"doctor", "api", "--management", platform.management()},
            {"doctor", "tokens", "--token-file", token.toString()},
            {"doctor", "premium", "--user", person.username()}
        }) {
            assertThat(platform.ok(incident)).contains("✓ Gateway: every service serves", " 0 failed");
        }
        assertThat(platform.ok("doctor", "tokens", "--token-file", token.toString()))
                .contains("✓ Admin key: accepted", "✓ Token: accepted until");
    }

    @Test
    void theDoctorSaysWhyNothingAnswers() throws IOException {
        Ran refused = OperatedPlatform.clonectl("doctor", "api", "--url", "http://127.0.0.1:9");
        assertThat(refused.exit()).isEqualTo(3);
        assertThat(refused.out())
                .contains("✗ Network: 127.0.0.1 port 9 refuses connections", "→ Is the gateway running?");
        Ran unknown = OperatedPlatform.clonectl("doctor", "--url", "http://nowhere.invalid", "--json");
        assertThat(unknown.exit()).isEqualTo(3);
        assertThat(unknown.json().at("/findings/0/reason").asText()).isEqualTo("DNS knows no host nowhere.invalid");
        Ran tls = OperatedPlatform.clonectl(
                "doctor", "api", "--url", platform.url().replace("http:", "https:"));
        assertThat(tls.exit()).isEqualTo(3);
        assertThat(tls.out()).contains("✗ TLS: ");
        try (ServerSocket silent = new ServerSocket(0, 5, HERE)) {
            Ran hanging =
                    OperatedPlatform.clonectl("doctor", "api", "--url", "http://127.0.0.1:" + silent.getLocalPort());
            assertThat(hanging.exit()).isEqualTo(3);
            assertThat(hanging.out()).contains("✗ Gateway: takes connections and does not answer");
        }
        HttpServer other = serve("<h1>It works</h1>");
        try {
            assertThat(OperatedPlatform.clonectl("doctor", "api", "--url", url(other))
                            .out())
                    .contains("✗ Gateway: /health answers 200, not as the platform does");
        } finally {
            other.stop(0);
        }
    }

    @Test
    void theDoctorSaysWhyATokenIsRefused(@TempDir Path directory) throws IOException {
        Person person = platform.person("refused");
        Path file = directory.resolve("token");
        assertThat(token(file, "rubbish")).contains("✗ Token: is none of ours");
        assertThat(token(file, forged(Instant.now().minusSeconds(7200)))).contains("✗ Token: expired at ");
        assertThat(token(file, forged(Instant.now().plusSeconds(900)))).contains("✗ Token: issued in the future");
        assertThat(token(file, forged(Instant.now()))).contains("✗ Token: in time until", "and refused");
        platform.as(person).change("POST", "/signout", null, null);
        assertThat(token(file, person.token())).contains("✗ Token: in time until", "→ Its session was revoked");
        Path wrong = Files.writeString(directory.resolve("key"), "wrong");
        Ran key = OperatedPlatform.clonectl(
                "doctor", "tokens", "--url", platform.url(), "--admin-key-file", wrong.toString());
        assertThat(key.exit()).isEqualTo(1);
        assertThat(key.out()).contains("✗ Admin key: ", "→ Compare it with ADMIN_KEY of auth-service");
    }

    private String token(Path file, String token) throws IOException {
        Files.writeString(file, token);
        Ran ran = platform.run("doctor", "tokens", "--token-file", file.toString());
        assertThat(ran.exit()).as("%s", ran).isEqualTo(1);
        return ran.out();
    }

    private static String forged(Instant issued) {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        String claims = "{\"kind\":\"member\",\"iat\":%d,\"exp\":%d}"
                .formatted(issued.getEpochSecond(), issued.getEpochSecond() + 3600);
        return base64.encodeToString("{\"alg\":\"ES256\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + base64.encodeToString(claims.getBytes(StandardCharsets.UTF_8)) + "."
                + base64.encodeToString(new byte[64]);
    }

    @Test
    void theDoctorFindsMoneyThatIsStuck() {
        Person person = platform.person("stuck");
        platform.credit(person, "75");
        String id = platform.withdrawal(person, "75");
        platform.ok("user", "freeze", person.id(), "--reason", "Identity check");
        platform.inside().execute("SET session_replication_role = replica");
        platform.inside()
                .execute(
                        "UPDATE kv_store_44a642d3 SET created_at = created_at - interval '30 hours' WHERE key LIKE ?",
                        "withdrawal:%" + id);
        platform.inside().execute("RESET session_replication_role");
        try {
            Ran ran = platform.run("doctor", "withdrawals", "--user", person.id());
            assertThat(ran.exit()).isEqualTo(1);
            assertThat(ran.out())
                    .containsPattern("✗ Withdrawals: \\d+ of [0-9.]+ USD wait for more than 24 h")
                    .contains("→ clonectl withdrawals pending --older-than 24h")
                    .contains("✗ Member: withdrawals paused: Identity check; 0.00 USD available, 75.00 USD held")
                    .contains("– Funds: ");
        } finally {
            platform.ok("withdrawals", "deny", id, "--reason", "test");
        }
        Ran unknown = platform.run("doctor", "premium", "--user", "01985a44-9e20-7b32-9d10-6a7c8e0f2b02");
        assertThat(unknown.exit()).isEqualTo(1);
        assertThat(unknown.out()).contains("✗ Member: ", "404 NOT_FOUND");
    }
}
