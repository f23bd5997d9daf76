package io.cloneplatform.acceptance.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who watches the platform does it no harm, not even when the watcher hangs. */
@Timeout(90)
class HangingScrapersIT {
    private static final int SCRAPERS = 50;
    private static final int ASKED_BY_EACH = 200;
    private static final int SMALL = 4_096;
    private static final long MOST_BYTES = 64 << 20;
    private static final Pattern DIRECT = Pattern.compile("jvm_buffer_memory_used_bytes\\{id=\"direct\"\\} (\\S+)");
    private static final Duration AT_ONCE = Duration.ofSeconds(3);

    private final Api api = SharedPlatform.api();
    private final Api management = SharedPlatform.management();

    @Test
    void fiftyThatAskAgainAndAgainAndNeverReadTakeNeitherTimeNorMemory() throws IOException {
        List<Socket> hanging = new ArrayList<>();
        try {
            for (int i = 0; i < SCRAPERS; i++) {
                hanging.add(askAndHang());
            }
            for (int i = 0; i < SCRAPERS; i++) {
                assertThat(api.get("/faq").within(AT_ONCE).status()).isEqualTo(200);
            }
            assertThat(management.get("/health/ready").within(AT_ONCE).status()).isEqualTo(200);
            assertThat(keptForThem()).isLessThan(MOST_BYTES);
        } finally {
            for (Socket socket : hanging) {
                socket.close();
            }
        }
    }

    // A gigabyte is asked for, five times what the process may have.
    private Socket askAndHang() throws IOException {
        URI uri = URI.create(management.base());
        Socket socket = new Socket();
        socket.setReceiveBufferSize(SMALL);
        socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
        String request = "GET /metrics HTTP/1.1\r\nHost: " + uri.getAuthority() + "\r\n\r\n";
        socket.getOutputStream().write(request.repeat(ASKED_BY_EACH).getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** Memory outside of the heap, where everything waits that is to be sent. */
    private long keptForThem() {
        Matcher direct =
                DIRECT.matcher(management.get("/metrics").within(AT_ONCE).text());
        assertThat(direct.find()).isTrue();
        return new BigDecimal(direct.group(1)).longValue();
    }
}
