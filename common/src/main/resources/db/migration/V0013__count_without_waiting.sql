-- Numbers of the whole platform and of each member's network, which reading must not count. Whoever changes what they count
-- adds a row that says so, in the same transaction, and waits for nobody; a moment later the rows are folded into the sums.
-- A reader adds up both: what is read is always what is there. The verification of the books counts everything again.

-- Up to which transaction, not including it, all changes are folded. What is older than that waits to be vacuumed.
CREATE TABLE platform_folded (single boolean PRIMARY KEY DEFAULT true CHECK (single), upto xid8 NOT NULL);
INSERT INTO platform_folded (upto) VALUES ('0');

CREATE TABLE platform_tally (name text COLLATE "C" PRIMARY KEY, number bigint NOT NULL, amount bigint NOT NULL) WITH (fillfactor = 50);
CREATE TABLE platform_change (
  made_by xid8 NOT NULL DEFAULT pg_current_xact_id(),
  name    text COLLATE "C" NOT NULL,
  number  bigint NOT NULL,
  amount  bigint NOT NULL
) WITH (autovacuum_vacuum_threshold = 500, autovacuum_vacuum_scale_factor = 0);
CREATE INDEX platform_change_order ON platform_change (made_by);

CREATE VIEW platform_count AS
SELECT name, sum(number)::bigint AS number, sum(amount)::bigint AS amount
FROM (SELECT name, number, amount FROM platform_tally
      UNION ALL SELECT name, number, amount FROM platform_change WHERE made_by >= (SELECT upto FROM platform_folded)) c
GROUP BY name;

-- What a document counts for; the amount in minor units.
CREATE FUNCTION platform_counts(doc kv_store_44a642d3) RETURNS TABLE (name text, number bigint, amount bigint)
  LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT c.name, 1::bigint, coalesce(to_minor(c.amount), 0)
  FROM (VALUES
    (CASE WHEN doc.key LIKE 'withdrawal:%' THEN 'withdrawal ' || doc.status END, doc.amount),
    (CASE WHEN doc.key LIKE 'product:%' THEN 'submission ' || doc.status END, 0),
    (CASE WHEN doc.key LIKE 'ticket:%' THEN concat_ws(' ', 'ticket', doc.status, doc.value ->> 'priority') END, 0),
    (CASE WHEN doc.key LIKE 'conversation:%' THEN 'conversation' END, 0),
    (CASE WHEN doc.key LIKE 'premium:%' AND doc.status IN ('offered', 'active') THEN 'premium ' || doc.status END, doc.amount),
    (CASE WHEN doc.key LIKE 'premium:%' THEN 'premium assigned ' || left(doc.value ->> 'assignedAt', 7) END, 0),
    (CASE WHEN doc.key LIKE 'premium:%' AND doc.status NOT IN ('offered', 'active')
       THEN 'premium ' || doc.status || ' ' || left(coalesce(doc.value ->> 'endedAt', doc.value ->> 'completedAt'), 7) END, 0),
    (CASE WHEN doc.key LIKE 'user:%' AND NOT doc.value ? 'deletedAt'
       THEN concat_ws(' ', 'member', doc.value ->> 'vipTier', CASE doc.value -> 'accountFrozen' WHEN 'true' THEN 'frozen' END) END, 0),
    (CASE WHEN doc.key LIKE 'user:%' AND doc.value -> 'accountFrozen' = 'true' AND doc.value #>> '{premiumAssignment,status}' IN ('offered', 'active')
       THEN 'premium frozen' END, 0)) AS c (name, amount)
  WHERE c.name IS NOT NULL
$$;

-- Documents in orders that no index of the table of documents may have: those indexes would change with every balance.
CREATE TABLE platform_list (
  list text COLLATE "C" NOT NULL,
  at   text COLLATE "C" NOT NULL,   -- ISO 8601, which sorts as time does
  key  text COLLATE "C" NOT NULL,
  PRIMARY KEY (list, key)
);
CREATE INDEX platform_list_order ON platform_list (list, at, key);

-- The lists in which a document stands, and where.
CREATE FUNCTION platform_places(doc kv_store_44a642d3) RETURNS TABLE (list text, at text)
  LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT p.list, coalesce(p.at, '')
  FROM (VALUES
    (CASE WHEN doc.key LIKE 'conversation:%' THEN 'conversation' END, coalesce(doc.value ->> 'lastAt', doc.value ->> 'createdAt')),
    (CASE WHEN doc.key LIKE 'premium:%' AND doc.status IN ('offered', 'active') THEN 'premium' END, coalesce(doc.value ->> 'expiresAt', '~')),
    (CASE WHEN doc.key LIKE 'user:%' AND NOT doc.value ? 'deletedAt' THEN concat_ws(' ', 'member', doc.value ->> 'vipTier') END,
     to_char(doc.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')),
    (CASE WHEN doc.key LIKE 'user:%' AND NOT doc.value ? 'deletedAt' AND doc.value -> 'accountFrozen' = 'true' THEN 'frozen' END,
     to_char(doc.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))) AS p (list, at)
  WHERE p.list IS NOT NULL
$$;

-- How many stand below a member, by level, and what those directly below had brought before an import.
CREATE TABLE network_size (
  upline         uuid PRIMARY KEY,
  level_1        bigint NOT NULL,
  level_2        bigint NOT NULL,
  level_3        bigint NOT NULL,
  opening_shared bigint NOT NULL
) WITH (fillfactor = 70);
-- How many of them were active last on a day (UTC): on which a submission of theirs was credited.
CREATE TABLE network_day (upline uuid, day date, members bigint NOT NULL, PRIMARY KEY (upline, day)) WITH (fillfactor = 70);
CREATE TABLE network_change (
  made_by        xid8 NOT NULL DEFAULT pg_current_xact_id(),
  member         uuid NOT NULL,
  joined         boolean NOT NULL DEFAULT false,
  active_before  date,
  active_on      date,
  opening_shared bigint NOT NULL DEFAULT 0
) WITH (autovacuum_vacuum_threshold = 500, autovacuum_vacuum_scale_factor = 0);
CREATE INDEX network_change_order ON network_change (made_by);

-- Limited to the one row that the key has, so that no planner joins a whole table.
CREATE FUNCTION network_uplines(p_member uuid) RETURNS TABLE (upline uuid, level integer) LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT u.upline, u.level
  FROM (SELECT * FROM member m WHERE m.id = p_member LIMIT 1) m
  CROSS JOIN LATERAL (VALUES (m.parent_id, 1), (m.grandparent_id, 2), (m.great_grandparent_id, 3)) AS u (upline, level)
  WHERE u.upline IS NOT NULL
$$;

CREATE VIEW network_count AS
SELECT upline, sum(level_1)::bigint AS level_1, sum(level_2)::bigint AS level_2, sum(level_3)::bigint AS level_3,
       sum(opening_shared)::bigint AS opening_shared
FROM (SELECT upline, level_1, level_2, level_3, opening_shared FROM network_size
      UNION ALL
      SELECT u.upline, (c.joined AND u.level = 1)::integer, (c.joined AND u.level = 2)::integer, (c.joined AND u.level = 3)::integer,
             CASE u.level WHEN 1 THEN c.opening_shared ELSE 0 END
      FROM network_change c CROSS JOIN LATERAL network_uplines(c.member) u
      WHERE c.made_by >= (SELECT upto FROM platform_folded) AND (c.joined OR c.opening_shared <> 0)) n
GROUP BY upline;

CREATE VIEW network_activity AS
SELECT upline, day, sum(members)::bigint AS members
FROM (SELECT upline, day, members FROM network_day
      UNION ALL
      SELECT u.upline, d.day, d.change
      FROM network_change c CROSS JOIN LATERAL network_uplines(c.member) u
      CROSS JOIN LATERAL (VALUES (c.active_before, -1), (c.active_on, 1)) AS d (day, change)
      WHERE c.made_by >= (SELECT upto FROM platform_folded) AND d.day IS NOT NULL) n
GROUP BY upline, day;

INSERT INTO platform_tally
SELECT c.name, sum(c.number), sum(c.amount) FROM kv_store_44a642d3 d CROSS JOIN LATERAL platform_counts(d) c
WHERE d.key ~ '^(withdrawal|product|ticket|conversation|premium|user):' GROUP BY c.name;
INSERT INTO platform_list
SELECT p.list, p.at, d.key FROM kv_store_44a642d3 d CROSS JOIN LATERAL platform_places(d) p
WHERE d.key ~ '^(conversation|premium|user):' ORDER BY 1, 2, 3;
INSERT INTO network_size
SELECT u.upline, count(*) FILTER (WHERE u.level = 1), count(*) FILTER (WHERE u.level = 2), count(*) FILTER (WHERE u.level = 3), 0
FROM member m CROSS JOIN LATERAL (VALUES (m.parent_id, 1), (m.grandparent_id, 2), (m.great_grandparent_id, 3)) AS u (upline, level)
WHERE u.upline IS NOT NULL GROUP BY u.upline;
UPDATE network_size n SET opening_shared = r.shared
FROM (SELECT m.parent_id, sum(to_minor((d.value ->> 'openingSharedProfit')::numeric))::bigint AS shared
      FROM kv_store_44a642d3 d JOIN member m ON d.key = 'referral:' || m.parent_id || ':' || m.id
      WHERE d.key >= 'referral:' AND d.key < 'referral;' AND jsonb_typeof(d.value -> 'openingSharedProfit') = 'number' GROUP BY m.parent_id) r
WHERE r.parent_id = n.upline;
INSERT INTO network_day
SELECT u.upline, a.active_on, count(*)
FROM ledger_account a JOIN member m ON m.id = a.id
CROSS JOIN LATERAL (VALUES (m.parent_id), (m.grandparent_id), (m.great_grandparent_id)) AS u (upline)
WHERE a.active_on IS NOT NULL AND u.upline IS NOT NULL GROUP BY 1, 2;
GRANT SELECT ON platform_folded, platform_tally, platform_change, platform_count, platform_list, network_size, network_day, network_change,
  network_count, network_activity TO clone_service;

-- All documents that a statement inserts are counted at once.
CREATE FUNCTION platform_counts_new() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  counted boolean;
  listed boolean;
  linked boolean;
BEGIN
  SELECT bool_or(key ~ '^(withdrawal|product|ticket|conversation|premium|user):'), bool_or(key ~ '^(conversation|premium|user):'),
         bool_or(key ~ '^referral:' AND value ? 'openingSharedProfit')
  INTO counted, listed, linked FROM added;
  IF counted THEN
    INSERT INTO platform_change (name, number, amount)
    SELECT c.name, sum(c.number), sum(c.amount) FROM added d CROSS JOIN LATERAL platform_counts(d::kv_store_44a642d3) c GROUP BY c.name;
  END IF;
  IF listed THEN
    INSERT INTO platform_list (list, at, key)
    SELECT p.list, p.at, d.key FROM added d CROSS JOIN LATERAL platform_places(d::kv_store_44a642d3) p
    ON CONFLICT (list, key) DO UPDATE SET at = excluded.at;
  END IF;
  IF linked THEN
    INSERT INTO network_change (member, opening_shared)
    SELECT right(d.key, 36)::uuid, to_minor((d.value ->> 'openingSharedProfit')::numeric) FROM added d
    WHERE d.key ~ '^referral:[0-9a-f-]{36}:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' AND jsonb_typeof(d.value -> 'openingSharedProfit') = 'number';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER platform_counts_new AFTER INSERT ON kv_store_44a642d3 REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION platform_counts_new();

CREATE FUNCTION platform_counts_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO platform_change (name, number, amount)
  SELECT c.name, sum(c.number), sum(c.amount)
  FROM (SELECT * FROM platform_counts(NEW) WHERE TG_OP = 'UPDATE' UNION ALL SELECT name, -number, -amount FROM platform_counts(OLD)) AS c (name, number, amount)
  GROUP BY c.name HAVING sum(c.number) <> 0 OR sum(c.amount) <> 0;
  DELETE FROM platform_list l USING platform_places(OLD) p WHERE l.list = p.list AND l.key = OLD.key;
  IF TG_OP = 'UPDATE' THEN
    INSERT INTO platform_list (list, at, key) SELECT p.list, p.at, NEW.key FROM platform_places(NEW) p
    ON CONFLICT (list, key) DO UPDATE SET at = excluded.at;
  END IF;
  RETURN NULL;
END $$;
-- A balance changes none of this: a posting pays for looking, and for nothing else.
CREATE TRIGGER platform_counts_changed AFTER UPDATE ON kv_store_44a642d3 FOR EACH ROW
  WHEN (NEW.status IS DISTINCT FROM OLD.status OR NEW.amount IS DISTINCT FROM OLD.amount OR NEW.key <> OLD.key
    OR (NEW.key LIKE 'user:%' AND (
      NEW.value -> 'vipTier' IS DISTINCT FROM OLD.value -> 'vipTier' OR
      NEW.value -> 'accountFrozen' IS DISTINCT FROM OLD.value -> 'accountFrozen' OR
      NEW.value ? 'deletedAt' <> OLD.value ? 'deletedAt' OR
      (NEW.value -> 'accountFrozen' = 'true' AND NEW.value -> 'premiumAssignment' IS DISTINCT FROM OLD.value -> 'premiumAssignment')))
    OR (NEW.key LIKE 'conversation:%' AND (
      NEW.value -> 'lastAt' IS DISTINCT FROM OLD.value -> 'lastAt' OR NEW.value -> 'createdAt' IS DISTINCT FROM OLD.value -> 'createdAt'))
    OR (NEW.key LIKE 'ticket:%' AND NEW.value -> 'priority' IS DISTINCT FROM OLD.value -> 'priority')
    OR (NEW.key LIKE 'premium:%' AND NEW.value IS DISTINCT FROM OLD.value))
  EXECUTE FUNCTION platform_counts_changed();
CREATE TRIGGER platform_counts_gone AFTER DELETE ON kv_store_44a642d3 FOR EACH ROW
  WHEN (OLD.key ~ '^(withdrawal|product|ticket|conversation|premium|user):') EXECUTE FUNCTION platform_counts_changed();

CREATE FUNCTION network_counts_member() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO network_change (member, joined) VALUES (NEW.id, true);
  RETURN NULL;
END $$;
CREATE TRIGGER network_counts_member AFTER INSERT ON member FOR EACH ROW
  WHEN (NEW.parent_id IS NOT NULL) EXECUTE FUNCTION network_counts_member();

CREATE FUNCTION network_follows_activity() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO network_change (member, active_before, active_on) VALUES (NEW.id, OLD.active_on, NEW.active_on);
  RETURN NULL;
END $$;
CREATE TRIGGER network_follows_activity AFTER UPDATE ON ledger_account FOR EACH ROW
  WHEN (NEW.active_on IS DISTINCT FROM OLD.active_on) EXECUTE FUNCTION network_follows_activity();

-- Folds changes into the sums, a bounded number of each kind, and returns how many; 0 also while another process does.
-- Only changes of transactions that are older than all that are under way: no other can come to stand before them.
CREATE FUNCTION platform_fold(p_limit integer) RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET enable_seqscan = off AS $$
DECLARE
  finished CONSTANT xid8 := pg_snapshot_xmin(pg_current_snapshot());
  reached xid8 := finished;
  last xid8;
  news network_change[];
  folded integer;
  count integer := 0;
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtext('platform_fold')) THEN
    RETURN 0;
  END IF;
  -- What a crash takes along is folded again: nobody waits for the disk on its account.
  PERFORM set_config('synchronous_commit', 'off', true);

  WITH gone AS (
    DELETE FROM platform_change WHERE ctid = ANY (ARRAY(SELECT ctid FROM platform_change WHERE made_by < finished ORDER BY made_by LIMIT p_limit))
    RETURNING made_by, name, number, amount
  ), fold AS (
    INSERT INTO platform_tally AS t (name, number, amount)
    SELECT g.name, sum(g.number), sum(g.amount) FROM gone g GROUP BY g.name
    ON CONFLICT (name) DO UPDATE SET number = t.number + excluded.number, amount = t.amount + excluded.amount)
  SELECT count(*), max(g.made_by) INTO folded, last FROM gone g;
  count := count + folded;
  IF folded = p_limit THEN
    reached := least(reached, last);
  END IF;

  WITH gone AS (
    DELETE FROM network_change WHERE ctid = ANY (ARRAY(SELECT ctid FROM network_change WHERE made_by < finished ORDER BY made_by LIMIT p_limit))
    RETURNING *)
  SELECT count(*), max(g.made_by), array_agg(g::network_change) INTO folded, last, news FROM gone g;
  INSERT INTO network_size AS s (upline, level_1, level_2, level_3, opening_shared)
  SELECT u.upline, count(*) FILTER (WHERE n.joined AND u.level = 1), count(*) FILTER (WHERE n.joined AND u.level = 2),
         count(*) FILTER (WHERE n.joined AND u.level = 3), coalesce(sum(n.opening_shared) FILTER (WHERE u.level = 1), 0)
  FROM unnest(news) n CROSS JOIN LATERAL network_uplines(n.member) u
  WHERE n.joined OR n.opening_shared <> 0 GROUP BY u.upline
  ON CONFLICT (upline) DO UPDATE SET level_1 = s.level_1 + excluded.level_1, level_2 = s.level_2 + excluded.level_2,
    level_3 = s.level_3 + excluded.level_3, opening_shared = s.opening_shared + excluded.opening_shared;
  -- Members are active on another day every day: a day that nobody was active on last is forgotten.
  MERGE INTO network_day d USING (
    SELECT u.upline, c.day, sum(c.change) AS change
    FROM unnest(news) n CROSS JOIN LATERAL network_uplines(n.member) u
    CROSS JOIN LATERAL (VALUES (n.active_before, -1), (n.active_on, 1)) AS c (day, change)
    WHERE c.day IS NOT NULL GROUP BY 1, 2 HAVING sum(c.change) <> 0) c ON d.upline = c.upline AND d.day = c.day
  WHEN MATCHED AND d.members + c.change = 0 THEN DELETE
  WHEN MATCHED THEN UPDATE SET members = d.members + c.change
  WHEN NOT MATCHED THEN INSERT VALUES (c.upline, c.day, c.change);
  count := count + folded;
  IF folded = p_limit THEN
    reached := least(reached, last);
  END IF;

  UPDATE platform_folded f SET upto = reached WHERE f.upto > reached OR (count > 0 AND f.upto < reached);
  RETURN count;
END $$;

-- Finding members by part of a name or an address: one index for all three, where there is the extension.
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_trgm') THEN
    CREATE INDEX member_by_text ON member USING gin ((email || E'\n' || username || E'\n' || name) gin_trgm_ops);
    DROP INDEX IF EXISTS member_by_part_of_name;
  END IF;
END $$;

-- Members with a text in name, username or e-mail address, newest first. Planned for each text again: whether most members
-- match or one does makes the way to find them.
CREATE FUNCTION member_search(p_text text, p_frozen boolean, p_tier text, p_before timestamptz, p_before_id uuid, p_limit integer)
  RETURNS TABLE (id uuid, created_at timestamptz) LANGUAGE plpgsql STABLE AS $$
DECLARE
  pattern CONSTANT text := '%' || regexp_replace(p_text, '([\\%_])', '\\\1', 'g') || '%';
  query text := 'SELECT m.id, m.created_at FROM member m WHERE m.deleted_at IS NULL'
    || E' AND (m.email || E''\n'' || m.username || E''\n'' || m.name) ILIKE $1';
BEGIN
  IF p_frozen IS NOT NULL THEN
    query := query || CASE WHEN p_frozen THEN ' AND EXISTS' ELSE ' AND NOT EXISTS' END
      || $q$ (SELECT FROM platform_list l WHERE l.list = 'frozen' AND l.key = 'user:' || m.id)$q$;
  END IF;
  IF p_tier IS NOT NULL THEN
    query := query || $q$ AND EXISTS (SELECT FROM platform_list l WHERE l.list = 'member ' || $2 AND l.key = 'user:' || m.id)$q$;
  END IF;
  IF p_before IS NOT NULL THEN
    query := query || ' AND (m.created_at, m.id) < ($3, $4)';
  END IF;
  RETURN QUERY EXECUTE query || ' ORDER BY m.created_at DESC, m.id DESC LIMIT $5' USING pattern, p_tier, p_before, p_before_id, p_limit;
END $$;

-- As before, but what is behind is looked at in bites: after an import, or a time without this service, all of it would not
-- be looked at within the time that a statement may take.
CREATE OR REPLACE FUNCTION ledger_seal_next(p_limit integer, p_missed boolean) RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
  SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
  longest_transaction CONSTANT interval := '20 seconds';
  looked_at CONSTANT integer := 20; -- for each that may be sealed
  progress bigint;
  head bigint;
  before bytea;
  next record;
  count integer := 0;
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtext('ledger_seal')) THEN
    RETURN 0;
  END IF;
  -- A seal that a crash takes along is made again: nobody waits for the disk on its account.
  PERFORM set_config('synchronous_commit', 'off', true), set_config('ledger.sealing', 'on', true);
  SELECT p.seq, p.position, p.hash INTO progress, head, before FROM ledger_seal_progress p;
  FOR next IN
    SELECT t.id, d.digests
    FROM ledger_transfer t
    LEFT JOIN ledger_seal s ON s.transfer_id = t.id
    CROSS JOIN LATERAL (
      SELECT ledger_digest(t) || coalesce(string_agg(ledger_digest(e), ''::bytea ORDER BY e.seq), ''::bytea) AS digests
      FROM ledger_entry e WHERE e.transfer_id = t.id) d
    WHERE t.seq > CASE WHEN p_missed THEN 0 ELSE progress END AND s.transfer_id IS NULL
    ORDER BY t.seq LIMIT p_limit
  LOOP
    head := head + 1;
    before := sha256(before || next.digests);
    count := count + 1;
    INSERT INTO ledger_seal (position, transfer_id, parts, hash) VALUES (head, next.id, ledger_seal_parts(next.digests), before);
  END LOOP;
  -- Up to the first that is not sealed, or that follows a number whose transaction may still be under way.
  UPDATE ledger_seal_progress p SET seq = greatest(p.seq, n.seq), position = head, hash = before
  FROM (SELECT coalesce(min(t.prior) FILTER (WHERE t.open), max(t.seq)) AS seq
        FROM (SELECT t.seq, lag(t.seq, 1, progress) OVER w AS prior,
                     s.transfer_id IS NULL
                     OR (t.seq > lag(t.seq, 1, progress) OVER w + 1 AND t.created_at >= clock_timestamp() - longest_transaction) AS open
              FROM (SELECT * FROM ledger_transfer t WHERE t.seq > progress ORDER BY t.seq LIMIT looked_at * p_limit::bigint) t
              LEFT JOIN ledger_seal s ON s.transfer_id = t.id WINDOW w AS (ORDER BY t.seq)) t) n
  WHERE p.seq < n.seq OR p.position < head;
  PERFORM set_config('ledger.sealing', 'off', true);
  RETURN count;
END $$;
