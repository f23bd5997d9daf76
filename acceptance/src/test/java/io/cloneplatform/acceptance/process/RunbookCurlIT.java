package io.cloneplatform.acceptance.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The lines that operators type, through the real curl. */
@Timeout(90)
class RunbookCurlIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final String api = SharedPlatform.api().base();

    @BeforeAll
    static void requireCurl() {
        Program.require("curl");
    }

    @Test
    void theFirstCallsOfTheReadmeWork() throws IOException {
        String readme = Files.readString(Repository.root().resolve("README.md"));
        String section = readme.substring(readme.indexOf("## First calls"));
        String lines = section.substring(section.indexOf("```sh") + 5, section.indexOf("```\n"));
        assertThat(lines).contains("API=http://127.0.0.1:8080");
        List<JsonNode> answers = shell(lines.replace("http://127.0.0.1:8080", api));
        assertThat(answers).hasSizeGreaterThanOrEqualTo(5);
        answers.forEach(RunbookCurlIT::requireSuccess);
        assertThat(answers.get(1).at("/product/userEarned").decimalValue()).isEqualByComparingTo("80");
    }

    @Test
    void theOldRunbookWorks() {
        List<JsonNode> answers = shell(
                """
                BASE=%s/functions/v1/make-server-44a642d3
                ANON=eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoiYW5vbiJ9.c2lnbmF0dXJl
                JSON='Content-Type: application/json'
                curl -s "$BASE/health" -H "Authorization: Bearer $ANON"
                curl -s -X POST "$BASE/signup" -H "Authorization: Bearer $ANON" -H "apikey: $ANON" -H "$JSON" \\
                  -d '{"email":"runbook@example.com","password":"Password123","name":"Runbook","withdrawalPassword":"Password123"}'
                TOKEN=$(curl -s -X POST "$BASE/signin" -H "Authorization: Bearer $ANON" -H "$JSON" \\
                  -d '{"email":"runbook@example.com","password":"Password123"}' | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')
                curl -s -X POST "$BASE/profile" -H "authorization: bearer $TOKEN"
                curl -s -X POST "$BASE/submit-product" -H "Authorization: Bearer $TOKEN" -H "$JSON" \\
                  -d '{"productName":"Camera","productValue":500}'
                curl -s -X POST "$BASE/request-withdrawal" -H "Authorization: Bearer $TOKEN" -H "$JSON" \\
                  -d '{"amount":100,"withdrawalPassword":"Password123"}'
                curl -s "$BASE/withdrawal-history" -H "Authorization: Bearer $TOKEN"
                curl -s "$BASE/admin/withdrawals?status=pending" -H "Authorization: Bearer $ADMIN_KEY"
                curl -s "$BASE/admin/metrics" -H "Authorization: Bearer $ADMIN_KEY"
                curl -s "$BASE/admin/users?search=runbook" -H "Authorization: Bearer $ADMIN_KEY"
                """
                        .formatted(api));
        assertThat(answers).hasSize(9);
        assertThat(answers.get(0).path("status").asText()).isEqualTo("ok");
        answers.subList(1, 9).forEach(RunbookCurlIT::requireSuccess);
        assertThat(answers.get(2).path("email").asText()).isEqualTo("runbook@example.com");
        assertThat(answers.get(4).path("newBalance").decimalValue()).isEqualByComparingTo("300");
        assertThat(answers.get(8).path("total").asInt()).isEqualTo(1);
    }

    private static void requireSuccess(JsonNode answer) {
        assertThat(answer.path("success").asBoolean())
                .as("success of %s", answer)
                .isTrue();
    }

    /** Runs lines as a shell does, and reads the JSON that they print. */
    private static List<JsonNode> shell(String lines) {
        Launch launch = new Launch(List.of("sh", "-e", "-c", lines), Map.of("ADMIN_KEY", SharedPlatform.ADMIN_KEY));
        try (PlatformProcess shell = launch.start();
                var values = Json.MAPPER.readerFor(JsonNode.class).<JsonNode>readValues(finished(shell))) {
            return values.readAll();
        } catch (IOException e) {
            throw new AssertionError("Not JSON: " + e.getMessage(), e);
        }
    }

    private static String finished(PlatformProcess shell) {
        int exit = shell.awaitExit(LIMIT);
        assertThat(exit).as("exit code of %s", shell).isZero();
        return shell.wholeOutput();
    }
}
