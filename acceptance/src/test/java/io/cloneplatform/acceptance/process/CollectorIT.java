package io.cloneplatform.acceptance.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.cloneplatform.common.testing.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A collector of traces gets them when it is there; when it is not, nobody notices but its operator. */
@Timeout(120)
class CollectorIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int REQUESTS = 3_000; // more spans than may wait
    private static final Duration EACH = Duration.ofSeconds(2);

    @Test
    void aCollectorThatIsAwayCostsSpansAndNothingElse() throws IOException {
        int port = FreePorts.next();
        Launch launch = Launch.jar("standalone")
                .with("DATABASE_URL", TestDatabase.create(), "OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:" + port);
        try (PlatformProcess process = launch.start().awaitReady()) {
            Api api = launch.api();
            launch.management().put("/loggers/io.cloneplatform.requests", Map.of("level", "OFF"));
            for (int i = 0; i < REQUESTS; i++) {
                api.get("/faq").ok().within(EACH);
            }
            BlockingQueue<String> received = new LinkedBlockingQueue<>();
            HttpServer collector = collector(port, received);
            Waiting.until(LIMIT, () -> "no spans", () -> {
                api.get("/faq/search?q=money").ok();
                return received.stream().anyMatch(spans -> spans.contains("support.faq-search"));
            });
            assertThat(received).anyMatch(spans -> spans.contains("clone-platform"));
            process.signal("TERM"); // and goes on reading what it writes
            assertThat(process.awaitExit(LIMIT)).isZero();
            collector.stop(0);
            assertThat(process.wholeOutput())
                    .containsOnlyOnce("The collector of traces takes nothing")
                    .containsOnlyOnce("The collector of traces takes spans again")
                    .doesNotContain("ERROR", "SEVERE");
        }
    }

    private static HttpServer collector(int port, BlockingQueue<String> received) throws IOException {
        HttpServer collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        collector.createContext("/v1/traces", exchange -> {
            received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        return collector;
    }
}
