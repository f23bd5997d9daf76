package io.cloneplatform.acceptance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.acceptance.contract.World.Member;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Idempotency keys: one effect, one answer, whatever happens in between. */
@ExtendWith(RunningPlatform.Shared.class)
class IdempotencyIT {
    private static final String SUBMIT = "{'productName': 'Lamp', 'productValue': 100}";

    private final RunningPlatform platform;
    private final World world;

    IdempotencyIT(RunningPlatform platform) {
        this.platform = platform;
        this.world = new World(platform);
    }

    private Answer send(Member member, String path, String body, String key) {
        return platform.call("POST", path)
                .bearer(member.token())
                .header("Idempotency-Key", key)
                .json(body)
                .send();
    }

    private String balance(Member member) {
        return platform.call("GET", "/profile")
                .bearer(member.token())
                .ok()
                .at("/profile/balance")
                .asText();
    }

    @Test
    void theFirstAnswerComesAgainByteForByte() {
        Member member = world.member();
        Answer first = send(member, "/submit-product", SUBMIT, "key-1");
        Answer again = send(member, "/submit-product", SUBMIT, "key-1");
        Answer reordered = send(member, "/submit-product", "{'productValue': 100, 'productName': 'Lamp'}", "key-1");
        first.ok();
        assertThat(first.header("Idempotent-Replayed")).isEmpty();
        for (Answer replay : List.of(again, reordered)) {
            assertThat(replay.status()).isEqualTo(200);
            assertThat(replay.text()).isEqualTo(first.text());
            assertThat(replay.header("Idempotent-Replayed")).contains("true");
        }
        assertThat(balance(member)).isEqualTo("80");
    }

    @Test
    void theKeyIsGoodUnderBothBasePaths() {
        Member member = world.member();
        Answer first = send(member, "/submit-product", SUBMIT, "key-base");
        Answer again = send(member, "/functions/v1/make-server-44a642d3/submit-product", SUBMIT, "key-base");
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(balance(member)).isEqualTo("80");
    }

    @Test
    void anotherRequestUnderTheSameKeyIs422() {
        Member member = world.memberWith("100");
        send(member, "/submit-product", SUBMIT, "key-2").ok();
        for (Answer other : List.of(
                send(member, "/submit-product", "{'productName': 'Lamp', 'productValue': 101}", "key-2"),
                send(
                        member,
                        "/withdrawals",
                        "{'amount': 5, 'withdrawalPassword': '" + World.WITHDRAWAL_PASSWORD + "'}",
                        "key-2"))) {
            assertThat(other.status()).as("%s", other).isEqualTo(422);
            assertThat(other.code()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
        }
        assertThat(balance(member)).isEqualTo("180");
    }

    @Test
    void anotherCallersKeyIsAnotherKey() {
        Member one = world.member();
        Member two = world.member();
        Answer first = send(one, "/submit-product", SUBMIT, "shared-key");
        Answer second = send(two, "/submit-product", SUBMIT, "shared-key");
        assertThat(second.ok().at("/product/id")).isNotEqualTo(first.ok().at("/product/id"));
        assertThat(balance(two)).isEqualTo("80");
    }

    @Test
    void aRefusalIsReplayedEvenWhenItWouldWorkByNow() {
        Member member = world.member();
        String body = "{'amount': 30, 'withdrawalPassword': '" + World.WITHDRAWAL_PASSWORD + "'}";
        Answer first = send(member, "/withdrawals", body, "key-r");
        assertThat(first.code()).isEqualTo("INSUFFICIENT_BALANCE");
        send(member, "/submit-product", SUBMIT, "key-s").ok();
        Answer again = send(member, "/withdrawals", body, "key-r");
        assertThat(again.status()).isEqualTo(first.status());
        assertThat(again.header("Idempotent-Replayed")).contains("true");
        assertThat(withoutRequestId(again)).isEqualTo(withoutRequestId(first));
        assertThat(balance(member)).isEqualTo("80");
    }

    private static ObjectNode withoutRequestId(Answer answer) {
        return answer.json().<ObjectNode>deepCopy().without("requestId");
    }

    @Test
    void aBodyThatIsRefusedBeforeItIsTriedDoesNotSpendTheKey() {
        Member member = world.member();
        Answer refused = send(member, "/submit-product", "{'productName': 'Lamp', 'productValue': 'x'}", "key-3");
        assertThat(refused.status()).isEqualTo(400);
        send(member, "/submit-product", SUBMIT, "key-3").ok();
    }

    @Test
    void adminsAndVisitorsHaveKeysToo() {
        Member member = world.member();
        String adjust = "{'userId': '" + member.id() + "', 'amount': 7.25, 'reason': 'test'}";
        String key = World.unique("admin-");
        List<Answer> answers = Clients.share(2, List.of(key, key), same -> world.admin("POST", "/admin/adjust-balance")
                .header("Idempotency-Key", same)
                .json(adjust)
                .send());
        assertThat(answers.get(0).ok()).isEqualTo(answers.get(1).ok());
        assertThat(balance(member)).isEqualTo("7.25");
        String name = World.unique("twice");
        String signUp = "{'email': '" + name + "@example.com', 'password': 'Password123', 'name': 'Twice'}";
        Answer first = platform.call("POST", "/signup")
                .header("Idempotency-Key", name)
                .json(signUp)
                .send();
        Answer again = platform.call("POST", "/signup")
                .header("Idempotency-Key", name)
                .json(signUp)
                .send();
        assertThat(again.ok().path("user")).isEqualTo(first.ok().path("user"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "two words", "tab\there", "caf\u00e9"})
    void aKeyThatIsNotVisibleAsciiIs400(String key) {
        Answer answer = platform.raw()
                .send(
                        "DELETE",
                        "/admin/faq/" + World.nobody(),
                        "Authorization: Bearer " + World.ADMIN,
                        "Idempotency-Key: " + key);
        assertThat(answer.status()).as("%s", answer).isEqualTo(400);
        assertThat(answer.fields()).containsExactly("Idempotency-Key");
    }

    @Test
    void aKeyHasAtMost255Characters() {
        Member member = world.member();
        send(member, "/submit-product", SUBMIT, "k".repeat(255)).ok();
        Answer longer = send(member, "/submit-product", SUBMIT, "k".repeat(256));
        assertThat(longer.status()).isEqualTo(400);
        assertThat(longer.fields()).containsExactly("Idempotency-Key");
    }

    /** The database takes longer for this one ticket than a second request may wait for its key. */
    @Test
    void whileTheFirstIsStillRunningTheSecondIs409() throws SQLException {
        Member member = world.member();
        String body = "{'subject': 'slow ticket', 'message': 'Wait for it'}";
        try (Connection sql = platform.sql();
                Statement statement = sql.createStatement()) {
            statement.execute(
                    "CREATE FUNCTION slow_ticket() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(1.8); RETURN NEW; END'");
            statement.execute("CREATE TRIGGER slow_ticket BEFORE INSERT ON kv_store_44a642d3 FOR EACH ROW"
                    + " WHEN (NEW.value ->> 'subject' = 'slow ticket') EXECUTE FUNCTION slow_ticket()");
            try {
                CompletableFuture<Answer> first =
                        CompletableFuture.supplyAsync(() -> send(member, "/support-tickets", body, "key-slow"));
                pause(100);
                Answer second = send(member, "/support-tickets", body, "key-slow");
                assertThat(second.status()).as("%s", second).isEqualTo(409);
                assertThat(second.code()).isEqualTo("IDEMPOTENCY_KEY_IN_PROGRESS");
                assertThat(send(member, "/support-tickets", body, "key-slow").text())
                        .isEqualTo(first.join().text());
            } finally {
                statement.execute("DROP TRIGGER slow_ticket ON kv_store_44a642d3");
            }
        }
    }

    private static void pause(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
