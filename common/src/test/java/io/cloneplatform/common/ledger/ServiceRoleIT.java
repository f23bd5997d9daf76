package io.cloneplatform.common.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloneplatform.common.config.DatabaseConfig;
import io.cloneplatform.common.config.Secret;
import io.cloneplatform.common.db.Database;
import io.cloneplatform.common.json.Ids;
import io.cloneplatform.common.testing.TestDatabase;
import io.cloneplatform.common.testing.TestPlatform;
import io.cloneplatform.common.testing.TestPlatform.Member;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the role that services act in may do to the books: read them, and post. */
class ServiceRoleIT {
    private static TestPlatform platform;
    private static Member member;

    @BeforeAll
    static void start() {
        platform = TestPlatform.start(List.of());
        member = platform.member("m" + Ids.next(), null);
        platform.credit(member, 500);
        platform.execute("SET ROLE clone_service");
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE ledger_transfer SET memo = 'x'",
                "DELETE FROM ledger_transfer",
                "TRUNCATE ledger_transfer CASCADE",
                "UPDATE ledger_entry SET amount = 0",
                "DELETE FROM ledger_entry",
                "UPDATE ledger_seal SET hash = ''",
                "DELETE FROM ledger_seal",
                "UPDATE ledger_account SET balance = balance + 1",
                "DELETE FROM ledger_account",
                "UPDATE ledger_month SET amount = 0",
                "ALTER TABLE ledger_entry DISABLE TRIGGER ALL",
                "DROP TABLE ledger_entry",
                "SET session_replication_role = replica"
            })
    void isRefused(String statement) {
        assertThatThrownBy(() -> platform.execute(statement))
                .hasMessageMatching("(?s).*(permission denied|must be owner).*");
    }

    @Test
    void isRefusedAlsoWhenItClaimsToPost() {
        platform.execute("SET ledger.posting = 'on'");
        try {
            assertThatThrownBy(() -> platform.execute("UPDATE ledger_account SET balance = 0"))
                    .hasMessageContaining("permission denied");
        } finally {
            platform.execute("RESET ledger.posting");
        }
    }

    @Test
    void postsThroughTheLedgersFunctions() {
        platform.credit(member, 25);
        assertThat(platform.balance(member)).isGreaterThanOrEqualTo(525);
    }

    @Test
    void isTheRoleOfEveryConnectionOfAService() {
        Vertx vertx = Vertx.vertx();
        DatabaseConfig database = new DatabaseConfig(new Secret(TestDatabase.create()), 1);
        Pool pool = Database.pool(vertx, database, "role");
        assertThat(pool.query("SELECT current_user")
                        .execute()
                        .await()
                        .iterator()
                        .next()
                        .getString(0))
                .isEqualTo("clone_service");
        vertx.close().await();
    }
}
