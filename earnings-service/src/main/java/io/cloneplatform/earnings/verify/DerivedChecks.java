package io.cloneplatform.earnings.verify;

/** Checks of what members are told on the ground of their earnings and referrals. */
final class DerivedChecks {
    private DerivedChecks() {}

    static final String TIERS_ARE_EARNED =
            """
            SELECT u.key AS subject, to_jsonb(vip_tier_for(a.earned)) AS expected, u.value -> 'vipTier' AS actual
            FROM ledger_account a JOIN kv_store_44a642d3 u ON u.key = 'user:' || a.id
            WHERE a.kind = 'member' AND u.value -> 'vipTierManual' IS DISTINCT FROM 'true'
              AND u.value ->> 'vipTier' IS DISTINCT FROM vip_tier_for(a.earned)
            """;

    static final String CHILDREN_ARE_COUNTED =
            """
            SELECT u.key AS subject, to_jsonb(coalesce(c.children, 0)) AS expected, u.value -> 'childCount' AS actual
            FROM member m JOIN kv_store_44a642d3 u ON u.key = 'user:' || m.id
            LEFT JOIN (SELECT parent_id, count(*) AS children FROM member GROUP BY parent_id) c ON c.parent_id = m.id
            WHERE u.value -> 'childCount' IS DISTINCT FROM to_jsonb(coalesce(c.children, 0))
            """;

    // A bonus claimed before an import has its document, and its money is part of the opening balance.
    static final String BONUSES_EQUAL_TRANSFERS =
            """
            SELECT 'bonus:' || t.reference AS subject, to_jsonb(to_major(e.amount)) AS expected, b.value -> 'amount' AS actual
            FROM ledger_transfer t
            JOIN ledger_entry e ON e.transfer_id = t.id AND e.role = 'bonus'
            LEFT JOIN kv_store_44a642d3 b ON b.key = 'bonus:' || t.reference
            WHERE t.kind = 'bonus' AND b.value -> 'amount' IS DISTINCT FROM to_jsonb(to_major(e.amount))
            """;
}
