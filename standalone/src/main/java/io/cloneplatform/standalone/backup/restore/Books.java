package io.cloneplatform.standalone.backup.restore;

import io.cloneplatform.common.db.Jdbc;
import io.cloneplatform.earnings.verify.LedgerCheck;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The rules of {@code ledger verify}, asked of a database that nobody else sees yet. */
final class Books {
    private static final int MAX_PROBLEMS = 20;

    // What the last second before the snapshot posted was not sealed in it.
    private static final String SEAL = "SELECT ledger_seal_next(5000, true)";

    private Books() {}

    /** Seals what is not sealed, as the platform does a second after each posting. */
    static void seal(Connection connection) throws SQLException {
        while (Jdbc.number(connection, SEAL) > 0) {
            // Again, until nothing is left.
        }
    }

    /** What does not balance, a sentence each. */
    static List<String> problems(Connection connection) throws SQLException {
        Jdbc.execute(connection, LedgerCheck.TAKE_TIME);
        List<String> problems = new ArrayList<>();
        for (LedgerCheck check : LedgerCheck.ALL) {
            int room = MAX_PROBLEMS - problems.size();
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(check.limited(Integer.toString(room)))) {
                while (rows.next()) {
                    problems.add(check.rule() + ": " + rows.getString("subject") + ": expected "
                            + rows.getString("expected") + ", found " + rows.getString("actual"));
                }
            }
        }
        return problems;
    }
}
