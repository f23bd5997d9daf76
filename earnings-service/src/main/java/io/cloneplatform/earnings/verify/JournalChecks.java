package io.cloneplatform.earnings.verify;

/** Checks of the journal itself and of the accounts that it adds up to. */
final class JournalChecks {
    private JournalChecks() {}

    static final String ROWS_ARE_AS_SEALED =
            "SELECT subject, to_jsonb(expected) AS expected, to_jsonb(actual) AS actual FROM ledger_seal_findings()";

    static final String TRANSFERS_SUM_TO_ZERO =
            """
            SELECT e.transfer_id::text AS subject, to_jsonb(0) AS expected, to_jsonb(to_major(sum(e.amount)::bigint)) AS actual
            FROM ledger_entry e GROUP BY e.transfer_id HAVING sum(e.amount) <> 0
            """;

    static final String ENTRIES_AND_TRANSFERS_BELONG_TOGETHER =
            """
            SELECT f.id::text AS subject, to_jsonb('a transfer with entries'::text) AS expected, to_jsonb(f.found) AS actual
            FROM (SELECT DISTINCT e.transfer_id AS id, 'entries without a transfer' AS found
                  FROM ledger_entry e WHERE NOT EXISTS (SELECT FROM ledger_transfer t WHERE t.id = e.transfer_id)
                  UNION ALL
                  SELECT t.id, 'a transfer without entries'
                  FROM ledger_transfer t WHERE NOT EXISTS (SELECT FROM ledger_entry e WHERE e.transfer_id = t.id)) f
            """;

    // Entries of one account are numbered under its lock. What is typed into one before it is sealed shows here. To
    // sort the journal (OFFSET 0) takes a third of the time of following the index of each account through it.
    static final String BALANCES_FOLLOW =
            """
            SELECT 'entry of transfer ' || e.transfer_id || ' account ' || e.account_id || ' ' || f.field AS subject,
                   to_jsonb(to_major(f.expected)) AS expected, to_jsonb(to_major(f.actual)) AS actual
            FROM (SELECT transfer_id, account_id, balance_after, held_after,
                         lag(balance_after, 1, 0::bigint) OVER w + amount - held AS balance,
                         lag(held_after, 1, 0::bigint) OVER w + held AS held
                  FROM (SELECT * FROM ledger_entry OFFSET 0) e WINDOW w AS (PARTITION BY account_id ORDER BY seq)) e
            CROSS JOIN LATERAL (VALUES ('balance', e.balance, e.balance_after), ('held', e.held, e.held_after)) AS f (field, expected, actual)
            WHERE (e.balance <> e.balance_after OR e.held <> e.held_after) AND f.expected <> f.actual
            """;

    static final String ACCOUNTS_EQUAL_ENTRIES =
            """
            SELECT coalesce(a.id, e.account_id)::text || ' ' || f.field AS subject,
                   to_jsonb(to_major(f.expected)) AS expected, to_jsonb(to_major(f.actual)) AS actual
            FROM ledger_account a
            FULL JOIN (
              SELECT account_id, sum(amount - held)::bigint AS balance, sum(held)::bigint AS held, sum(earned)::bigint AS earned,
                     coalesce(sum(earned) FILTER (WHERE role LIKE 'level\\__'), 0)::bigint AS commission
              FROM ledger_entry GROUP BY account_id) e ON e.account_id = a.id
            CROSS JOIN LATERAL (VALUES
              ('balance', coalesce(e.balance, 0), a.balance),
              ('held', coalesce(e.held, 0), a.held),
              ('earned', coalesce(e.earned, 0), a.earned),
              ('commission', coalesce(e.commission, 0), a.commission)) AS f (field, expected, actual)
            WHERE (coalesce(e.balance, 0), coalesce(e.held, 0), coalesce(e.earned, 0), coalesce(e.commission, 0))
                  IS DISTINCT FROM (a.balance, a.held, a.earned, a.commission)
              AND f.expected IS DISTINCT FROM f.actual
            """;

    static final String ACCOUNTS_SUM_TO_ZERO =
            """
            SELECT 'all accounts' AS subject, to_jsonb(0) AS expected, to_jsonb(to_major(sum(posted)::bigint)) AS actual
            FROM ledger_account HAVING sum(posted) <> 0
            """;

    // An own share below zero takes a submission back.
    static final String MONTHS_EQUAL_ENTRIES =
            """
            SELECT concat_ws(' ', coalesce(m.account_id, e.account_id), to_char(coalesce(m.month, e.month), 'YYYY-MM'), coalesce(m.role, e.role)) AS subject,
                   to_jsonb(to_major(e.amount)) AS expected, to_jsonb(to_major(m.amount)) AS actual
            FROM ledger_month m
            FULL JOIN (
              SELECT account_id, date_trunc('month', created_at AT TIME ZONE 'UTC')::date AS month, role,
                     sum(amount)::bigint AS amount,
                     sum(CASE WHEN role = 'own' AND amount < 0 THEN -1 ELSE 1 END) AS entries
              FROM ledger_entry WHERE amount <> 0 GROUP BY 1, 2, 3) e
              ON e.account_id = m.account_id AND e.month = m.month AND e.role = m.role
            WHERE m.amount IS DISTINCT FROM e.amount OR m.entries IS DISTINCT FROM e.entries
            """;
}
