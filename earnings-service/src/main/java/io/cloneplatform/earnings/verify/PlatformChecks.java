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
              WHERE role = 'own' AND NOT EXISTS (SELECT FROM ledger_transfer t WHERE t.id = e.transfer_id AND t.reverses IS NOT NULL AND e.amount <= 0)
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

    static final String DOCUMENTS_ARE_COUNTED =
            """
            SELECT name || f.what AS subject, to_jsonb(f.expected) AS expected, to_jsonb(f.actual) AS actual
            FROM (SELECT c.name, sum(c.number) AS number, sum(c.amount) AS amount
                  FROM kv_store_44a642d3 d CROSS JOIN LATERAL platform_counts(d) c
                  WHERE d.key LIKE ANY ('{withdrawal:%,product:%,ticket:%,conversation:%,premium:%,user:%}') GROUP BY c.name) d
            FULL JOIN platform_count p USING (name)
            CROSS JOIN LATERAL (VALUES
              ('', coalesce(d.number, 0), coalesce(p.number, 0)),
              (', amount', to_major(coalesce(d.amount, 0)::bigint), to_major(coalesce(p.amount, 0)))) AS f (what, expected, actual)
            WHERE f.expected <> f.actual
            """;
    static final String LISTS_ARE_COMPLETE =
            """
            SELECT key || ' in the list ' || list AS subject, to_jsonb(d.at) AS expected, to_jsonb(l.at) AS actual
            FROM (SELECT p.list, p.at, d.key FROM kv_store_44a642d3 d CROSS JOIN LATERAL platform_places(d) p
                  WHERE d.key LIKE ANY ('{conversation:%,premium:%,user:%}')) d
            FULL JOIN platform_list l USING (list, key)
            WHERE d.at IS DISTINCT FROM l.at
            """;
    static final String NETWORKS_ARE_COUNTED =
            """
            SELECT upline || f.what AS subject, to_jsonb(coalesce(f.expected, 0)) AS expected, to_jsonb(coalesce(f.actual, 0)) AS actual
            FROM (SELECT u.upline, count(*) FILTER (WHERE u.level = 1) AS level_1, count(*) FILTER (WHERE u.level = 2) AS level_2,
                         count(*) FILTER (WHERE u.level = 3) AS level_3
                  FROM member m CROSS JOIN LATERAL (VALUES (m.parent_id, 1), (m.grandparent_id, 2), (m.great_grandparent_id, 3)) AS u (upline, level)
                  WHERE u.upline IS NOT NULL GROUP BY u.upline) m
            FULL JOIN (SELECT split_part(key, ':', 2)::uuid AS upline, sum(to_minor((value ->> 'openingSharedProfit')::numeric))::bigint AS shared
                       FROM kv_store_44a642d3
                       WHERE key >= 'referral:' AND key < 'referral;' AND key ~ '^referral:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}:'
                         AND jsonb_typeof(value -> 'openingSharedProfit') = 'number'
                       GROUP BY 1) r USING (upline)
            FULL JOIN network_count n USING (upline)
            CROSS JOIN LATERAL (VALUES
              (' level 1', m.level_1::numeric, n.level_1::numeric), (' level 2', m.level_2, n.level_2), (' level 3', m.level_3, n.level_3),
              (' shared before', to_major(r.shared), to_major(n.opening_shared))) AS f (what, expected, actual)
            WHERE coalesce(f.expected, 0) <> coalesce(f.actual, 0)
            """;
    static final String NETWORKS_ARE_ACTIVE =
            """
            SELECT concat_ws(' ', upline, day) AS subject, to_jsonb(coalesce(a.members, 0)) AS expected, to_jsonb(coalesce(n.members, 0)) AS actual
            FROM (SELECT u.upline, a.active_on AS day, count(*) AS members
                  FROM ledger_account a JOIN member m ON m.id = a.id
                  CROSS JOIN LATERAL (VALUES (m.parent_id), (m.grandparent_id), (m.great_grandparent_id)) AS u (upline)
                  WHERE a.active_on IS NOT NULL AND u.upline IS NOT NULL GROUP BY 1, 2) a
            FULL JOIN network_activity n USING (upline, day)
            WHERE coalesce(a.members, 0) <> coalesce(n.members, 0)
            """;
}
