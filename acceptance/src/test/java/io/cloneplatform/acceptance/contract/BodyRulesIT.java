package io.cloneplatform.acceptance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloneplatform.acceptance.contract.World.Member;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a body may say it is, and what happens to one that is not what it says. */
@ExtendWith(RunningPlatform.Shared.class)
class BodyRulesIT {
    private static final byte[] TICKET = "{\"subject\": \"S\", \"message\": \"M\"}".getBytes(StandardCharsets.UTF_8);

    private static final String HEAD = "POST /signin HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n";
    private static final long LONG_ENOUGH_TO_NOTICE_MS = 300;

    private final RunningPlatform platform;
    private final World world;

    BodyRulesIT(RunningPlatform platform) {
        this.platform = platform;
        this.world = new World(platform);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/x-www-form-urlencoded",
                "text/plain",
                "text/plain;charset=UTF-8",
                "multipart/form-data",
                "nonsense"
            })
    void anEmptyBodyIsNoBodyWhateverItsTypeIsCalled(String type) {
        Member member = world.member();
        Answer profile = platform.call("POST", "/profile")
                .bearer(member.token())
                .bytes(type, new byte[0])
                .send();
        assertThat(profile.ok().path("id").asText()).isEqualTo(member.id());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json; charset=utf-8",
                "application/vnd.example+json",
                "text/plain;charset=UTF-8",
                "text/plain; charset=utf-8"
            })
    void jsonIsReadUnderEachOfItsNamesAndUnderTheOneThatFetchGivesIt(String type) {
        platform.call("POST", "/support-tickets")
                .bearer(world.anyMember().token())
                .bytes(type, TICKET)
                .ok();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/plain", "text/html;charset=UTF-8", "application/xml", "application/x-www-form-urlencoded"})
    void anyOtherTypeIsRefusedAndTheHeaderIsNamed(String type) {
        Answer refused = platform.call("POST", "/support-tickets")
                .bearer(world.anyMember().token())
                .bytes(type, TICKET)
                .send();
        assertThat(refused.status()).isEqualTo(415);
        assertThat(refused.fields()).containsExactly("Content-Type");
    }

    @Test
    void aBodyThatIsTooLargeIsNamed() {
        Answer refused = platform.call("POST", "/support-tickets")
                .bearer(world.anyMember().token())
                .bytes("application/json", new byte[64 * 1024 + 1])
                .send();
        assertThat(refused.status()).isEqualTo(413);
        assertThat(refused.fields()).containsExactly("body");
    }

    @ParameterizedTest
    @ValueSource(strings = {"zz\r\n{}\r\n0\r\n\r\n", "-1\r\n{}\r\n", "ffffffffffffffff\r\n{}", "1\r\n{}\r\n0\r\n\r\n"})
    void brokenChunksEndTheConnectionAndAreNoErrorOfOurs(String chunks) {
        try (LogWatch watch = LogWatch.begin()) {
            String answer = platform.raw().exchange(HEAD + "Transfer-Encoding: chunked\r\n\r\n" + chunks);
            assertThat(answer).matches("(?s)|HTTP/1.1 400 .*");
            assertThat(watch.errors()).isEmpty();
        }
    }

    @Test
    void aBodyThatBreaksOffIsNoErrorOfOurs() throws IOException, InterruptedException {
        try (LogWatch watch = LogWatch.begin()) {
            platform.raw().leave(HEAD + "Content-Length: 100\r\n\r\n{\"email\":");
            Thread.sleep(LONG_ENOUGH_TO_NOTICE_MS);
            assertThat(watch.errors()).isEmpty();
        }
    }
}
