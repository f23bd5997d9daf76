package io.cloneplatform.acceptance.process;

import io.cloneplatform.common.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** A platform that one thing after the other goes wrong with. */
final class SickPlatform implements AutoCloseable {
    static final String ADMIN_KEY = "sick-admin-key-for-tests";
    private static final String WRONG = "Wrong-Password1";
    private static final int AT_ONCE = 40;

    private final String database = TestDatabase.create();
    private final int port = FreePorts.next();
    private final PlatformProcess process = Launch.jar("standalone")
            .with("DATABASE_URL", database, "ADMIN_KEY", ADMIN_KEY, "RATE_LIMITS", "off")
            .with("CLUSTER", "tcp", "CLUSTER_HOST", "127.0.0.1", "CLUSTER_PORT", Integer.toString(port))
            .with("CLUSTER_MEMBERS", "127.0.0.1:" + port)
            .start()
            .awaitReady();
    private final Api api = process.api();
    private final Member member = Member.signUp(api, "monitored", null);

    Launch launch() {
        return process.launch();
    }

    String database() {
        return database;
    }

    /** What people do all day. */
    void work() {
        api.post("/signin", Map.of("email", member.email(), "password", Member.PASSWORD))
                .ok();
        member.api()
                .post("/submit-product", Map.of("productName", "Camera", "productValue", 500))
                .ok();
        member.api()
                .post("/request-withdrawal", Map.of("amount", 100, "withdrawalPassword", Member.WITHDRAWAL_PASSWORD))
                .ok();
        member.api()
                .post("/support-tickets", Map.of("subject", "Where", "message", "Where is my money?"))
                .ok();
        api.as(ADMIN_KEY)
                .post("/admin/premium", Map.of("userId", member.id(), "amount", 900, "position", 3))
                .ok();
    }

    /** Somebody looks, and somebody signs in. */
    void visit() {
        api.get("/faq");
        api.post("/signin", Map.of("email", member.email(), "password", Member.PASSWORD));
    }

    /** Passwords are guessed, and requests come without a token. */
    void guessPasswords() {
        for (int i = 0; i < 11; i++) {
            api.post("/signin", Map.of("email", "guessed-" + i + "@example.com", "password", WRONG))
                    .problem(401);
        }
        for (int i = 0; i < AT_ONCE; i++) {
            api.get("/profile").problem(401);
        }
    }

    /** A withdrawal is forgotten for a day and an hour. */
    void forgetTheWithdrawal() {
        asSuperuser(
                "UPDATE kv_store_44a642d3 SET created_at = now() - interval '25 hours' WHERE key LIKE 'withdrawal:%'");
    }

    /** Somebody gives himself a cent, past the platform. */
    void tamperWithTheBooks() {
        asSuperuser("UPDATE ledger_entry SET amount = amount + 1 WHERE role = 'own'");
    }

    private void asSuperuser(String statement) {
        Sql.run(database, "SET session_replication_role = replica; " + statement);
    }

    /** An operator locks a table and goes for a coffee; all who ask meanwhile get no answer, again and again. */
    void lockTheTable() {
        askInVain();
        askInVain();
    }

    // A status that comes for the first time begins to be counted: there is a rate from the second time on.
    private void askInVain() {
        ExecutorService clients = Executors.newFixedThreadPool(AT_ONCE);
        try (Connection operator = TestDatabase.connect(database);
                Statement sql = operator.createStatement()) {
            operator.setAutoCommit(false);
            sql.execute("LOCK TABLE kv_store_44a642d3 IN ACCESS EXCLUSIVE MODE");
            clients.invokeAll(IntStream.range(0, AT_ONCE)
                            .mapToObj(i -> Executors.callable(
                                    () -> member.api().get("/profile").problem(503, 504), i))
                            .toList())
                    .forEach(SickPlatform::requireDone);
            operator.rollback();
        } catch (SQLException | InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            clients.shutdownNow();
        }
    }

    private static void requireDone(java.util.concurrent.Future<Integer> call) {
        try {
            call.get();
        } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The process ends as in a crash. */
    void crash() {
        process.kill();
    }

    /** The environment of an operator's shell. */
    Map<String, String> shell(Api prometheus) {
        return Map.of(
                "API",
                api.base(),
                "MANAGEMENT",
                launch().management().base(),
                "PROMETHEUS",
                prometheus.base(),
                "ADMIN_KEY",
                ADMIN_KEY);
    }

    /** What it can be made to raise while it runs. */
    static List<String> alerts() {
        return List.of(
                "SignInsFail",
                "UnauthorizedRequests",
                "WithdrawalWaits",
                "BooksDiffer",
                "QueriesSlow",
                "ErrorRateSpike",
                "ServiceMissing");
    }

    @Override
    public void close() {
        process.close();
    }
}
