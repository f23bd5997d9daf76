package io.cloneplatform.acceptance.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.testing.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The log has a line for each request, and nothing of what a client entrusted to the platform, whatever its
 * levels are.
 */
@Timeout(180)
class LogsIT {
    private static final String PASSWORD = "Planted-Password-1";
    private static final String WITHDRAWAL_PASSWORD = "Planted-Withdrawal-2";
    private static final String ADMIN_KEY = "planted-admin-key-3-0123456789";
    private static final String EMAIL = "planted4@secret.example";
    private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";

    private final List<String> secrets =
            new ArrayList<>(List.of(PASSWORD, WITHDRAWAL_PASSWORD, ADMIN_KEY, EMAIL, "planted4", "Planted-Faq-5"));
    private Launch launch;
    private Api api;

    @Test
    void showsEveryRequestAndNoSecret() {
        launch = Launch.jar("standalone")
                .with("DATABASE_URL", TestDatabase.create(), "ADMIN_KEY", ADMIN_KEY, "LOG_FORMAT", "json");
        try (PlatformProcess process = launch.start().awaitReady()) {
            api = launch.api();
            setLevels();
            String token = signUp();
            int expected = 3 + plant(token) + 1;
            api.with(Map.of(
                            "Authorization", "Bearer " + token,
                            "x-request-id", "my-request-1",
                            "traceparent", "00-" + TRACE_ID + "-00f067aa0ba902b7-01"))
                    .get("/earnings")
                    .ok();
            process.signal("TERM"); // and goes on reading what it writes
            assertThat(process.awaitExit(Duration.ofSeconds(20))).isZero();
            String output = process.wholeOutput();
            assertThat(secrets).allSatisfy(secret -> assertThat(output).doesNotContain(secret));
            List<JsonNode> requests = requests(output);
            assertThat(requests).hasSize(expected);
            isTheLastOne(requests.get(requests.size() - 1));
            assertThat(requests)
                    .extracting(line -> line.path("caller").textValue())
                    .contains("public", "member", "key");
        }
    }

    private void setLevels() {
        Api management = launch.management();
        Map<String, String> trace = Map.of("level", "TRACE");
        assertThat(management.put("/loggers/io.cloneplatform", trace).string("/effectiveLevel"))
                .isEqualTo("TRACE");
        for (String other :
                List.of("io.vertx", "ROOT", "io.cloneplatformx", "", "io.cloneplatform." + "x".repeat(200))) {
            assertThat(management.put("/loggers/" + other, trace).status())
                    .as(other)
                    .isEqualTo(400);
        }
        String own = "/loggers/io.cloneplatform.test";
        for (Object bad :
                List.of(Map.of("level", "LOUD"), Map.of("level", 5), Map.of(), List.of(), "x".repeat(5_000))) {
            assertThat(management.put(own, bad).status()).as(bad.toString()).isEqualTo(400);
        }
        assertThat(management.post("/loggers", trace).status()).isEqualTo(405);
        for (int i = 0; i < 120; i++) {
            assertThat(management.put(own + i, trace).status()).isEqualTo(i < 99 ? 200 : 400);
        }
        Map<String, Object> none = new HashMap<>();
        none.put("level", null);
        assertThat(management.put(own + 1, none).at("/level").isNull()).isTrue();
        assertThat(management
                        .get("/loggers")
                        .at("/loggers/io.cloneplatform/level")
                        .textValue())
                .isEqualTo("TRACE");
    }

    private String signUp() {
        Answer answer = api.post(
                        "/signup",
                        Map.of(
                                "email", EMAIL,
                                "password", PASSWORD,
                                "name", "Somebody",
                                "withdrawalPassword", WITHDRAWAL_PASSWORD))
                .ok();
        Answer signedIn = api.post("/signin", Map.of("email", EMAIL, "password", PASSWORD))
                .ok();
        api.as(ADMIN_KEY).get("/admin/users").ok();
        for (Answer session : List.of(answer, signedIn)) {
            secrets.add(session.string("/session/access_token"));
            secrets.add(session.string("/session/refresh_token"));
        }
        return answer.string("/session/access_token");
    }

    /** Puts every secret where it belongs and where it does not; returns how many requests that took. */
    private int plant(String token) {
        int sent = 0;
        for (String secret : List.copyOf(secrets)) {
            String inUri = secret.replace("@", "%40");
            Map<String, String> headers = Map.of(
                    "Authorization",
                    "Basic " + secret,
                    "apikey",
                    secret,
                    "Cookie",
                    "session=" + secret,
                    "x-request-id",
                    secret + "@",
                    "traceparent",
                    secret,
                    "Idempotency-Key",
                    secret.length() > 255 ? secret.substring(0, 255) : secret);
            api.with(headers).get("/profile").problem(401);
            api.with(headers).post("/signin", Map.of("email", secret, "password", secret));
            api.get("/nowhere/" + inUri + "?token=" + inUri).problem(404);
            api.get("/faq?search=" + inUri.substring(0, Math.min(60, inUri.length())));
            api.get("/openapi.json/" + inUri);
            api.as(token).get("/support-tickets/" + inUri + "?password=" + inUri);
            api.as(secret).get("/earnings");
            api.as(token).post("/withdrawals", Map.of("amount", secret, "withdrawalPassword", List.of(secret)));
            api.as(token).send("POST", "/withdrawals", Map.of("amount", 1, "withdrawalPassword", secret), null);
            api.as(token).put("/profile", Map.of("email", secret, "name", secret + "\u0000"));
            api.as(ADMIN_KEY).get("/admin/users?search=" + inUri.substring(0, Math.min(60, inUri.length())));
            api.as(ADMIN_KEY).post("/admin/freeze", Map.of("userId", secret, "reason", secret));
            raw(
                    "POST /signup HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
                            + (secret.length() + 3) + "\r\n\r\n{\"" + secret + "\"");
            raw("GET /" + secret + "%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            raw(secret + " no http\r\n\r\n");
            raw("GET /profile HTTP/1.1\r\nHost: x\r\nAuthorization: " + (secret + " ").repeat(3_000) + "\r\n\r\n");
            sent += 16;
        }
        return sent;
    }

    private void raw(String bytes) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), launch.port("HTTP_PORT"))) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            assertThat(e)
                    .as("a connection that is closed while it is written to")
                    .message()
                    .containsAnyOf("reset", "Broken pipe");
        }
    }

    private static List<JsonNode> requests(String output) {
        return output.lines()
                .filter(line -> line.startsWith("{"))
                .map(Json::read)
                .filter(line -> line.path("loggerName").asText().equals("io.cloneplatform.requests"))
                .map(line -> line.get("mdc"))
                .filter(line -> !line.path("operation").asText().equals("gateway.health")) // asked by the start
                .toList();
    }

    private static void isTheLastOne(JsonNode line) {
        assertThat(line.path("operation").textValue()).isEqualTo("earnings.summary");
        assertThat(line.path("status").textValue()).isEqualTo("200");
        assertThat(line.path("caller").textValue()).isEqualTo("member");
        assertThat(line.path("requestId").textValue()).isEqualTo("my-request-1");
        assertThat(line.path("traceId").textValue()).isEqualTo(TRACE_ID);
        assertThat(line.path("durationMs").textValue()).matches("\\d+\\.\\d");
    }
}
