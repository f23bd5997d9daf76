package io.cloneplatform.earnings.verify;

/**
 * Checks of the documents that show what the ledger knows. Numbers are compared as JSON, so that a document that someone
 * has mistyped is a finding, not a failure. OFFSET 0 takes out what is compared where the document is read: joined whole,
 * all documents would go to the disk and back.
 */
final class DocumentChecks {
    private DocumentChecks() {}

    static final String MEMBERS_EQUAL_ACCOUNTS =
            """
            SELECT coalesce(u.key, 'user:' || a.id) || ' ' || f.field AS subject, f.expected, f.actual
            FROM (SELECT a.*, coalesce(p.products, 0) AS products FROM ledger_account a
                  LEFT JOIN (SELECT e.account_id, sum(CASE WHEN t.reverses IS NULL THEN 1 ELSE -1 END) AS products
                             FROM ledger_entry e JOIN ledger_transfer t ON t.id = e.transfer_id AND t.kind = 'submission'
                             WHERE e.role = 'own' GROUP BY e.account_id) p ON p.account_id = a.id
                  WHERE a.kind = 'member') a
            FULL JOIN (SELECT key, value -> 'balance' AS balance, value -> 'heldBalance' AS held, value -> 'totalEarned' AS earned,
                              value -> 'productsSubmitted' AS products,
                              CASE jsonb_typeof(value -> 'openingProducts') WHEN 'number' THEN (value ->> 'openingProducts')::numeric ELSE 0 END AS opening
                       FROM kv_store_44a642d3 WHERE key >= 'user:' AND key < 'user;' OFFSET 0) u
              ON u.key = 'user:' || a.id
            CROSS JOIN LATERAL (VALUES
              ('balance', to_jsonb(to_major(a.balance)), u.balance),
              ('heldBalance', to_jsonb(to_major(a.held)), u.held),
              ('totalEarned', to_jsonb(to_major(a.earned)), u.earned),
              ('productsSubmitted', to_jsonb(a.products + coalesce(u.opening, 0)), u.products)
            ) AS f (field, expected, actual)
            WHERE (to_jsonb(to_major(a.balance)), to_jsonb(to_major(a.held)), to_jsonb(to_major(a.earned)), to_jsonb(a.products + coalesce(u.opening, 0)))
                  IS DISTINCT FROM (u.balance, u.held, u.earned, u.products)
              AND f.expected IS DISTINCT FROM f.actual
            """;

    static final String PENDING_WITHDRAWALS_ARE_HELD =
            """
            SELECT coalesce(w.key, 'withdrawal:' || h.account_id || ':' || h.id) AS subject,
                   to_jsonb(to_major(h.held)) AS expected, to_jsonb(w.amount) AS actual
            FROM (SELECT t.id, e.account_id, e.held
                  FROM ledger_transfer t JOIN ledger_entry e ON e.transfer_id = t.id
                  WHERE t.phase = 'pending' AND NOT EXISTS (SELECT FROM ledger_transfer o WHERE o.hold_id = t.id)) h
            FULL JOIN (SELECT key, amount FROM kv_store_44a642d3 WHERE key LIKE 'withdrawal:%' AND status = 'pending') w
              ON w.key = 'withdrawal:' || h.account_id || ':' || h.id
            WHERE w.amount IS DISTINCT FROM to_major(h.held)
            """;

    // One that was closed before an import has the id it had there, and no hold.
    static final String CLOSED_WITHDRAWALS_ARE_SETTLED =
            """
            SELECT coalesce(w.key, 'withdrawal:' || h.account_id || ':' || h.id) AS subject,
                   to_jsonb(CASE h.phase WHEN 'post' THEN 'approved' WHEN 'void' THEN 'denied or cancelled' END || ' ' || to_major(h.held)) AS expected,
                   to_jsonb(concat_ws(' ', w.status, w.amount)) AS actual
            FROM (SELECT t.id, e.account_id, e.held, o.phase
                  FROM ledger_transfer o JOIN ledger_transfer t ON t.id = o.hold_id
                  JOIN ledger_entry e ON e.transfer_id = t.id AND e.role = 'hold') h
            FULL JOIN (SELECT key, amount, status, value ? 'legacyId' AS imported FROM kv_store_44a642d3
                       WHERE key LIKE 'withdrawal:%' AND status IS DISTINCT FROM 'pending' OFFSET 0) w
              ON w.key = 'withdrawal:' || h.account_id || ':' || h.id
            WHERE (w.amount IS DISTINCT FROM to_major(h.held)
                   OR coalesce(w.status, '') <> ALL (CASE h.phase WHEN 'post' THEN ARRAY['approved'] ELSE ARRAY['denied', 'cancelled'] END))
              AND NOT (h.id IS NULL AND w.imported)
            """;

    // One from before an import names the key it had there; what it paid is part of the opening balance.
    static final String SUBMISSIONS_EQUAL_TRANSFERS =
            """
            SELECT coalesce(p.key, 'product:' || s.account_id || ':' || s.reference) AS subject,
                   to_jsonb(to_major(s.value)) AS expected,
                   CASE WHEN p.status IS DISTINCT FROM s.status THEN to_jsonb(p.status)
                        WHEN p.amount IS DISTINCT FROM to_major(s.value) THEN to_jsonb(p.amount)
                        ELSE to_jsonb(concat('value ', p.value #>> '{}', ', own share ', p.own #>> '{}')) END AS actual
            FROM (SELECT t.reference, o.account_id, -b.amount AS value, o.amount AS own, CASE WHEN r.id IS NULL THEN 'credited' ELSE 'reversed' END AS status
                  FROM ledger_transfer t
                  JOIN ledger_entry o ON o.transfer_id = t.id AND o.role = 'own'
                  JOIN ledger_entry b ON b.transfer_id = t.id AND b.role = 'source'
                  LEFT JOIN ledger_transfer r ON r.reverses = t.id
                  WHERE t.kind = 'submission' AND t.reverses IS NULL) s
            FULL JOIN (SELECT key, status, amount, value -> 'value' AS value, value -> 'userEarned' AS own, value ? 'legacyKey' AS imported
                       FROM kv_store_44a642d3 WHERE key >= 'product:' AND key < 'product;' OFFSET 0) p
              ON p.key = 'product:' || s.account_id || ':' || s.reference
            WHERE (p.status IS DISTINCT FROM s.status OR p.amount IS DISTINCT FROM to_major(s.value)
                   OR p.value IS DISTINCT FROM to_jsonb(to_major(s.value))
                   OR p.own IS DISTINCT FROM to_jsonb(to_major(s.own)))
              AND NOT (s.reference IS NULL AND (p.imported OR coalesce(p.status, '') IN ('pending_review', 'rejected')))
            """;

    static final String REFERRALS_EQUAL_COMMISSIONS =
            """
            SELECT coalesce(r.key, 'referral:' || s.parent || ':' || s.child) AS subject,
                   to_jsonb(trim_scale(coalesce(s.shared, 0) + coalesce(r.opening, 0))) AS expected,
                   r.shared AS actual
            FROM (SELECT p.account_id AS parent, o.account_id AS child, to_major(sum(p.amount)::bigint) AS shared
                  FROM ledger_transfer t
                  JOIN ledger_entry o ON o.transfer_id = t.id AND o.role = 'own'
                  JOIN ledger_entry p ON p.transfer_id = t.id AND p.role = 'level_1'
                  WHERE t.kind = 'submission' GROUP BY 1, 2) s
            FULL JOIN (SELECT key, value -> 'totalSharedProfit' AS shared, CASE jsonb_typeof(value -> 'openingSharedProfit')
                                WHEN 'number' THEN (value ->> 'openingSharedProfit')::numeric ELSE 0 END AS opening
                       FROM kv_store_44a642d3 WHERE key >= 'referral:' AND key < 'referral;' OFFSET 0) r
              ON r.key = 'referral:' || s.parent || ':' || s.child
            WHERE r.shared IS DISTINCT FROM to_jsonb(coalesce(s.shared, 0) + coalesce(r.opening, 0))
            """;
}
