package io.cloneplatform.acceptance.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What a person sees who runs commands on a terminal, which Debian's script makes: colours, and passwords
 * unseen.
 */
@Timeout(120)
class CommandsOnATerminalIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String ESCAPE = "\u001b[";

    private final Api api = SharedPlatform.api();

    @BeforeAll
    static void requireScript() {
        Program.require("script");
    }

    /** A command on a terminal of its own, typed at as its questions appear. */
    private final class Session implements AutoCloseable {
        private final Process process;
        private final Thread reader;
        private String shown = "";

        Session(String arguments) throws IOException {
            Path java = Path.of(System.getProperty("java.home"), "bin", "java");
            String command = java + " -jar " + Repository.jar("cli") + " " + arguments + " --url " + api.base();
            ProcessBuilder builder =
                    new ProcessBuilder("script", "-qec", command, "/dev/null").redirectErrorStream(true);
            builder.environment().putAll(Map.of("ADMIN_KEY", SharedPlatform.ADMIN_KEY, "TERM", "xterm"));
            builder.environment().remove("NO_COLOR");
            process = builder.start();
            reader = new Thread(this::read);
            reader.setDaemon(true);
            reader.start();
        }

        private void read() {
            char[] characters = new char[1_024];
            try (Reader stream = new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)) {
                for (int n = stream.read(characters); n >= 0; n = stream.read(characters)) {
                    show(new String(characters, 0, n));
                }
            } catch (IOException e) {
                show(e.toString());
            }
        }

        private synchronized void show(String more) {
            shown += more;
        }

        synchronized String shown() {
            return shown;
        }

        void answer(String question, String typed) throws IOException {
            Waiting.until(LIMIT, () -> "not asked " + question + ": " + shown(), () -> shown().contains(question));
            OutputStream keyboard = process.getOutputStream();
            keyboard.write((typed + "\n").getBytes(StandardCharsets.UTF_8));
            keyboard.flush();
        }

        int end() throws InterruptedException {
            assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .as("ended: %s", shown())
                    .isTrue();
            reader.join(LIMIT.toMillis());
            return process.exitValue();
        }

        @Override
        public void close() {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    @Test
    void marksAreColouredOnATerminalAlone() throws IOException, InterruptedException {
        try (Session session = new Session("doctor api")) {
            int exit = session.end();
            assertThat(exit).as(session.shown()).isZero();
            assertThat(session.shown()).contains(ESCAPE + "32m✓" + ESCAPE + "0m Network");
        }
        try (PlatformProcess piped =
                Launch.jar("cli", "doctor", "api", "--url", api.base()).start()) {
            assertThat(piped.awaitExit(LIMIT)).isZero();
            assertThat(piped.wholeOutput()).contains("✓ Network").doesNotContain("\u001b");
        }
    }

    @Test
    void aPasswordIsAskedForAndNeverShown() throws IOException, InterruptedException {
        String username = "typed-" + UUID.randomUUID().toString().substring(0, 8);
        String password = "unseen by anybody";
        try (Session session = new Session("admin create --username " + username + " --permissions users.view")) {
            session.answer("Password: ", password);
            session.answer("Once more: ", password);
            assertThat(session.end()).as(session.shown()).isZero();
            assertThat(session.shown())
                    .contains("Admin account " + username + " made")
                    .doesNotContain("unseen");
        }
        api.post("/admin-login", Map.of("username", username, "password", password))
                .ok();
    }

    @Test
    void testDataStaysUnlessTheWordIsTyped() throws IOException, InterruptedException {
        Member test = Member.signUp(api, "stays-" + UUID.randomUUID(), null);
        try (Session session = new Session("testdata reset")) {
            session.answer("Type RESET to go on: ", "yes");
            assertThat(session.end()).isEqualTo(1);
            assertThat(session.shown()).contains("Nothing was changed.");
        }
        test.api().get("/profile").ok();
    }
}
