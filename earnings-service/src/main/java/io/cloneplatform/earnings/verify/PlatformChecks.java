package io.cloneplatform.earnings.verify;

/** Checks of the numbers of the whole platform, which the database keeps so that nobody has to count. */
final class PlatformChecks {
    private PlatformChecks() {}

    static final String RANKS_ARE_COUNTED =
            """
            SELECT a.id::text AS subject, to_jsonb(commission_rank(a.commission)) AS expected, to_jsonb(a.commission_rank) AS actual
            FROM ledger_account a WHERE a.kind = 'member' AND a.commission_rank <> commission_rank(a.commission)
            UNION ALL
            SELECT 'rank ' || rank, to_jsonb(coalesce(a.members, 0)), to_jsonb(coalesce(p.members, 0))
            FROM (SELECT commission_rank(commission) AS rank, count(*) AS members
                  FROM ledger_account WHERE kind = 'member' AND commission > 0 GROUP BY 1) a
            FULL JOIN platform_rank p USING (rank)
            WHERE coalesce(a.members, 0) <> coalesce(p.members, 0)
            """;

    static final String ACTIVITY_IS_COUNTED =
            """
            WITH submitted AS (
              SELECT account_id AS id, (max(created_at) AT TIME ZONE 'UTC')::date AS day FROM ledger_entry e
              WHERE role = 'own' AND (amount > 0 OR NOT EXISTS (SELECT FROM ledger_transfer t WHERE t.id = e.transfer_id AND t.reverses IS NOT NULL))
              GROUP BY account_id)
            SELECT a.id::text AS subject, to_jsonb(s.day) AS expected, to_jsonb(a.active_on) AS actual
            FROM ledger_account a LEFT JOIN submitted s USING (id) WHERE a.active_on IS DISTINCT FROM s.day
            UNION ALL
            SELECT day::text, to_jsonb(coalesce(s.members, 0)), to_jsonb(coalesce(p.members, 0))
            FROM (SELECT day, count(*) AS members FROM submitted GROUP BY day) s
            FULL JOIN platform_activity p USING (day)
            WHERE coalesce(s.members, 0) <> coalesce(p.members, 0)
            """;

    static final String REVENUE_EQUALS_MONTHS =
            """
            SELECT role AS subject, to_jsonb(to_major(coalesce(m.amount, 0))) AS expected, to_jsonb(to_major(coalesce(p.amount, 0))) AS actual
            FROM (SELECT role, sum(amount)::bigint AS amount FROM ledger_month
                  WHERE role IN ('own', 'level_1', 'level_2', 'level_3', 'platform') GROUP BY role) m
            FULL JOIN platform_revenue p USING (role)
            WHERE coalesce(m.amount, 0) <> coalesce(p.amount, 0)
            """;

    static final String MEMBERS_ARE_COUNTED =
            """
            SELECT 'members' AS subject, to_jsonb(m.members) AS expected, to_jsonb(p.members) AS actual
            FROM (SELECT count(*) AS members FROM member WHERE deleted_at IS NULL) m,
                 (SELECT coalesce(sum(members), 0)::bigint AS members FROM platform_members) p
            WHERE m.members <> p.members
            """;

    static final String FREEZES_ARE_LISTED =
            """
            SELECT coalesce(u.key, p.key) AS subject, to_jsonb(u.key IS NOT NULL) AS expected, to_jsonb(p.key IS NOT NULL) AS actual
            FROM (SELECT key FROM kv_store_44a642d3 WHERE key >= 'user:' AND key < 'user;' AND value -> 'accountFrozen' = 'true') u
            FULL JOIN platform_frozen p USING (key)
            WHERE u.key IS NULL OR p.key IS NULL
            """;
}
