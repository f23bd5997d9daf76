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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two processes of one service and one that asks them, joined over TCP. */
class ClusterBusIT {
    private static final int REQUESTS = 6;
    private static final List<Platform> PLATFORMS = new ArrayList<>();
    private static final Worker FULL = new Worker();
    private static final Worker OTHER = new Worker();
    private static final Asker ASKER = new Asker();

    @BeforeAll
    static void join() throws IOException {
        String database = TestDatabase.create();
        List<ServiceModule> modules = List.of(FULL, OTHER, ASKER);
        List<String> ports = Asker.freePorts(modules.size());
        for (int i = 0; i < modules.size(); i++) {
            Map<String, String> env = Map.of(
                    "HTTP_PORT", "0",
                    "MANAGEMENT_PORT", "0",
                    "DATABASE_URL", database,
                    "CLUSTER", "tcp",
                    "CLUSTER_HOST", "127.0.0.1",
                    "CLUSTER_PORT", ports.get(i),
                    "CLUSTER_MEMBERS", "127.0.0.1:" + String.join(",127.0.0.1:", ports));
            PLATFORMS.add(Platform.start(PlatformConfig.read(env), "test", List.of(modules.get(i))));
        }
    }

    @AfterAll
    static void leave() {
        PLATFORMS.forEach(Platform::close);
    }

    @BeforeEach
    void nobodyWasAsked() {
        FULL.asked.set(0);
        OTHER.asked.set(0);
        FULL.answer = Reply.refuse(ErrorCode.OVERLOADED, "No room");
    }

    @Test
    void whatFoundNoRoomIsAskedOfAnotherProcessThoughItMayNotBeRepeated() {
        OTHER.answer = Reply.ok(Map.of());
        for (int i = 0; i < REQUESTS; i++) {
            assertThat(ASKER.ask()).isInstanceOf(Reply.Done.class);
        }
        assertThat(FULL.asked.get()).isPositive();
        assertThat(OTHER.asked).hasValue(REQUESTS);
    }

    @Test
    void whenNobodyHasRoomEachIsAskedOnce() {
        OTHER.answer = FULL.answer;
        assertThat(ASKER.ask()).isInstanceOfSatisfying(Reply.Refused.class, refused -> assertThat(refused.code())
                .isEqualTo(ErrorCode.OVERLOADED));
        assertThat(FULL.asked).hasValue(1);
        assertThat(OTHER.asked).hasValue(1);
    }

    @Test
    void anotherRefusalStands() {
        FULL.answer = Reply.refuse(ErrorCode.INSUFFICIENT_BALANCE, "Not enough");
        OTHER.answer = FULL.answer;
        assertThat(ASKER.ask()).isInstanceOf(Reply.Refused.class);
        assertThat(FULL.asked.get() + OTHER.asked.get()).isOne();
    }

    /** Answers what it is told to. */
    private static final class Worker implements ServiceModule {
        private final AtomicInteger asked = new AtomicInteger();
        private volatile Reply answer;

        @Override
        public String name() {
            return "withdrawal";
        }

        @Override
        public Future<Void> deploy(Node node) {
            Operations operations = new Operations(node.writes()).read(Addresses.WITHDRAWAL_REQUEST, request -> {
                asked.incrementAndGet();
                return Future.succeededFuture(answer);
            });
            return OperationsVerticle.deploy(node, name(), operations);
        }
    }
}
