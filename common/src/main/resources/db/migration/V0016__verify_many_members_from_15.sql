-- The books of a million members, verified in minutes on two cores.

-- As before, but each document is asked only for what its kind counts for. A list of values is prepared again for each
-- document, which took most of the time of counting all of them.
CREATE OR REPLACE FUNCTION platform_counts(doc kv_store_44a642d3) RETURNS TABLE (name text, number bigint, amount bigint)
  LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT c.name, 1::bigint, coalesce(to_minor(c.amount), 0)
  FROM (
    SELECT 'withdrawal ' || doc.status, doc.amount WHERE doc.key LIKE 'withdrawal:%'
    UNION ALL
    SELECT 'submission ' || doc.status, 0 WHERE doc.key LIKE 'product:%'
    UNION ALL
    SELECT concat_ws(' ', 'ticket', doc.status, doc.value ->> 'priority'), 0 WHERE doc.key LIKE 'ticket:%'
    UNION ALL
    SELECT 'conversation', 0 WHERE doc.key LIKE 'conversation:%'
    UNION ALL
    SELECT 'premium ' || doc.status, doc.amount WHERE doc.key LIKE 'premium:%' AND doc.status IN ('offered', 'active')
    UNION ALL
    SELECT 'premium assigned ' || left(doc.value ->> 'assignedAt', 7), 0 WHERE doc.key LIKE 'premium:%'
    UNION ALL
    SELECT 'premium ' || doc.status || ' ' || left(coalesce(doc.value ->> 'endedAt', doc.value ->> 'completedAt'), 7), 0
    WHERE doc.key LIKE 'premium:%' AND doc.status NOT IN ('offered', 'active')
    UNION ALL
    SELECT concat_ws(' ', 'member', doc.value ->> 'vipTier', CASE doc.value -> 'accountFrozen' WHEN 'true' THEN 'frozen' END), 0
    WHERE doc.key LIKE 'user:%' AND NOT doc.value ? 'deletedAt'
    UNION ALL
    SELECT 'premium frozen', 0
    WHERE doc.key LIKE 'user:%' AND doc.value -> 'accountFrozen' = 'true' AND doc.value #>> '{premiumAssignment,status}' IN ('offered', 'active')
  ) AS c (name, amount)
  WHERE c.name IS NOT NULL
$$;

-- As before, in the same way.
CREATE OR REPLACE FUNCTION platform_places(doc kv_store_44a642d3) RETURNS TABLE (list text, at text)
  LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT p.list, coalesce(p.at, '')
  FROM (
    SELECT 'conversation', coalesce(doc.value ->> 'lastAt', doc.value ->> 'createdAt') WHERE doc.key LIKE 'conversation:%'
    UNION ALL
    SELECT 'premium', coalesce(doc.value ->> 'expiresAt', '~') WHERE doc.key LIKE 'premium:%' AND doc.status IN ('offered', 'active')
    UNION ALL
    SELECT concat_ws(' ', 'member', doc.value ->> 'vipTier'), to_char(doc.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
    WHERE doc.key LIKE 'user:%' AND NOT doc.value ? 'deletedAt'
    UNION ALL
    SELECT 'frozen', to_char(doc.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
    WHERE doc.key LIKE 'user:%' AND NOT doc.value ? 'deletedAt' AND doc.value -> 'accountFrozen' = 'true'
    UNION ALL
    SELECT 'frozen ' || (doc.value ->> 'vipTier'), to_char(doc.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
    WHERE doc.key LIKE 'user:%' AND NOT doc.value ? 'deletedAt' AND doc.value -> 'accountFrozen' = 'true'
  ) AS p (list, at)
  WHERE p.list IS NOT NULL
$$;

-- As before, but the journal is gone through once, and only what differs from its seal is kept and named. The digests of all
-- rows are most of the work; where several processes of PostgreSQL may help, they make them (OFFSET 0 has each made once).
CREATE OR REPLACE FUNCTION ledger_seal_findings() RETURNS TABLE (subject text, expected text, actual text)
  LANGUAGE sql STABLE PARALLEL SAFE AS $$
  WITH entries AS (
    SELECT e.transfer_id, string_agg(e.digest, ''::bytea ORDER BY e.seq) AS digests, string_agg(substr(e.digest, 1, 8), ''::bytea ORDER BY e.seq) AS parts
    FROM (SELECT e.transfer_id, e.seq, ledger_digest(e) AS digest FROM ledger_entry e OFFSET 0) e
    GROUP BY e.transfer_id
  ), booked AS (
    SELECT t.id, t.seq, t.created_at, t.digest || coalesce(e.digests, ''::bytea) AS digests, substr(t.digest, 1, 8) || coalesce(e.parts, ''::bytea) AS parts
    FROM (SELECT t.id, t.seq, t.created_at, ledger_digest(t) AS digest FROM ledger_transfer t OFFSET 0) t
    LEFT JOIN entries e ON e.transfer_id = t.id
  ), chain AS (
    SELECT s.position, s.transfer_id, s.parts, s.hash, lag(s.hash, 1, sha256('')) OVER w AS before, lag(s.position, 1, 0::bigint) OVER w AS position_before
    FROM ledger_seal s WINDOW w AS (ORDER BY s.position)
  ), suspect AS MATERIALIZED (
    SELECT c.position, c.transfer_id AS sealed, c.parts, c.position_before, t.id AS booked, t.digests, sha256(c.before || t.digests) <> c.hash AS broken
    FROM chain c FULL JOIN booked t ON t.id = c.transfer_id
    WHERE c.position <> c.position_before + 1 OR t.id IS NULL OR sha256(c.before || t.digests) <> c.hash OR c.parts <> t.parts
       OR (c.transfer_id IS NULL AND t.created_at < now() - interval '1 day' AND t.seq <= (SELECT p.seq FROM ledger_seal_progress p))
  )
  SELECT 'position ' || c.position_before + 1 || ' of the chain', 'a sealed transfer', 'missing' FROM suspect c WHERE c.position <> c.position_before + 1
  UNION ALL
  SELECT 'position ' || coalesce(s.position, 0) + 1 || ' of the chain', 'sealed up to position ' || p.position, 'missing'
  FROM ledger_seal_progress p LEFT JOIN (SELECT max(position) AS position FROM ledger_seal) s ON true
  WHERE p.position > coalesce(s.position, 0)
  UNION ALL
  SELECT 'position ' || s.position || ' of the chain', 'the end that is remembered', 'another one'
  FROM ledger_seal_progress p JOIN ledger_seal s ON s.position = p.position AND s.hash <> p.hash
  UNION ALL
  SELECT 'the end of the chain', 'remembered', 'missing' WHERE NOT EXISTS (SELECT FROM ledger_seal_progress)
  UNION ALL
  SELECT 'transfer ' || c.sealed, 'sealed at position ' || c.position, 'missing' FROM suspect c WHERE c.booked IS NULL
  UNION ALL
  SELECT CASE WHEN d.i = 0 THEN 'transfer ' || c.sealed
              WHEN d.i > 0 THEN concat_ws(' ', 'entry', d.i, 'of transfer', c.sealed, 'account ' || (
                SELECT e.account_id FROM ledger_entry e WHERE e.transfer_id = c.sealed ORDER BY e.seq OFFSET d.i - 1 LIMIT 1))
              ELSE 'position ' || c.position || ' of the chain, transfer ' || c.sealed END,
         'as sealed',
         CASE WHEN d.i IS NULL THEN 'in another order' WHEN 32 * d.i >= length(c.digests) THEN 'missing'
              WHEN 8 * d.i >= length(c.parts) THEN 'added' ELSE 'changed' END
  FROM suspect c
  LEFT JOIN LATERAL (
    SELECT min(i) AS i FROM generate_series(0, greatest(length(c.digests) / 32, length(c.parts) / 8) - 1) AS i
    WHERE substr(c.digests, 32 * i + 1, 8) IS DISTINCT FROM substr(c.parts, 8 * i + 1, 8)) d ON true
  WHERE c.broken
  UNION ALL
  SELECT 'position ' || c.position || ' of the chain, transfer ' || c.sealed, 'as sealed', 'its seal is changed'
  FROM suspect c WHERE NOT c.broken AND ledger_seal_parts(c.digests) <> c.parts
  UNION ALL
  SELECT 'transfer ' || c.booked, 'sealed', 'not sealed' FROM suspect c WHERE c.sealed IS NULL
$$;
