package io.cloneplatform.cli.adminkey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.auth.AuthService;
import io.cloneplatform.cli.remote.AdminApi;
import io.cloneplatform.cli.remote.Failure;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.testing.TestDatabase;
import io.cloneplatform.common.testing.TestPlatform;
import io.cloneplatform.gateway.GatewayService;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The admin key is replaced while several instances run, and no restart brings an old one back. */
class RotateCommandIT {
    private static final String FIRST = "first-admin-key-of-the-settings";
    private static final long KNOWN_EVERYWHERE_MS = 3_000;

    private final String database = TestDatabase.create();

    /** One instance: its own port, the common database. */
    private record Instance(TestPlatform platform, URI url) implements AutoCloseable {
        boolean takes(String key) {
            try {
                new AdminApi(url, key, Duration.ofSeconds(5)).get("/admin/accounts");
                return true;
            } catch (Failure refused) {
                return false;
            }
        }

        @Override
        public void close() {
            platform.close();
        }
    }

    private Instance start(String adminKey) {
        int port = freePort();
        TestPlatform platform = TestPlatform.start(
                database,
                List.of(new AuthService(), new GatewayService()),
                "HTTP_PORT",
                String.valueOf(port),
                "ADMIN_KEY",
                adminKey);
        return new Instance(platform, URI.create("http://127.0.0.1:" + port));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private JsonNode rotate(String... options) {
        StringWriter printed = new StringWriter();
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.add("--json");
        int exit = new CommandLine(new RotateCommand(Map.of("DATABASE_URL", database)))
                .setOut(new PrintWriter(printed))
                .execute(arguments.toArray(String[]::new));
        assertThat(exit).isZero();
        return Json.read(printed.toString());
    }

    private static boolean soon(Instance instance, String key, boolean taken) {
        long end = System.currentTimeMillis() + KNOWN_EVERYWHERE_MS;
        while (instance.takes(key) != taken && System.currentTimeMillis() < end) {
            pause();
        }
        return instance.takes(key) == taken;
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Test
    void everyInstanceTakesTheNewKeyWithinSecondsAndTheOldOneNoMore() {
        try (Instance one = start(FIRST);
                Instance two = start(FIRST)) {
            assertThat(soon(one, FIRST, true) && soon(two, FIRST, true)).isTrue();
            String second =
                    rotate("--reason", "It was in a chat").get("adminKey").asText();
            for (Instance instance : List.of(one, two)) {
                assertThat(soon(instance, second, true)).as("the new one").isTrue();
                assertThat(soon(instance, FIRST, false)).as("the old one").isTrue();
            }
            JsonNode record = new AdminApi(one.url(), second, Duration.ofSeconds(5))
                    .get("/admin/audit?action=admin-key-rotated&actor=clonectl")
                    .at("/records/0");
            assertThat(record.get("reason").asText()).isEqualTo("It was in a chat");
            assertThat(record.toString()).doesNotContain(second, FIRST);
        }
    }

    @Test
    void aRestartWithTheOldSettingKeepsTheNewKeyAndOneWithAnotherSettingTakesThat() {
        start(FIRST).close();
        String second = rotate().get("adminKey").asText();
        try (Instance again = start(FIRST)) {
            assertThat(soon(again, second, true)).isTrue();
            assertThat(again.takes(FIRST)).isFalse();
        }
        try (Instance changed = start("third-admin-key-of-the-settings")) {
            assertThat(soon(changed, "third-admin-key-of-the-settings", true)).isTrue();
            assertThat(changed.takes(second)).isFalse();
        }
    }

    @Test
    void theOldKeyIsTakenForAsLongAsItWasSaid() {
        try (Instance instance = start(FIRST)) {
            assertThat(soon(instance, FIRST, true)).isTrue();
            String second = rotate("--overlap", "600").get("adminKey").asText();
            String third = rotate("--overlap", "600").get("adminKey").asText();
            assertThat(soon(instance, third, true)).isTrue();
            assertThat(instance.takes(FIRST) && instance.takes(second)).isTrue();
            rotate("--overlap", "0");
            for (String old : List.of(FIRST, second, third)) {
                assertThat(soon(instance, old, false))
                        .as("after a rotation without overlap")
                        .isTrue();
            }
        }
    }
}
