package io.cloneplatform.common.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloneplatform.common.json.Json;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CodecTest {
    private static Reply overTheWire(Reply reply) {
        Buffer buffer = Buffer.buffer("head");
        new ReplyCodec<>("test").encodeToWire(buffer, reply);
        return new ReplyCodec<>("test").decodeFromWire(4, buffer);
    }

    @Test
    void requestsCrossWithTheTimeThatRemains() {
        Caller caller = new Caller(Caller.Kind.ADMIN, "a", "Ann", "s", Set.of("users.view"), "::1");
        long started = System.currentTimeMillis();
        long deadline = started + 2_000;
        Request request = new Request(
                "auth.users.list",
                caller,
                Map.of("limit", "5"),
                Json.read("{\"amount\": 0.10}"),
                "key",
                deadline,
                new Trace("r", null));
        Buffer buffer = Buffer.buffer();
        new RequestCodec().encodeToWire(buffer, request);
        Request received = new RequestCodec().decodeFromWire(0, buffer);
        assertThat(received)
                .usingRecursiveComparison()
                .ignoringFields("deadlineMs")
                .isEqualTo(request);
        assertThat(received.deadlineMs()).isBetween(deadline, deadline + System.currentTimeMillis() - started);
        assertThat(received.body().get("amount").decimalValue()).isEqualTo("0.10");
    }

    @Test
    void answersCrossByteForByte() {
        Reply.Done done = (Reply.Done) Reply.ok(Map.of("name", "\u00fc\uD83D\uDE00"));
        Reply.Done received = (Reply.Done) overTheWire(done.asReplay());
        assertThat(received.body()).isEqualTo(done.body());
        assertThat(received.replayed()).isTrue();
    }

    @Test
    void filesCrossWithTheirDescription() {
        Reply.File file = new Reply.File("text/csv; charset=utf-8", "lines-2026-03-01.csv", null);
        byte[] content = "a,b\r\n\u00fc,\r\n".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        Reply.Done received = (Reply.Done) overTheWire(Reply.file(file, content));
        assertThat(received.body()).isEqualTo(content);
        assertThat(received.file()).contains(file);
        assertThat(received.replayed()).isFalse();
        assertThat(((Reply.Done) overTheWire(received.asReplay())).replayed()).isTrue();
        assertThat(((Reply.Done) overTheWire(Reply.ok(Map.of()))).file()).isEmpty();
    }

    @Test
    void refusalsCrossWithTheirFields() {
        Reply refused = new Reply.Refused(ErrorCode.VALIDATION_FAILED, "no", List.of(new FieldError("f", "m")), false);
        assertThat(overTheWire(refused)).isEqualTo(refused);
    }

    @Test
    void successComesFirstAlsoInAnEmptyAnswer() {
        assertThat(new String(((Reply.Done) Reply.ok(Map.of())).body(), java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo("{\"success\":true}");
    }
}
