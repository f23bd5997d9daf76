package io.cloneplatform.common.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.bus.Caller;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Operations;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.json.Ids;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.launch.Node;
import io.cloneplatform.common.launch.OperationsVerticle;
import io.cloneplatform.common.launch.ServiceModule;
import io.cloneplatform.common.testing.TestPlatform;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WritesIT {
    private static final Caller MEMBER = new Caller(Caller.Kind.MEMBER, "m1", "One", null, Set.of(), "127.0.0.1");
    private static final Caller OTHER = new Caller(Caller.Kind.MEMBER, "m2", "Two", null, Set.of(), "127.0.0.1");
    private static TestPlatform platform;

    /** Writes a note, and refuses or breaks afterwards when told to. */
    private static final class Notes implements ServiceModule {
        @Override
        public String name() {
            return "notes";
        }

        @Override
        public Future<Void> deploy(Node node) {
            return OperationsVerticle.deploy(
                    node, name(), new Operations(node.writes()).write("notes.write", Notes::write));
        }

        private static Future<Reply> write(SqlConnection tx, Request request) {
            String text = request.body().get("text").asText();
            return tx.preparedQuery("INSERT INTO kv_store_44a642d3 (key, value) VALUES ($1, '{}')")
                    .execute(Tuple.of("note:" + Ids.next()))
                    .compose(rows ->
                            tx.preparedQuery("SELECT pg_sleep($1)").execute(Tuple.of(text.equals("slow") ? 0.3 : 0.0)))
                    .map(rows -> outcome(text));
        }

        private static Reply outcome(String text) {
            return switch (text) {
                case "refuse" -> Reply.refuse(ErrorCode.INSUFFICIENT_BALANCE, "Not covered");
                case "refuse and keep" -> Reply.refuseKeeping(ErrorCode.INVALID_CREDENTIALS, "Wrong, and counted");
                case "break" -> throw new IllegalStateException("broken");
                default -> Reply.ok(Map.of("id", Ids.next().toString()));
            };
        }
    }

    @BeforeAll
    static void start() {
        platform = TestPlatform.start(List.of(new Notes()));
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @BeforeEach
    void forget() {
        platform.execute("DELETE FROM kv_store_44a642d3 WHERE key LIKE 'note:%'");
        platform.execute("DELETE FROM idempotency_key");
    }

    private static Future<Reply> send(Caller caller, String text, String key) {
        return platform.send("notes.write", caller, Map.of(), Json.object().put("text", text), key);
    }

    private static Reply write(Caller caller, String text, String key) {
        return send(caller, text, key).await();
    }

    private static long notes() {
        return platform.number("SELECT count(*) FROM kv_store_44a642d3 WHERE key LIKE 'note:%'");
    }

    private static String body(Reply reply) {
        return new String(((Reply.Done) reply).body(), StandardCharsets.UTF_8);
    }

    @Test
    void theSameKeyGetsTheFirstAnswerAgainWithoutASecondEffect() {
        Reply first = write(MEMBER, "a", "key-1");
        Reply second = write(MEMBER, "a", "key-1");
        assertThat(first.replayed()).isFalse();
        assertThat(second.replayed()).isTrue();
        assertThat(body(second)).isEqualTo(body(first)).startsWith("{\"success\":true,\"id\":");
        assertThat(notes()).isEqualTo(1);
    }

    @Test
    void anotherRequestUnderTheSameKeyIsRefused() {
        write(MEMBER, "a", "key-1");
        assertThat(((Reply.Refused) write(MEMBER, "b", "key-1")).code()).isEqualTo(ErrorCode.IDEMPOTENCY_KEY_REUSED);
        assertThat(notes()).isEqualTo(1);
    }

    @Test
    void keysOfDifferentCallersAreDifferentKeys() {
        write(MEMBER, "a", "key-1");
        assertThat(write(OTHER, "a", "key-1").replayed()).isFalse();
        assertThat(notes()).isEqualTo(2);
    }

    @Test
    void parallelRequestsUnderOneKeyHaveOneEffectAndOneAnswer() {
        List<Future<Reply>> replies = IntStream.range(0, 20)
                .mapToObj(i -> send(MEMBER, "slow", "key-p"))
                .toList();
        Future.all(replies).await();
        assertThat(replies.stream().map(reply -> body(reply.result())).distinct())
                .hasSize(1);
        assertThat(notes()).isEqualTo(1);
    }

    @Test
    void aRefusalLeavesNoEffectAndIsReplayed() {
        assertThat(((Reply.Refused) write(MEMBER, "refuse", "key-1")).code()).isEqualTo(ErrorCode.INSUFFICIENT_BALANCE);
        Reply again = write(MEMBER, "refuse", "key-1");
        assertThat(((Reply.Refused) again).code()).isEqualTo(ErrorCode.INSUFFICIENT_BALANCE);
        assertThat(again.replayed()).isTrue();
        assertThat(notes()).isZero();
    }

    @Test
    void aRefusalThatSaysSoKeepsWhatWasWrittenAndIsReplayed() {
        Reply first = write(MEMBER, "refuse and keep", "key-1");
        Reply second = write(MEMBER, "refuse and keep", "key-1");
        write(MEMBER, "refuse and keep", null);
        assertThat(((Reply.Refused) first).code()).isEqualTo(ErrorCode.INVALID_CREDENTIALS);
        assertThat(second.replayed()).isTrue();
        assertThat(notes()).isEqualTo(2);
    }

    @Test
    void aRefusalWithoutAKeyLeavesNoEffect() {
        assertThat(write(MEMBER, "refuse", null)).isInstanceOf(Reply.Refused.class);
        assertThat(notes()).isZero();
    }

    @Test
    void aFaultLeavesNeitherEffectNorKey() {
        assertThat(((Reply.Refused) write(MEMBER, "break", "key-1")).code()).isEqualTo(ErrorCode.INTERNAL);
        assertThat(notes()).isZero();
        assertThat(platform.number("SELECT count(*) FROM idempotency_key")).isZero();
    }

    @Test
    void keysAreForgottenAfterADay() {
        write(MEMBER, "a", "key-1");
        platform.execute("UPDATE idempotency_key SET created_at = now() - interval '25 hours'");
        assertThat(write(MEMBER, "b", "key-1").replayed()).isFalse();
        assertThat(notes()).isEqualTo(2);
    }

    @Test
    void theTableRevealsNeitherKeyNorAnswer() {
        String answer = body(write(MEMBER, "a", "key-visible"));
        String stored = platform.single(
                        "SELECT encode(key_hash, 'escape') || encode(fingerprint, 'escape') || encode(reply, 'escape') FROM idempotency_key")
                .toString();
        assertThat(stored)
                .doesNotContain("key-visible")
                .doesNotContain(Json.read(answer).get("id").asText());
    }

    @Test
    void whatAnAdminDidIsRecordedInTheSameTransaction() {
        JsonNode body = Json.object().put("text", "a").put("userId", "u1").put("password", "never recorded");
        platform.ok("notes.write", TestPlatform.admin(), Map.of(), body);
        platform.refused(
                "notes.write", TestPlatform.admin(), Map.of(), Json.object().put("text", "refuse"));
        assertThat(platform.number("SELECT count(*) FROM kv_store_44a642d3 WHERE key LIKE 'audit:%'"))
                .isEqualTo(1);
        String record = platform.single("SELECT value::text FROM kv_store_44a642d3 WHERE key LIKE 'audit:%'")
                .toString();
        assertThat(record).contains("notes.write", "admin-key", "u1").doesNotContain("never recorded");
    }
}
