package io.cloneplatform.acceptance.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What attackers of HTTP itself try: to smuggle a second request in, to hold connections, to have answers misread. */
@Timeout(60)
@ExtendWith(RunningPlatform.Shared.class)
class HardeningIT {
    private static final String HOST = "Host: 127.0.0.1\r\n";
    private static final String JSON = "Content-Type: application/json\r\n";
    private static final String SMUGGLED = "GET /profile HTTP/1.1\r\n" + HOST + "\r\n";

    private final RunningPlatform platform;

    HardeningIT(RunningPlatform platform) {
        this.platform = platform;
    }

    private static long answers(String text) {
        return text.split("HTTP/1\\.1 \\d{3}", -1).length - 1L;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 2\r\nContent-Length: 44\r\n",
                "Content-Length: 2, 44\r\n",
                "Content-Length: -1\r\n",
                "Content-Length: +2\r\n",
                "Content-Length: 0x2\r\n",
                "Content-Length: 2 \0\r\n",
                "Content-Length : 2\r\n",
                "Transfer-Encoding: xchunked\r\n",
                "Transfer-Encoding : chunked\r\n",
                "Transfer-Encoding:\u000bchunked\r\n",
                "Bad\0Name: x\r\n",
                "X: a\0b\r\nContent-Length: 2\r\n"
            })
    void aHeadThatTwoReadersCouldReadInTwoWaysIsRefusedAndEndsTheConnection(String headers) {
        String text =
                platform.raw().exchange("POST /signin HTTP/1.1\r\n" + HOST + JSON + headers + "\r\n{}" + SMUGGLED);
        assertThat(text).matches("(?s)HTTP/1\\.1 (400|501) .*");
        assertThat(answers(text)).isEqualTo(1);
    }

    @Test
    void aBodyWhoseEndNobodyCanKnowEndsTheConnectionAtOnce() {
        String text = platform.raw()
                .exchange("POST /signin HTTP/1.1\r\n" + HOST + JSON + "Transfer-Encoding: chunked, identity\r\n\r\n{}"
                        + SMUGGLED);
        assertThat(text).isEmpty();
    }

    @Test
    void aBodyInChunksIsTheLastThingOnItsConnection() {
        String text = platform.raw()
                .exchange("POST /signin HTTP/1.1\r\n" + HOST + JSON
                        + "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + SMUGGLED);
        assertThat(text).startsWith("HTTP/1.1 400 ").containsIgnoringCase("connection: close");
        assertThat(answers(text)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "TRACE /profile, 405",
        "CONNECT example.com:443, 40.",
        "GET http://127.0.0.1/health, [24]0.",
        "PRI *, 40."
    })
    void unusualRequestsAreNoWayIn(String request, String status) {
        String text = platform.raw().exchange(request + " HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n");
        assertThat(text).matches("(?s)HTTP/1\\.1 " + status + " .*");
    }

    @Test
    void nobodyIsUpgradedToAnotherProtocol() {
        String text = platform.raw()
                .exchange("GET /health HTTP/1.1\r\n" + HOST
                        + "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n\r\n"
                        + "GET /health HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n");
        assertThat(text).doesNotContain("HTTP/1.1 101").startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/profile", "/nothing-here", "/openapi.json"})
    void everyAnswerSaysHowBrowsersMayReadIt(String path) {
        Answer answer = platform.call("GET", path).send();
        assertThat(answer.header("x-content-type-options")).contains("nosniff");
        assertThat(answer.header("content-security-policy")).contains("default-src 'none'; frame-ancestors 'none'");
        assertThat(answer.header("cross-origin-resource-policy")).contains("same-origin");
        assertThat(answer.header("referrer-policy")).contains("no-referrer");
        assertThat(answer.header("server")).isEmpty();
        assertThat(answer.header("x-powered-by")).isEmpty();
    }

    @Test
    void whoeverDoesNotFinishAHeadIsHungUpOn() throws Exception {
        assertThat(secondsUntilHungUp("GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "))
                .isCloseTo(10, within(3L));
    }

    @Test
    void whoeverDoesNotFinishABodyIsHungUpOn() throws Exception {
        assertThat(secondsUntilHungUp("POST /signin HTTP/1.1\r\n" + HOST + JSON + "Content-Length: 60000\r\n\r\n"))
                .isCloseTo(15, within(3L));
    }

    // A byte every half a second: whoever waits for silence waits for ever.
    private long secondsUntilHungUp(String begin) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), platform.port())) {
            socket.setSoTimeout(500);
            long start = System.nanoTime();
            socket.getOutputStream().write(begin.getBytes(StandardCharsets.ISO_8859_1));
            while (!hungUp(socket)) {
                socket.getOutputStream().write('a');
            }
            return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
        } catch (SocketException e) {
            throw new AssertionError("was hung up on while it wrote", e);
        }
    }

    private static boolean hungUp(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        }
    }
}
