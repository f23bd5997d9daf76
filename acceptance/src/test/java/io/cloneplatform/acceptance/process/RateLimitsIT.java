package io.cloneplatform.acceptance.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloneplatform.common.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Two gateways of one cluster hold callers to one limit; the first trusts a proxy at 127.0.0.1, the second nobody. */
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RateLimitsIT {
    private static final String ADMIN_KEY = "limited-admin-key-for-tests";
    private static final int MEMBER = 40;
    private static final int CREDENTIALS = 20;
    private static final int REJECTED = 30;

    // A gateway counts a twentieth of a limit by itself before it tells.
    private static final int SHARE = MEMBER / 20;

    private final List<Integer> ports = List.of(FreePorts.next(), FreePorts.next());
    private PlatformProcess first;
    private PlatformProcess second;

    @BeforeAll
    void start() {
        String database = TestDatabase.create();
        first = launch(database, 0).with("TRUSTED_PROXIES", "127.0.0.0/8").start();
        second = launch(database, 1).start();
        first.awaitReady();
        second.awaitReady();
    }

    private Launch launch(String database, int index) {
        String members = "127.0.0.1:" + ports.get(0) + ",127.0.0.1:" + ports.get(1);
        return Launch.jar("standalone")
                .with("DATABASE_URL", database, "ADMIN_KEY", ADMIN_KEY, "RATE_LIMITS", "on")
                .with("CLUSTER", "tcp", "CLUSTER_HOST", "127.0.0.1", "CLUSTER_MEMBERS", members)
                .with("CLUSTER_PORT", Integer.toString(ports.get(index)))
                .with("RATE_LIMIT_MEMBER", Integer.toString(MEMBER))
                .with("RATE_LIMIT_CREDENTIALS", Integer.toString(CREDENTIALS))
                .with("RATE_LIMIT_REJECTED", Integer.toString(REJECTED));
    }

    @AfterAll
    void stop() {
        first.close();
        second.close();
    }

    private Api from(String address) {
        return first.api().with(Map.of("X-Forwarded-For", address));
    }

    private static Api as(Api api, Member member) {
        return api.as(member.token());
    }

    private static long granted(List<Answer> answers) {
        return answers.stream().filter(answer -> answer.status() == 200).count();
    }

    @Test
    void aMemberHasOneLimitAtAllGatewaysAndNobodyElseFeelsIt() {
        Member busy = Member.signUp(from("198.51.100.1"), "busy", null);
        Member calm = Member.signUp(from("198.51.100.1"), "calm", null);
        List<Answer> answers = IntStream.range(0, 3 * MEMBER)
                .mapToObj(i -> as(i % 2 == 0 ? first.api() : second.api(), busy).get("/profile"))
                .toList();
        assertThat(granted(answers)).isBetween((long) MEMBER, (long) MEMBER + 2 * SHARE);
        Answer refused = answers.get(answers.size() - 1).problem(429);
        assertThat(refused.text()).contains("\"code\":\"RATE_LIMITED\"", "\"requestId\":");
        assertThat(refused.header("Retry-After")).matches("[1-9]|[1-5]\\d|60");
        assertThat(refused.header("RateLimit-Policy")).isEqualTo("\"member\";q=" + MEMBER + ";w=60");
        assertThat(refused.header("RateLimit")).matches("\"member\";r=0;t=([1-9]|[1-5]\\d|60)");
        Answer other = as(second.api(), calm).get("/profile").ok();
        assertThat(other.header("RateLimit")).matches("\"member\";r=" + (MEMBER - 1) + ";t=\\d+");
    }

    @Test
    void anAddressHasOneLimitOnCredentialsWhateverItSaysAboutItself() {
        List<Answer> answers = IntStream.range(0, 2 * CREDENTIALS)
                .mapToObj(i -> second.api()
                        .with(Map.of("X-Forwarded-For", "192.0.2." + i, "Forwarded", "for=192.0.2." + i))
                        .post("/signin", wrong(i)))
                .toList();
        assertThat(answers.stream().filter(answer -> answer.status() != 429)).hasSize(CREDENTIALS);
        // Behind a proxy that is trusted, everybody is counted alone; what a client puts in front changes nothing.
        assertThat(IntStream.range(0, CREDENTIALS + 5)
                        .mapToObj(i -> from("192.0.2." + i + ", 198.51.100.7").post("/signin", wrong(i)))
                        .filter(answer -> answer.status() == 429))
                .hasSizeBetween(4, 5);
        assertThat(from("198.51.100.8").post("/signin", wrong(0)).status()).isNotEqualTo(429);
    }

    // Each of another account, for one that is guessed at is locked sooner.
    private static Map<String, String> wrong(int i) {
        return Map.of("email", "nobody-" + i + "@example.com", "password", "Wrong-Password1");
    }

    @Test
    void whoSendsTokensThatNobodyAcceptsIsNotLookedAtAnyMoreAndMembersAreServed() {
        Member member = Member.signUp(from("198.51.100.2"), "beside", null);
        Api knownToken = first.api()
                .with(Map.of("X-Forwarded-For", "203.0.113.66", "Authorization", "Bearer " + member.token()));
        knownToken.get("/profile").ok();
        List<Integer> statuses = IntStream.range(0, 2 * REJECTED)
                .mapToObj(i -> forged(member, i))
                .map(token -> first.api()
                        .with(Map.of("X-Forwarded-For", "203.0.113.66", "Authorization", "Bearer " + token))
                        .get("/profile")
                        .status())
                .toList();
        assertThat(statuses.subList(0, REJECTED)).containsOnly(401);
        assertThat(statuses.subList(REJECTED + 5, 2 * REJECTED)).containsOnly(429);
        knownToken.get("/profile").ok();
    }

    private static String forged(Member member, int i) {
        return member.token().replaceFirst("[^.]+$", "%086d".formatted(i));
    }

    @Test
    void anAdminHasAnotherLimitThanAMember() {
        List<Answer> answers = IntStream.range(0, MEMBER + 10)
                .mapToObj(i -> first.api().as(ADMIN_KEY).get("/admin/metrics"))
                .toList();
        assertThat(granted(answers)).isEqualTo(MEMBER + 10);
        assertThat(answers.get(0).header("RateLimit-Policy")).isEqualTo("\"admin\";q=1000;w=60");
    }
}
