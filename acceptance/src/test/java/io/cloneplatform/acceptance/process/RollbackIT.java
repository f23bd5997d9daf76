package io.cloneplatform.acceptance.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloneplatform.common.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;

/**
 * A rollout and its rollback: processes of the last release and of the next one on one database, before and after its
 * migration and side by side.
 */
@Tag("faults")
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(900)
class RollbackIT {
    private static final Duration JOIN_LIMIT = Duration.ofSeconds(30);
    private static final List<String> SOME = List.of("gateway", "earnings-service-2", "withdrawal-service");
    private static final List<String> OTHERS =
            List.of("auth-service", "earnings-service", "premium-service", "support-service");

    private final Releases releases = new Releases();
    private final Checkout last = releases.last();
    private final Checkout next = releases.next();
    private String database;
    private TestCluster cluster;

    @AfterAll
    void close() {
        releases.close();
    }

    @BeforeEach
    void prepare() {
        database = TestDatabase.createEmpty();
        cluster = new TestCluster(database);
    }

    @AfterEach
    void end() {
        cluster.close();
    }

    @Test
    void theLastReleaseServesOnTheNextSchemaBesideTheNextReleaseAndAfterIt() throws SQLException {
        Releases.migrate(last, database);
        restart(last, SOME);
        restart(last, OTHERS);
        Member member = Member.signUp(cluster.api(), "stays", null);
        assertThat(Releases.migrate(next, database)).contains("the schema is at version " + next.schema());
        check("The last release, running while the schema is migrated", member, last);
        restart(next, SOME);
        check("Some of the next release", member, last, next);
        restart(next, OTHERS);
        check("The next release", member, next);
        assertThat(Releases.migrate(last, database)).contains("Nothing to do", "version " + next.schema());
        restart(last, OTHERS);
        check("Some rolled back", member, last, next);
        restart(last, SOME);
        check("All rolled back", member, last, next);
        assertThat(cluster.process("gateway").output()).contains("schema version " + next.schema());
        assertThat(count("later_note")).isPositive();
    }

    private void restart(Checkout build, List<String> names) {
        long start = System.nanoTime();
        names.stream().filter(cluster.processes()::containsKey).forEach(name -> cluster.process(name)
                .stop());
        cluster.deploy(build.path(), names);
        names.forEach(cluster::start);
        if (cluster.processes().size() == SOME.size() + OTHERS.size()) {
            cluster.awaitReady();
            System.out.println(names.size() + " restarted in " + Waiting.since(start));
        }
    }

    private void check(String when, Member member, Checkout... suites) {
        requireOneCluster();
        for (Checkout suite : suites) {
            Releases.check(suite, cluster.api(), TestCluster.ADMIN_KEY);
        }
        member.api()
                .post("/submit-product", Map.of("productName", "Lamp", "productValue", 10))
                .ok();
        System.out.println(when + ": served, one cluster, books sound");
    }

    // Two releases of one wire version find each other; otherwise there would be two clusters on one database.
    private void requireOneCluster() {
        cluster.processes().forEach((name, process) -> {
            Api management = process.launch().management();
            Waiting.until(JOIN_LIMIT, () -> name + " does not see all: " + process, () -> management
                    .get("/metrics")
                    .text()
                    .contains("\nclone_cluster_processes " + cluster.processes().size() + ".0"));
        });
    }

    private long count(String table) throws SQLException {
        try (Connection connection = TestDatabase.connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + table)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
