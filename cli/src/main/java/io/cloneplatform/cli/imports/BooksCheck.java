package io.cloneplatform.cli.imports;

import java.util.ArrayList;
import java.util.List;

/** Proves after an import that the books add up and that every member's document shows them. */
final class BooksCheck {
    private static final String SUM = "SELECT coalesce(sum(posted), 0)::bigint FROM ledger_account";
    private static final String DRIFT =
            """
            SELECT count(*) FROM ledger_account a FULL JOIN (
              SELECT key, value FROM kv_store_44a642d3 WHERE key >= 'user:' AND key < 'user;') u ON u.key = 'user:' || a.id
            WHERE a.kind IS DISTINCT FROM 'system'
              AND (u.value -> 'balance' IS DISTINCT FROM to_jsonb(to_major(a.balance))
                OR u.value -> 'heldBalance' IS DISTINCT FROM to_jsonb(to_major(a.held))
                OR u.value -> 'totalEarned' IS DISTINCT FROM to_jsonb(to_major(a.earned)))
            """;
    private static final String UNHELD =
            """
            SELECT count(*) FROM kv_store_44a642d3 w
            WHERE w.key LIKE 'withdrawal:%' AND w.status = 'pending' AND NOT EXISTS (
              SELECT FROM ledger_entry e
              WHERE e.transfer_id = (w.value ->> 'id')::uuid AND e.role = 'hold' AND to_major(e.held) = w.amount)
            """;

    private BooksCheck() {}

    /** What does not add up, as sentences; empty when all is well. */
    static List<String> problems(Sql sql) {
        List<String> problems = new ArrayList<>();
        long sum = number(sql, SUM);
        long drift = number(sql, DRIFT);
        long unheld = number(sql, UNHELD);
        if (sum != 0) {
            problems.add("the accounts add up to " + sum + " minor units instead of zero");
        }
        if (drift != 0) {
            problems.add(drift + " members' documents do not show what their account has");
        }
        if (unheld != 0) {
            problems.add(unheld + " pending withdrawals have no hold");
        }
        return problems;
    }

    private static long number(Sql sql, String query) {
        return ((Number) sql.single(query)).longValue();
    }
}
