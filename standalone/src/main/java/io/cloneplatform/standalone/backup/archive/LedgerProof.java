package io.cloneplatform.standalone.backup.archive;

import io.cloneplatform.common.db.Jdbc;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Sums over the books of one snapshot, by which a restored database is told from another; amounts in minor
 * units, as text because a sum may be larger than any of its parts.
 *
 * @param owed available and held balances of all members
 * @param held held balances
 * @param earned what members earned ever
 * @param moved amounts of all entries that are more than zero
 * @param accountSums the sum over all accounts of a number that changes with the account's balances
 * @param sealed how many transfers the chain of hashes has
 * @param lastSeal the hash of its last link; empty without one
 */
public record LedgerProof(
        long transfers,
        long entries,
        long accounts,
        String owed,
        String held,
        String earned,
        String moved,
        String accountSums,
        long sealed,
        String lastSeal) {
    private static final String BOOKS =
            """
            SELECT (SELECT count(*) FROM ledger_transfer) AS transfers, e.entries, e.moved, a.*
            FROM (SELECT count(*) AS entries, coalesce(sum(amount) FILTER (WHERE amount > 0), 0)::text AS moved FROM ledger_entry) e
            CROSS JOIN (
              SELECT count(*) AS accounts, coalesce(sum(posted) FILTER (WHERE kind = 'member'), 0)::text AS owed,
                     coalesce(sum(held), 0)::text AS held, coalesce(sum(earned), 0)::text AS earned,
                     coalesce(sum(('x' || substr(encode(sha256(convert_to(
                       concat_ws(' ', id, balance, held, earned, commission), 'UTF8')), 'hex'), 1, 15))::bit(60)::bigint), 0)::text AS account_sums
              FROM ledger_account) a
            """;
    private static final String HAS_SEALS = "SELECT to_regclass('ledger_seal')";
    private static final String LAST_POSITION = "SELECT coalesce(max(position), 0) FROM ledger_seal";
    private static final String LAST_SEAL =
            "SELECT encode(hash, 'hex') FROM ledger_seal ORDER BY position DESC LIMIT 1";

    /** Computes it in the transaction of a connection. */
    public static LedgerProof of(Connection connection) throws SQLException {
        boolean seals = Jdbc.text(connection, HAS_SEALS) != null;
        String last = seals ? Jdbc.text(connection, LAST_SEAL) : null;
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(BOOKS)) {
            rows.next();
            return new LedgerProof(
                    rows.getLong("transfers"),
                    rows.getLong("entries"),
                    rows.getLong("accounts"),
                    rows.getString("owed"),
                    rows.getString("held"),
                    rows.getString("earned"),
                    rows.getString("moved"),
                    rows.getString("account_sums"),
                    seals ? Jdbc.number(connection, LAST_POSITION) : 0,
                    last == null ? "" : last);
        }
    }
}
