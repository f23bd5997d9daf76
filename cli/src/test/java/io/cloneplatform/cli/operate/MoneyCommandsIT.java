package io.cloneplatform.cli.operate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.cli.operate.OperatedPlatform.Person;
import io.cloneplatform.cli.operate.OperatedPlatform.Ran;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code clonectl withdrawals} and {@code admin create} against a running platform, and how every command
 * refuses.
 */
class MoneyCommandsIT {
    private final OperatedPlatform platform = OperatedPlatform.get();

    @Test
    void aWithdrawalIsApprovedAndAnotherDenied() {
        Person person = platform.person("payee");
        platform.credit(person, "300");
        String paid = platform.withdrawal(person, "100");
        String denied = platform.withdrawal(person, "50");
        assertThat(platform.ok("withdrawals", "pending", "--limit", "500"))
                .contains(paid, "100.00 USD", "p***@members.internal", "pending in all.");
        String before = platform.state();
        assertThat(platform.ok("withdrawals", "approve", paid, "--dry-run")).contains("approved", "paid out");
        assertThat(platform.ok("withdrawals", "deny", denied, "--reason", "No", "--dry-run"))
                .contains("denied: No", "available");
        assertThat(platform.state()).isEqualTo(before);
        assertThat(platform.ok("withdrawals", "approve", paid)).contains("approved", "100.00 USD of payee");
        JsonNode answer = platform.run("withdrawals", "deny", denied, "--reason", "No such bank", "--json")
                .json();
        assertThat(answer.at("/withdrawal/status").asText()).isEqualTo("denied");
        assertThat(answer.at("/withdrawal/userEmail").asText()).isEqualTo("p***@members.internal");
        assertThat(platform.ok("user", "balance", person.id())).contains("Available  200.00 USD", "Held       0.00");
        Ran again = platform.run("withdrawals", "approve", paid);
        assertThat(again.exit()).isEqualTo(1);
        assertThat(again.err()).contains("approved", "400");
        assertThat(platform.run("withdrawals", "approve", paid, "--dry-run").err())
                .contains("No pending withdrawal has the id");
        assertThat(platform.run("withdrawals", "approve", "17").exit()).isEqualTo(2);
    }

    @Test
    void theAgeOfWithdrawalsIsHoursOrDays() {
        Person person = platform.person("waiting");
        platform.credit(person, "10");
        String old = platform.withdrawal(person, "10");
        platform.inside().execute("SET session_replication_role = replica");
        platform.inside()
                .execute(
                        "UPDATE kv_store_44a642d3 SET created_at = created_at - interval '25 hours' WHERE key LIKE ?",
                        "withdrawal:%" + old);
        platform.inside().execute("RESET session_replication_role");
        assertThat(platform.ok("withdrawals", "pending", "--older-than", "24h")).contains(old);
        assertThat(platform.ok("withdrawals", "pending", "--older-than", "1d")).contains(old);
        assertThat(platform.ok("withdrawals", "pending", "--older-than", "26h")).doesNotContain(old);
        for (String wrong : new String[] {"24", "h", "-1h", "99999999999h", "4000d", "1.5h"}) {
            assertThat(platform.run("withdrawals", "pending", "--older-than=" + wrong)
                            .exit())
                    .as(wrong)
                    .isEqualTo(2);
        }
        platform.ok("withdrawals", "deny", old, "--reason", "test");
    }

    @Test
    void theSameKeyDoesItOnce() {
        Person person = platform.person("once");
        platform.credit(person, "100");
        String id = platform.withdrawal(person, "60");
        String[] approve = {"withdrawals", "approve", id, "--idempotency-key", "retry-" + id};
        String first = platform.ok(approve);
        assertThat(platform.ok(approve)).isEqualTo(first);
        assertThat(platform.ok("user", "balance", person.id())).contains("Available  40.00 USD");
        assertThat(platform.run("withdrawals", "approve", id, "--idempotency-key", "two words")
                        .exit())
                .isEqualTo(2);
    }

    @Test
    void anAdminIsMadeWithAPasswordThatNoArgumentShows(@TempDir Path directory) throws IOException {
        String username = "ops-" + System.nanoTime();
        String before = platform.state();
        String[] create = {"admin", "create", "--username", username, "--permissions", "users.view,ledger.view"};
        assertThat(platform.ok(with(create, "--dry-run", "--generate"))).contains(username, "users.view, ledger.view");
        assertThat(platform.state()).isEqualTo(before);
        Path file = Files.writeString(directory.resolve("password"), "staple battery horse\n");
        assertThat(platform.ok(with(create, "--password-file", file.toString())))
                .contains("Admin account " + username + " made")
                .doesNotContain("staple");
        platform.admin()
                .change("POST", "/admin-login", Map.of("username", username, "password", "staple battery horse"), null);
        assertThat(platform.ok(with(create, "--dry-run"))).contains("exists: this would be refused");
        Ran twice = platform.run(with(create, "--generate"));
        assertThat(twice.exit()).isEqualTo(1);
        assertThat(twice.out()).isEmpty();
        JsonNode generated = platform.run(
                        "admin",
                        "create",
                        "--username",
                        username + "x",
                        "--permissions",
                        "users.view",
                        "--generate",
                        "--json")
                .json();
        platform.admin()
                .change(
                        "POST",
                        "/admin-login",
                        Map.of(
                                "username",
                                username + "x",
                                "password",
                                generated.path("generatedPassword").asText()),
                        null);
        InputStream input = System.in;
        System.setIn(new ByteArrayInputStream("typed by a program\nand more".getBytes(StandardCharsets.UTF_8)));
        try {
            platform.ok(
                    "admin", "create", "--username", username + "y", "--permissions", "users.view", "--password-stdin");
        } finally {
            System.setIn(input);
        }
        platform.admin()
                .change(
                        "POST",
                        "/admin-login",
                        Map.of("username", username + "y", "password", "typed by a program"),
                        null);
        Ran noTerminal = platform.run(create);
        assertThat(noTerminal.exit()).isEqualTo(2);
        assertThat(noTerminal.err()).contains("--password-file, --password-stdin or --generate");
    }

    private static String[] with(String[] arguments, String... more) {
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return all;
    }

    @Test
    void aChangeWithoutAnAnswerSaysHowToSendItAgain() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread hangsUp = new Thread(() -> {
                while (!server.isClosed()) {
                    try (Socket socket = server.accept()) {
                        assertThat(socket.getInputStream().read()).isPositive();
                    } catch (IOException e) {
                        // The test is over.
                    }
                }
            });
            hangsUp.setDaemon(true);
            hangsUp.start();
            String[] refresh = {
                "premium",
                "refresh-cache",
                "--url",
                "http://127.0.0.1:" + server.getLocalPort(),
                "--admin-key-file",
                platform.keyFile().toString()
            };
            Ran text = OperatedPlatform.clonectl(refresh);
            assertThat(text.exit()).isEqualTo(1);
            assertThat(text.err())
                    .containsPattern("Run the same command again with --idempotency-key clonectl-[0-9a-f-]{36}");
            JsonNode problem = OperatedPlatform.clonectl(with(refresh, "--json", "--idempotency-key", "mine"))
                    .problem();
            assertThat(problem.path("code").asText()).isEqualTo("OUTCOME_UNKNOWN");
            assertThat(problem.path("idempotencyKey").asText()).isEqualTo("mine");
        }
    }

    @Test
    void everyFailureHasItsExitCodeAndItsNextStep(@TempDir Path directory) throws IOException {
        Path wrong = Files.writeString(directory.resolve("key"), "not-the-key");
        String[] list = {"premium", "list", "--url", platform.url(), "--admin-key-file", wrong.toString()};
        Ran wrongKey = OperatedPlatform.clonectl(list);
        assertThat(wrongKey.exit()).isEqualTo(1);
        assertThat(wrongKey.err()).contains("Is the admin key right?", "401");
        Ran asJson = OperatedPlatform.clonectl(with(list, "--json"));
        assertThat(asJson.out()).isEmpty();
        assertThat(asJson.problem().path("status").asInt()).isEqualTo(401);
        for (String away : new String[] {"http://127.0.0.1:9", "http://nowhere.invalid"}) {
            Ran unreachable = OperatedPlatform.clonectl(
                    "user", "show", "joan", "--url", away, "--admin-key-file", wrong.toString(), "--json");
            assertThat(unreachable.exit()).isEqualTo(3);
            assertThat(unreachable.problem().path("code").asText()).isEqualTo("UNREACHABLE");
        }
        Ran noKey = OperatedPlatform.clonectl("premium", "list", "--url", platform.url());
        assertThat(noKey.exit()).isEqualTo(2);
        assertThat(noKey.err()).contains("ADMIN_KEY");
        Ran noReason = platform.run("user", "freeze", "joan", "--json");
        assertThat(noReason.exit()).isEqualTo(2);
        assertThat(noReason.problem().path("code").asText()).isEqualTo("CALLED_WRONGLY");
        assertThat(OperatedPlatform.clonectl("user", "show", "--help").out())
                .contains("Exit codes:", "3   The platform cannot be reached.");
    }
}
