package io.cloneplatform.earnings.verify;

/**
 * Checks of what members are told on the ground of their earnings and referrals; OFFSET 0 as in {@link DocumentChecks}.
 */
final class DerivedChecks {
    private DerivedChecks() {}

    static final String TIERS_ARE_EARNED =
            """
            SELECT u.key AS subject, to_jsonb(t.names[width_bucket(a.earned, t.thresholds)]) AS expected, u.tier AS actual
            FROM ledger_account a
            JOIN (SELECT key, value -> 'vipTier' AS tier FROM kv_store_44a642d3
                  WHERE key >= 'user:' AND key < 'user;' AND value -> 'vipTierManual' IS DISTINCT FROM 'true') u ON u.key = 'user:' || a.id
            CROSS JOIN (SELECT array_agg(name ORDER BY threshold) AS names, array_agg(threshold ORDER BY threshold) AS thresholds FROM vip_tier) t
            WHERE a.kind = 'member' AND u.tier #>> '{}' IS DISTINCT FROM t.names[width_bucket(a.earned, t.thresholds)]
            """;

    static final String CHILDREN_ARE_COUNTED =
            """
            SELECT u.key AS subject, to_jsonb(coalesce(c.children, 0)) AS expected, u.children AS actual
            FROM member m
            JOIN (SELECT key, value -> 'childCount' AS children FROM kv_store_44a642d3 WHERE key >= 'user:' AND key < 'user;') u
              ON u.key = 'user:' || m.id
            LEFT JOIN (SELECT parent_id, count(*) AS children FROM member GROUP BY parent_id) c ON c.parent_id = m.id
            WHERE u.children IS DISTINCT FROM to_jsonb(coalesce(c.children, 0))
            """;

    // Each line is the one that begins at the parent, and the member's document and the parent's link tell the same.
    static final String LINES_BEGIN_AT_THE_PARENT =
            """
            SELECT m.id || ' ' || f.field AS subject, to_jsonb(f.expected) AS expected, to_jsonb(f.actual) AS actual
            FROM member m
            LEFT JOIN member p ON p.id = m.parent_id
            LEFT JOIN (SELECT key, value ->> 'parentUserId' AS parent, value ->> 'id' AS id
                       FROM kv_store_44a642d3 WHERE key >= 'user:' AND key < 'user;' OFFSET 0) u ON u.key = 'user:' || m.id
            CROSS JOIN LATERAL (VALUES
              ('grandparent', p.parent_id::text, m.grandparent_id::text),
              ('great-grandparent', p.grandparent_id::text, m.great_grandparent_id::text),
              ('parentUserId', m.parent_id::text, u.parent),
              ('id', m.id::text, u.id)) AS f (field, expected, actual)
            WHERE (p.parent_id, p.grandparent_id, m.parent_id::text, m.id::text)
                  IS DISTINCT FROM (m.grandparent_id, m.great_grandparent_id, u.parent, u.id)
              AND f.expected IS DISTINCT FROM f.actual AND (u.key IS NOT NULL OR f.field LIKE '%grandparent')
            UNION ALL
            SELECT coalesce(r.key, 'referral:' || m.parent_id || ':' || m.id), to_jsonb(m.id IS NOT NULL), to_jsonb(r.key IS NOT NULL)
            FROM (SELECT id, parent_id FROM member WHERE parent_id IS NOT NULL) m
            FULL JOIN (SELECT key FROM kv_store_44a642d3 WHERE key >= 'referral:' AND key < 'referral;') r
              ON r.key = 'referral:' || m.parent_id || ':' || m.id
            WHERE m.id IS NULL OR r.key IS NULL
            """;

    static final String MEMBERS_HAVE_ACCOUNTS =
            """
            SELECT coalesce(m.id, a.id)::text AS subject,
                   to_jsonb(CASE WHEN m.id IS NULL THEN 'no account' WHEN m.deleted_at IS NULL THEN 'an open account' ELSE 'a closed account' END) AS expected,
                   to_jsonb(CASE WHEN a.id IS NULL THEN 'no account' WHEN a.closed THEN 'a closed account' ELSE 'an open account' END) AS actual
            FROM member m FULL JOIN (SELECT id, closed FROM ledger_account WHERE kind = 'member') a ON a.id = m.id
            WHERE m.id IS NULL OR a.id IS NULL OR a.closed <> (m.deleted_at IS NOT NULL)
            """;

    // A bonus claimed before an import has its document, and its money is part of the opening balance.
    static final String BONUSES_EQUAL_TRANSFERS =
            """
            SELECT coalesce(b.key, 'bonus:' || t.reference) AS subject, to_jsonb(to_major(t.amount)) AS expected, b.value -> 'amount' AS actual
            FROM (SELECT t.reference, e.amount FROM ledger_transfer t
                  JOIN ledger_entry e ON e.transfer_id = t.id AND e.role = 'bonus' WHERE t.kind = 'bonus' AND t.reverses IS NULL) t
            FULL JOIN (SELECT b.key, b.value, coalesce(u.value ? 'openingProducts', false) AS imported
                       FROM kv_store_44a642d3 b LEFT JOIN kv_store_44a642d3 u ON u.key = 'user:' || split_part(b.key, ':', 2)
                       WHERE b.key >= 'bonus:' AND b.key < 'bonus;') b ON b.key = 'bonus:' || t.reference
            WHERE b.value -> 'amount' IS DISTINCT FROM to_jsonb(to_major(t.amount)) AND NOT (t.reference IS NULL AND b.imported)
            """;

    // Withdrawals are paused by what the member's document shows: an assignment that is there and that the member can
    // end.
    static final String OPEN_ASSIGNMENTS_ARE_SHOWN =
            """
            SELECT coalesce(u.key, 'user:' || p.user_id, p.key) AS subject, to_jsonb(concat_ws(' ', p.id, p.status)) AS expected,
                   to_jsonb(concat_ws(' ', u.id, u.status)) AS actual
            FROM (SELECT key, user_id, value ->> 'id' AS id, status FROM kv_store_44a642d3
                  WHERE key LIKE 'premium:%' AND status IN ('offered', 'active') OFFSET 0) p
            FULL JOIN (SELECT key, value #>> '{premiumAssignment,id}' AS id, value #>> '{premiumAssignment,status}' AS status
                       FROM kv_store_44a642d3 WHERE key >= 'user:' AND key < 'user;' AND coalesce(value -> 'premiumAssignment', 'null') <> 'null' OFFSET 0) u
              ON u.key = 'user:' || p.user_id
            WHERE u.id IS DISTINCT FROM p.id OR u.status IS DISTINCT FROM p.status
            """;
}
