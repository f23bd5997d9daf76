package io.cloneplatform.acceptance.ledger;

import io.cloneplatform.common.testing.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The journal as an auditor reads it: over a connection of its own, past everything that serves clients. */
public final class Journal implements AutoCloseable {
    private static final String OF_ACCOUNT =
            """
            SELECT count(*) FROM ledger_transfer t
            WHERE t.kind = ? AND t.phase = ?
              AND EXISTS (SELECT FROM ledger_entry e WHERE e.transfer_id = t.id AND e.account_id = ?::uuid)
            """;

    private static final String REFERENCES =
            "SELECT reference FROM ledger_transfer WHERE kind = ? AND phase = ? AND seq > ? ORDER BY created_at, id";

    // Entries of one account are booked one after the other: each must start from where the one before ended.
    private static final String BROKEN_ENTRIES =
            """
            SELECT count(*) FROM (
              SELECT balance_after, held_after, a.kind,
                     sum(e.amount - e.held) OVER sofar AS balance, sum(e.held) OVER sofar AS held
              FROM ledger_entry e JOIN ledger_account a ON a.id = e.account_id
              WINDOW sofar AS (PARTITION BY e.account_id ORDER BY e.seq)
            ) booked
            WHERE balance_after <> balance OR held_after <> held OR held < 0 OR balance < 0 AND kind = 'member'
            """;

    private final Connection sql;
    private final long after;

    /** Opens the journal of a database. */
    public Journal(String databaseUrl) {
        this(databaseUrl, 0);
    }

    /** Opens the journal of a database from behind a transfer, by its number. */
    public Journal(String databaseUrl, long after) {
        this.sql = TestDatabase.connect(databaseUrl);
        this.after = after;
    }

    /** The number of the last transfer of a database; zero when there is none. */
    public static long last(String databaseUrl) {
        try (Journal journal = new Journal(databaseUrl)) {
            return Long.parseLong(journal.texts("SELECT coalesce(max(seq), 0) FROM ledger_transfer")
                    .get(0));
        }
    }

    /** How many transfers of a kind and phase touch an account. */
    public long transfers(String kind, String phase, String account) {
        return Long.parseLong(texts(OF_ACCOUNT, kind, phase, account).get(0));
    }

    /** What the transfers of a kind and phase are for, one for each transfer, in the order in which they were booked. */
    public List<String> references(String kind, String phase) {
        return texts(REFERENCES, kind, phase, after);
    }

    /** How many entries do not continue from the one before, or leave a member with less than nothing. */
    public long brokenEntries() {
        return Long.parseLong(texts(BROKEN_ENTRIES).get(0));
    }

    /** Reads everything from the books of one moment, from now on. */
    public Journal frozen() {
        texts("SELECT 1 FROM set_config('default_transaction_isolation', 'repeatable read', false)");
        try {
            sql.setAutoCommit(false);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return this;
    }

    /** The first column of whatever an auditor asks for. */
    public List<String> texts(String query, Object... arguments) {
        try (PreparedStatement statement = sql.prepareStatement(query)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            List<String> texts = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    texts.add(rows.getString(1));
                }
            }
            return texts;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            sql.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
