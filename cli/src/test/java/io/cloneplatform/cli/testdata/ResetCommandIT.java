package io.cloneplatform.cli.testdata;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloneplatform.cli.operate.OperatedPlatform;
import io.cloneplatform.cli.operate.OperatedPlatform.Person;
import io.cloneplatform.common.json.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Unmatched;

/**
 * {@code clonectl testdata reset}: only test members go, never without a backup, never while their money is
 * owed.
 */
class ResetCommandIT {
    private final OperatedPlatform platform = OperatedPlatform.get();
    private final List<String> asked = new ArrayList<>();
    private int backupExit;

    /** Stands where the command for backups does, and writes down what it is asked. */
    @Command(name = "backup")
    final class Recorder implements Callable<Integer> {
        @Parameters(index = "0")
        private String word;

        @Unmatched
        private List<String> rest = new ArrayList<>();

        @Override
        public Integer call() {
            asked.add(word + " " + String.join(" ", rest));
            return backupExit;
        }
    }

    @Command(name = "clonectl")
    static final class Root {}

    private record Ran(int exit, String out, String err) {}

    private Ran reset(String... options) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        ResetCommand command =
                new ResetCommand(new Backups(() -> new CommandLine(new Root()).addSubcommand(new Recorder())));
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of(
                "--url", platform.url(), "--admin-key-file", platform.keyFile().toString()));
        int exit = new CommandLine(command)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    err.write(String.valueOf(failure.getMessage()));
                    return 1;
                })
                .execute(all.toArray(String[]::new));
        return new Ran(exit, out.toString(), err.toString());
    }

    private Person test(String domain) {
        String username = "test-" + UUID.randomUUID().toString().substring(0, 13);
        var answer = platform.admin()
                .change(
                        "POST",
                        "/signup",
                        Map.of(
                                "email",
                                username + "@" + domain,
                                "username",
                                username,
                                "name",
                                "Test",
                                "password",
                                "Password123",
                                "withdrawalPassword",
                                "Password123"),
                        null);
        return new Person(
                answer.at("/user/id").asText(),
                username,
                answer.at("/session/access_token").asText());
    }

    private boolean exists(Person person) {
        return platform.inside()
                        .number(
                                "SELECT count(*) FROM member WHERE id = ? AND deleted_at IS NULL",
                                UUID.fromString(person.id()))
                == 1;
    }

    @Test
    void onlyTestMembersGoAndOnlyAfterABackup() {
        Person rich = test("example.com");
        platform.credit(rich, "100");
        platform.withdrawal(rich, "30");
        platform.admin()
                .change("POST", "/admin/premium", Map.of("userId", rich.id(), "amount", 50, "position", 1), null);
        List<Person> tests = List.of(rich, test("smoke.test"), test("a.b.invalid"), test("EXAMPLE.org"));
        List<Person> others =
                List.of(test("example.com.de"), test("test.com"), test("myexample.com"), test("invalid.org"));
        String before = platform.state();

        Ran planned = reset("--dry-run");
        assertThat(planned.exit()).isZero();
        tests.forEach(person -> assertThat(planned.out()).contains(person.id()));
        others.forEach(person -> assertThat(planned.out()).doesNotContain(person.id()));
        assertThat(planned.out()).contains("t***@example.com", "1 pending withdrawals denied first");
        assertThat(reset().exit()).as("without a terminal and without --yes").isEqualTo(2);
        backupExit = 1;
        Ran unsaved = reset("--yes");
        assertThat(unsaved.exit()).isEqualTo(1);
        assertThat(unsaved.err()).contains("Nothing was changed, because the backup failed");
        assertThat(platform.state()).isEqualTo(before);

        backupExit = 0;
        asked.clear();
        Ran done = reset("--yes", "--json");
        assertThat(done.exit()).as("%s", done).isZero();
        assertThat(asked).hasSize(1);
        assertThat(asked.get(0)).matches("create --name Before-reset-\\d{4}-\\d\\d-\\d\\dT\\d{6}Z --json");
        assertThat(Json.read(done.out()).path("removed").asInt()).isGreaterThanOrEqualTo(4);
        assertThat(tests).noneMatch(this::exists);
        assertThat(others).allMatch(this::exists);
        assertThat(platform.admin().get("/admin/ledger/verify").path("balanced").asBoolean())
                .isTrue();
        assertThat(reset("--yes").out()).contains("There is no test data.");
    }

    @Test
    void whoMayNotBeRemovedStaysAndIsNamed() {
        Person waiting = test("example.net");
        platform.as(waiting)
                .change(
                        "POST",
                        "/submit-product",
                        Map.of("productName", "Rack", "productValue", new BigDecimal("20000")),
                        null);
        Ran ran = reset("--yes");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.out()).contains("Not removed: " + waiting.id(), "waits for review");
        assertThat(exists(waiting)).isTrue();
        String submission = platform.admin()
                .get("/admin/submissions?limit=500")
                .at("/submissions/0/id")
                .asText();
        platform.admin().change("POST", "/admin/submissions/" + submission + "/reject", Json.object(), null);
        reset("--yes");
        assertThat(exists(waiting)).isFalse();
    }
}
