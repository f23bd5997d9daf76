package io.cloneplatform.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloneplatform.common.launch.Ports;
import io.cloneplatform.common.launch.StartException;
import io.cloneplatform.common.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StandaloneIT {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @TempDir
    Path directory;

    @Test
    void servesOnItsOwnDatabaseAndLeavesNothingRunning() throws Exception {
        Map<String, String> environment = environment();
        try (Standalone standalone = standalone(environment)) {
            standalone.start(false);
            assertThat(status(environment.get("HTTP_PORT"), "/health")).isEqualTo(200);
            assertThat(status(environment.get("MANAGEMENT_PORT"), "/health/ready"))
                    .isEqualTo(200);
            assertThat(printed())
                    .contains("http://127.0.0.1:" + environment.get("HTTP_PORT"), "psql 'postgresql://", "Ctrl-C");
        }
        assertThat(directory.resolve("data/postgres/postmaster.pid")).doesNotExist();
        Ports.requireFree(new Ports.Port("HTTP_PORT", "127.0.0.1", Integer.parseInt(environment.get("HTTP_PORT"))));
    }

    @Test
    void aPortInUseStartsNothing() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Map<String, String> environment = environment();
            environment.put("MANAGEMENT_PORT", Integer.toString(taken.getLocalPort()));
            assertThatThrownBy(() -> startAndClose(environment))
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("set MANAGEMENT_PORT to another port");
        }
        assertThat(directory.resolve("data/postgres")).doesNotExist();
    }

    @Test
    void aServerWithoutTheSchemaIsNotMigratedButExplained() {
        Map<String, String> environment = environment();
        environment.put("DATABASE_URL", TestDatabase.createEmpty());
        assertThatThrownBy(() -> startAndClose(environment))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("Run ./clonectl migrate first.");
    }

    @Test
    void theDemoIsNotForProduction() {
        Map<String, String> environment = environment();
        environment.put("PROFILE", "production");
        Standalone standalone = standalone(environment);
        assertThatThrownBy(() -> standalone.start(true)).isInstanceOf(StartException.class);
    }

    @Test
    void aStopBeforeTheStartIsFinal() {
        Standalone standalone = standalone(environment());
        standalone.close();
        assertThatThrownBy(() -> standalone.start(false)).hasMessage("Stopped before it was ready.");
    }

    private static int status(String port, String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + port + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding())
                .statusCode();
    }

    private void startAndClose(Map<String, String> environment) {
        try (Standalone standalone = standalone(environment)) {
            standalone.start(false);
        }
    }

    private Standalone standalone(Map<String, String> environment) {
        return new Standalone(environment, Services.all(), new PrintStream(out, true, StandardCharsets.UTF_8));
    }

    private Map<String, String> environment() {
        Map<String, String> environment =
                new HashMap<>(Ports.choose(Map.of("HTTP_PORT", "0", "MANAGEMENT_PORT", "0", "DATABASE_PORT", "0")));
        environment.put("DATA_DIR", directory.resolve("data").toString());
        return environment;
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }
}
