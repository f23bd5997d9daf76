package io.cloneplatform.cli.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloneplatform.cli.smoke.StubServer.Canned;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The suite must be able to fail: against a deployment that answers wrongly it says so and exits 1. */
class SmokeCommandTest {
    private static final String SIGNED_UP =
            "{'success':true,'user':{'id':'m1','email':'wrong@example.com','invitationCode':'AAAAAA'},'session':{'access_token':'t'}}";

    /** What a run printed and how it ended. */
    private record Outcome(int exit, String out, String err) {}

    private static Outcome smoke(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = new CommandLine(new SmokeCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args);
        return new Outcome(exit, out.toString(), err.toString());
    }

    private static Outcome against(Function<String, Canned> script) {
        try (StubServer stub = new StubServer(script)) {
            return smoke("--url", stub.url(), "--admin-key", "key");
        }
    }

    private static Canned healthOnly(String request) {
        return request.endsWith("/health") ? Canned.json("{'status':'ok'}") : Canned.json("{'success':true}");
    }

    @Test
    void everyCheckFailsAgainstAnEmptyAnswer() {
        Outcome outcome = against(request -> Canned.json("{}"));
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.out().lines().filter(line -> line.startsWith("FAIL")))
                .hasSize(27);
        assertThat(outcome.out()).endsWith("0 passed, 27 failed" + System.lineSeparator());
    }

    @Test
    void aFailureSaysWhatWasExpectedAndWhatCame() {
        Outcome outcome = against(request -> new Canned(500, "text/html", "<h1>broken</h1>"));
        assertThat(outcome.out())
                .contains("FAIL  1 core: health: GET /health status: expected 200, got 500 <h1>broken</h1>");
    }

    @Test
    void independentChecksRunAfterAFailure() {
        Outcome outcome = against(SmokeCommandTest::healthOnly);
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.out())
                .startsWith("ok  1 core: health" + System.lineSeparator())
                .contains("FAIL  3 core: sign-in: needs what 'core: sign-up' makes, which failed")
                .contains("FAIL 27 premium: list after")
                .endsWith("1 passed, 26 failed" + System.lineSeparator());
    }

    @Test
    void aSuccessWithTheWrongContentFails() {
        Outcome outcome =
                against(request -> request.endsWith("/signup") ? Canned.json(SIGNED_UP) : healthOnly(request));
        assertThat(outcome.out()).contains("FAIL  2 core: sign-up: POST /signup /user/email: expected \"smoke-");
    }

    @Test
    void removesItsMembersAlsoAfterFailures() {
        try (StubServer stub =
                new StubServer(request -> request.endsWith("/signup") ? Canned.json(SIGNED_UP) : healthOnly(request))) {
            assertThat(smoke("--url", stub.url(), "--admin-key", "key").exit()).isEqualTo(1);
            assertThat(stub.asked()).contains("GET /admin/users", "DELETE /admin/users/m1");
        }
    }

    @Test
    void saysWhatItCouldNotRemove() {
        Outcome outcome = against(request -> request.startsWith("DELETE")
                ? new Canned(500, "text/plain", "no")
                : request.endsWith("/signup") ? Canned.json(SIGNED_UP) : healthOnly(request));
        assertThat(outcome.err()).contains("Clean-up could not remove member m1: ");
    }

    @Test
    void takesABasePathAndATrailingSlash() {
        try (StubServer stub = new StubServer(SmokeCommandTest::healthOnly)) {
            Outcome outcome = smoke("--url", stub.url() + "/functions/v1/base/", "--admin-key", "key");
            assertThat(outcome.out()).startsWith("ok  1 core: health");
            assertThat(stub.asked())
                    .allMatch(request -> request.contains(" /functions/v1/base/") && !request.contains("//"));
        }
    }

    @Test
    void beginsNothingThatItCouldNotRemove() {
        try (StubServer stub = new StubServer(request -> new Canned(401, "application/problem+json", "{}"))) {
            Outcome outcome = smoke("--url", stub.url(), "--admin-key", "key");
            assertThat(outcome.exit()).isEqualTo(1);
            assertThat(outcome.err()).startsWith("The admin key was refused with 401.");
            assertThat(outcome.out()).isEqualTo("0 passed, 27 failed" + System.lineSeparator());
            assertThat(stub.asked()).containsExactly("GET /admin/users");
        }
    }

    @Test
    void saysThatNobodyIsThere() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        Outcome outcome = smoke("--url", "http://127.0.0.1:" + free, "--admin-key", "key");
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.err())
                .startsWith("Cannot reach http://127.0.0.1:" + free + ": connection refused.")
                .hasLineCount(1);
        assertThat(outcome.out()).isEqualTo("0 passed, 27 failed" + System.lineSeparator());
    }

    @Test
    void aDeploymentThatHangsEndsTheSuiteInTime() {
        StringWriter out = new StringWriter();
        try (StubServer stub = new StubServer(SmokeCommandTest::never)) {
            Api api = new Api(URI.create(stub.url()), "key", Duration.ofMillis(200));
            SmokeSuite suite = new SmokeSuite(
                    api, new PrintWriter(out), new PrintWriter(new StringWriter()), Duration.ofMillis(500));
            assertThat(suite.run()).isFalse();
        }
        assertThat(out.toString()).contains("got none within").contains("not run: the suite took over");
    }

    private static Canned never(String request) {
        try {
            Thread.sleep(60_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Canned.json("{}");
    }

    @Test
    void refusesWhatIsNoUrl() {
        assertThat(smoke("--url", "localhost:8080", "--admin-key", "key").exit())
                .isEqualTo(2);
        assertThat(smoke("--url", "ftp://host", "--admin-key", "key").err()).contains("--url: expected something like");
    }

    @Test
    void refusesAKeyThatCannotTravel() {
        Outcome outcome = smoke("--url", "http://127.0.0.1:1", "--admin-key", "two\nlines");
        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.err()).contains("visible ASCII").doesNotContain("two");
    }

    @Test
    void readsTheKeyFromAFile(@TempDir Path dir) throws IOException {
        Path file = Files.writeString(dir.resolve("key"), "key\n");
        try (StubServer stub = new StubServer(SmokeCommandTest::healthOnly)) {
            assertThat(smoke("--url", stub.url(), "--admin-key-file", file.toString())
                            .out())
                    .contains("1 passed");
        }
        assertThat(smoke(
                                "--url",
                                "http://x",
                                "--admin-key-file",
                                dir.resolve("none").toString())
                        .err())
                .contains("cannot read");
    }
}
