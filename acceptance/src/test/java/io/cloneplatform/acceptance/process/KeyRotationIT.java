package io.cloneplatform.acceptance.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloneplatform.common.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** Two processes, each with a gateway and an auth-service, on one database: keys change and nobody is signed out. */
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KeyRotationIT {
    private static final int ROTATIONS = "true".equals(System.getenv("CI")) ? 3 : 1;
    private static final Duration COMMAND_LIMIT = Duration.ofSeconds(60);
    private static final Duration KNOWN = Duration.ofSeconds(40);
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    private final String database = TestDatabase.create();
    private final List<Integer> ports = List.of(FreePorts.next(), FreePorts.next());
    private PlatformProcess first;
    private PlatformProcess second;

    @BeforeAll
    void start() {
        first = launch(0).start();
        second = launch(1).start();
        first.awaitReady();
        second.awaitReady();
    }

    private Launch launch(int index) {
        return Launch.jar("standalone")
                .with("DATABASE_URL", database, "ADMIN_KEY", "rotation-admin-key-for-tests")
                .with("CLUSTER", "tcp", "CLUSTER_HOST", "127.0.0.1", "CLUSTER_PORT", Integer.toString(ports.get(index)))
                .with("CLUSTER_MEMBERS", "127.0.0.1:" + ports.get(0) + ",127.0.0.1:" + ports.get(1));
    }

    @AfterAll
    void stop() {
        first.close();
        second.close();
    }

    private String keys(String... arguments) {
        List<String> command = new java.util.ArrayList<>(List.of("keys"));
        command.addAll(List.of(arguments));
        try (PlatformProcess typed = Launch.clonectl(command.toArray(String[]::new))
                .with("DATABASE_URL", database)
                .start()) {
            assertThat(typed.awaitExit(COMMAND_LIMIT)).as("%s", typed).isZero();
            return typed.wholeOutput();
        }
    }

    private static Answer refresh(Api api, String token) {
        return api.post("/refresh", Map.of("refresh_token", token));
    }

    private int published(PlatformProcess process) {
        return process.api().get("/.well-known/jwks.json").ok().at("/keys").size();
    }

    private static String kid(String token) {
        byte[] header = java.util.Base64.getUrlDecoder().decode(token.substring(0, token.indexOf('.')));
        return new String(header, java.nio.charset.StandardCharsets.UTF_8).replaceAll(".*\"kid\":\"([^\"]+)\".*", "$1");
    }

    @Test
    @Order(1)
    void rotationsUnderLoadSignNobodyOut() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger served = new AtomicInteger();
        Queue<String> refusals = new ConcurrentLinkedQueue<>();
        ExecutorService clients = Executors.newFixedThreadPool(6);
        for (int i = 0; i < 6; i++) {
            Member member = Member.signUp(first.api(), "rotated-" + i, null);
            clients.execute(() -> live(member, over, served, refusals));
        }
        for (int round = 2; round <= ROTATIONS + 1; round++) {
            String made = keys("rotate", "--reason", "a test").replaceAll("(?s).*Key (\\S+) made.*", "$1");
            int expected = round;
            Waiting.until(
                    KNOWN, () -> "not published", () -> published(first) == expected && published(second) == expected);
            Waiting.until(KNOWN, () -> made + " does not sign", () -> List.of(first, second).stream()
                    .allMatch(process -> kid(signIn(process)).equals(made)));
        }
        over.set(true);
        clients.shutdown();
        assertThat(clients.awaitTermination(20, java.util.concurrent.TimeUnit.SECONDS))
                .isTrue();
        assertThat(refusals).isEmpty();
        assertThat(served.get()).isGreaterThan(100);
        assertThat(keys("list").lines()).hasSize(ROTATIONS + 1);
    }

    private static String signIn(PlatformProcess process) {
        return process.api()
                .post("/signin", Map.of("email", "rotated-0@example.com", "password", Member.PASSWORD))
                .ok()
                .string("/session/access_token");
    }

    // A token is used at once at the other process than the one that issued it, and an old one goes on.
    private void live(Member member, AtomicBoolean over, AtomicInteger served, Queue<String> refusals) {
        String refresh = first.api()
                .post("/signin", Map.of("email", member.email(), "password", Member.PASSWORD))
                .ok()
                .string("/session/refresh_token");
        for (int i = 0; !over.get(); i++) {
            Api issuing = i % 2 == 0 ? first.api() : second.api();
            Api other = i % 2 == 0 ? second.api() : first.api();
            Answer refreshed = refresh(issuing, refresh);
            Answer profile = refreshed.status() == 200
                    ? other.as(refreshed.string("/session/access_token")).get("/profile")
                    : refreshed;
            Answer old = other.as(member.token()).get("/profile");
            if (profile.status() != 200 || old.status() != 200) {
                refusals.add(profile + " " + old);
                return;
            }
            refresh = refreshed.string("/session/refresh_token");
            served.addAndGet(3);
        }
    }

    @Test
    @Order(2)
    void whoSignsOutIsOutEverywhereWithinASecond() {
        for (int i = 0; i < 5; i++) {
            Member member = Member.signUp(first.api(), "leaving-" + i, null);
            second.api().as(member.token()).get("/profile").ok();
            member.api().post("/signout", Map.of()).ok();
            Waiting.until(
                    AT_ONCE,
                    () -> "still in",
                    () -> second.api().as(member.token()).get("/profile").status() == 401);
        }
    }

    @Test
    @Order(3)
    void aSessionThatEndedWithoutAnybodyTellingIsOutWithinASecondAndAfterARestart() {
        Member member = Member.signUp(first.api(), "silently", null);
        second.api().as(member.token()).get("/profile").ok();
        Sql.run(
                database,
                "INSERT INTO session_revocation (session_id) SELECT (value ->> 'id')::uuid FROM kv_store_44a642d3"
                        + " WHERE key LIKE 'session:%' AND user_id = '" + member.id() + "'");
        Waiting.until(AT_ONCE, () -> "still in", () -> List.of(first, second).stream()
                .allMatch(process ->
                        process.api().as(member.token()).get("/profile").status() == 401));
        second.kill();
        second.close();
        second = launch(1).start();
        second.awaitReady();
        assertThat(second.api().as(member.token()).get("/profile").status()).isEqualTo(401);
    }

    @Test
    @Order(4)
    void aStolenKeyEndsWithAllItsTokensAndClientsRefresh() {
        Member member = Member.signUp(first.api(), "robbed", null);
        String refresh = first.api()
                .post("/signin", Map.of("email", member.email(), "password", Member.PASSWORD))
                .ok()
                .string("/session/refresh_token");
        second.api().as(member.token()).get("/profile").ok();
        keys("rotate", "--end-others");
        Waiting.until(Duration.ofSeconds(3), () -> "still taken", () -> List.of(first, second).stream()
                .allMatch(process ->
                        process.api().as(member.token()).get("/profile").status() == 401));
        Waiting.until(
                Duration.ofSeconds(5),
                () -> "no new token is taken",
                () -> second.api().as(signIn(first)).get("/profile").status() == 200
                        && first.api().as(signIn(second)).get("/profile").status() == 200);
        second.api()
                .as(refresh(second.api(), refresh).ok().string("/session/access_token"))
                .get("/profile")
                .ok();
    }
}
