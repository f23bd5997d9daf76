package io.cloneplatform.common.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Operations;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.config.PlatformConfig;
import io.cloneplatform.common.launch.Node;
import io.cloneplatform.common.launch.OperationsVerticle;
import io.cloneplatform.common.launch.Platform;
import io.cloneplatform.common.launch.ServiceModule;
import io.cloneplatform.common.testing.TestDatabase;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may join a cluster, and who may speak on its event bus. */
@Tag("faults")
class ClusterGateIT {
    private static final Deque<Platform> PLATFORMS = new ArrayDeque<>();
    private static final Worker WORKER = new Worker();
    private static final Asker INSIDER = new Asker();
    private static final Asker OF_ANOTHER_AUTHORITY = new Asker();
    private static final Asker IN_PLAIN_TEXT = new Asker();
    private static final Asker OF_ANOTHER_NAME = new Asker();

    @TempDir
    private static Path directory;

    @BeforeAll
    static void join() throws IOException {
        String database = TestDatabase.create();
        String[] ours = Certificate.create(directory.resolve("ours")).settings();
        String[] theirs = Certificate.create(directory.resolve("theirs")).settings();
        List<String> ports = Asker.freePorts(5);
        Map<String, String> common =
                Map.of("DATABASE_URL", database, "CLUSTER_MEMBERS", "127.0.0.1:" + String.join(",127.0.0.1:", ports));
        start(common, ports.get(0), WORKER, "blue", ours);
        start(common, ports.get(1), INSIDER, "blue", ours);
        start(common, ports.get(2), OF_ANOTHER_AUTHORITY, "blue", theirs);
        start(common, ports.get(3), IN_PLAIN_TEXT, "blue");
        start(common, ports.get(4), OF_ANOTHER_NAME, "green", ours);
    }

    private static void start(
            Map<String, String> common, String port, ServiceModule module, String name, String... tls) {
        Map<String, String> env = new HashMap<>(common);
        env.putAll(Map.of(
                "HTTP_PORT", "0",
                "MANAGEMENT_PORT", "0",
                "CLUSTER", "tcp",
                "CLUSTER_NAME", name,
                "CLUSTER_PORT", port));
        for (int i = 0; i < tls.length; i += 2) {
            env.put(tls[i], tls[i + 1]);
        }
        PLATFORMS.push(Platform.start(PlatformConfig.read(env), "test", List.of(module)));
    }

    @AfterAll
    static void leave() {
        PLATFORMS.forEach(Platform::close);
    }

    @Test
    void whoHasACertificateOfTheAuthorityIsHeard() {
        int before = WORKER.asked.get();
        assertThat(INSIDER.ask()).isInstanceOf(Reply.Done.class);
        assertThat(WORKER.asked).hasValue(before + 1);
    }

    @Test
    void whoHasAnotherOneIsNotHeard() {
        requireUnheard(OF_ANOTHER_AUTHORITY);
    }

    @Test
    void whoSpeaksInPlainTextIsNotHeard() {
        requireUnheard(IN_PLAIN_TEXT);
    }

    @Test
    void anotherNameIsAnotherCluster() {
        requireUnheard(OF_ANOTHER_NAME);
    }

    private static void requireUnheard(Asker asker) {
        int before = WORKER.asked.get();
        assertThat(asker.ask()).isInstanceOfSatisfying(Reply.Refused.class, refused -> assertThat(refused.code())
                .isIn(ErrorCode.UNAVAILABLE, ErrorCode.TIMEOUT));
        assertThat(WORKER.asked).hasValue(before);
    }

    private static final class Worker implements ServiceModule {
        private final AtomicInteger asked = new AtomicInteger();

        @Override
        public String name() {
            return "withdrawal";
        }

        @Override
        public Future<Void> deploy(Node node) {
            Operations operations = new Operations(node.writes()).read(Addresses.WITHDRAWAL_REQUEST, request -> {
                asked.incrementAndGet();
                return Future.succeededFuture(Reply.ok(Map.of()));
            });
            return OperationsVerticle.deploy(node, name(), operations);
        }
    }
}
