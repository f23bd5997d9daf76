package io.cloneplatform.common.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloneplatform.common.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** What a guard reads does not grow with the journal. */
class GuardPlansIT {
    private static final String FILL =
            """
            CREATE FUNCTION id(n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE RETURN lpad(to_hex(n), 32, '0')::uuid;
            SET ledger.posting = 'on';
            INSERT INTO ledger_transfer (id, kind, reference)
            SELECT id(n), 'bonus', id(n) || ':referral_5' FROM generate_series(1, 5000) n;
            INSERT INTO ledger_entry (transfer_id, account_id, role, amount, held, earned, balance_after, held_after)
            SELECT id(n), id(n), 'bonus', 2500, 0, 2500, 2500, 0 FROM generate_series(1, 5000) n;
            RESET ledger.posting;
            """;

    private static long rowsRead(Statement sql) throws SQLException {
        try (ResultSet row =
                sql.executeQuery("SELECT coalesce(sum(seq_tup_read + idx_tup_fetch), 0) FROM pg_stat_xact_user_tables"
                        + " WHERE relname IN ('ledger_transfer', 'ledger_entry')")) {
            row.next();
            return row.getLong(1);
        }
    }

    @Test
    void aClaimIsCheckedAgainstItsOwnTransferAlone() throws SQLException {
        try (Connection connection = TestDatabase.connect(TestDatabase.create());
                Statement sql = connection.createStatement()) {
            sql.execute(FILL);
            sql.execute("VACUUM ANALYZE ledger_transfer, ledger_entry");
            connection.setAutoCommit(false);
            sql.execute("SET CONSTRAINTS ALL IMMEDIATE");
            long before = rowsRead(sql);
            sql.execute("INSERT INTO kv_store_44a642d3 (key, value)"
                    + " SELECT 'bonus:' || id(4321) || ':referral_5', '{\"amount\": 25}'");
            assertThat(rowsRead(sql) - before).isBetween(2L, 10L);
            connection.rollback();
        }
    }
}
