package io.cloneplatform.acceptance.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a newcomer does with a built checkout: start it, look around, Ctrl-C, start it again. */
@Timeout(300)
class FirstStartIT {
    private static final Pattern ADMIN_KEY = Pattern.compile("(?i)admin key[^:\\n]*: *(\\S{16,})");
    private static final Duration DEMO_LIMIT = Duration.ofMinutes(1);
    private static final Duration GONE_LIMIT = Duration.ofSeconds(5);

    @Test
    void startsShowsItselfStopsAndStartsAgain() {
        try (TemporaryDirectory data = new TemporaryDirectory()) {
            Launch up = Launch.clonectl("up")
                    .with("DATA_DIR", data.path().resolve("data").toString())
                    .with("DATABASE_PORT", Integer.toString(FreePorts.next()));
            String key = firstStart(new Launch(Launch.clonectl("up", "--demo").command(), up.settings()), data);
            secondStart(up, key, data);
        }
    }

    private static String firstStart(Launch launch, TemporaryDirectory data) {
        long start = System.nanoTime();
        try (PlatformProcess platform = launch.start().awaitReady()) {
            report("First start", start);
            Waiting.until(
                    DEMO_LIMIT, platform::toString, () -> platform.output().contains("Demo member"));
            assertThat(platform.output()).contains(platform.api().base(), "/openapi.yaml", "/health/ready", "/metrics");
            String key = adminKey(platform);
            everyListShowsSomething(platform.api().as(key));
            importsADump(platform, data, key);
            assertThat(data.processes()).as("PostgreSQL").isNotEmpty();
            platform.interrupt();
            nothingIsLeft(launch, data);
            return key;
        }
    }

    private static void secondStart(Launch launch, String key, TemporaryDirectory data) {
        long start = System.nanoTime();
        try (PlatformProcess platform = launch.start().awaitReady()) {
            report("Second start", start);
            assertThat(platform.api()
                            .as(key)
                            .get("/admin/users")
                            .ok()
                            .at("/total")
                            .asInt())
                    .isGreaterThan(4);
            platform.stop();
            assertThat(platform.wholeOutput()).doesNotContain(key).doesNotContainIgnoringCase("admin key");
            nothingIsLeft(launch, data);
        }
    }

    private static String adminKey(PlatformProcess platform) {
        Matcher matcher = ADMIN_KEY.matcher(platform.output());
        assertThat(matcher.find()).as("admin key of %s", platform).isTrue();
        String key = matcher.group(1);
        assertThat(platform.output().split(Pattern.quote(key), -1)).as("once").hasSize(2);
        return key;
    }

    private static void everyListShowsSomething(Api admin) {
        for (String[] list : new String[][] {
            {"/admin/users", "/users"},
            {"/admin/submissions", "/submissions"},
            {"/admin/withdrawals", "/withdrawals"},
            {"/admin/support-tickets", "/tickets"},
            {"/admin/chat/conversations", "/conversations"},
            {"/admin/premium/list", "/assignments"},
            {"/admin/accounts", "/accounts"},
        }) {
            Answer answer = admin.get(list[0]).ok();
            assertThat(answer.at(list[1]).size()).as("entries of %s", answer).isPositive();
        }
        assertThat(admin.get("/admin/ledger/verify").ok().at("/balanced").asBoolean())
                .isTrue();
    }

    /** What was exported elsewhere goes into the database of the platform that runs, which no variable names. */
    private static void importsADump(PlatformProcess platform, TemporaryDirectory data, String key) {
        Path dump = data.path().resolve("dump.jsonl");
        try {
            Files.writeString(
                    dump,
                    """
                    {"key": "user:6f1f2b52-0b0c-4f43-9d1c-6a2a54b3c001", "value": {"email": "moved@example.com", "name": "Moved", "balance": 12.5}}
                    """);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Launch launch = new Launch(
                Launch.clonectl("import", "kv", "--file", dump.toString()).command(),
                platform.launch().settings());
        try (PlatformProcess importing = launch.start()) {
            int exit = importing.awaitExit(DEMO_LIMIT);
            assertThat(exit).as(importing.wholeOutput()).isZero();
        }
        Answer found = platform.api().as(key).get("/admin/users?search=moved").ok();
        assertThat(found.at("/users/0/balance").decimalValue()).isEqualByComparingTo("12.5");
    }

    private static void nothingIsLeft(Launch launch, TemporaryDirectory data) {
        Waiting.until(GONE_LIMIT, () -> "running: " + data.processes(), () -> data.processes()
                .isEmpty());
        for (String port : new String[] {"HTTP_PORT", "MANAGEMENT_PORT", "DATABASE_PORT"}) {
            assertThat(FreePorts.free(launch.port(port)))
                    .as("%s is free again", port)
                    .isTrue();
        }
    }

    private static void report(String what, long start) {
        System.out.println(what + ": ready after " + Waiting.since(start).toMillis() + " ms");
    }
}
