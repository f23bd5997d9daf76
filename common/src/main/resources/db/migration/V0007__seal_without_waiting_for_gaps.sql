-- As before, but a number that is missing holds up nobody: what follows it is sealed at once and read once.
CREATE OR REPLACE FUNCTION ledger_seal_next(p_limit integer, p_missed boolean) RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
  SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
  longest_transaction CONSTANT interval := '20 seconds';
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
  PERFORM set_config('synchronous_commit', 'off', true);
  SELECT p.seq INTO progress FROM ledger_seal_progress p;
  SELECT s.position, s.hash INTO head, before FROM ledger_seal s ORDER BY s.position DESC LIMIT 1;
  head := coalesce(head, 0);
  before := coalesce(before, sha256(''));
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
    INSERT INTO ledger_seal (position, transfer_id, parts, hash)
    VALUES (head, next.id, (SELECT string_agg(substr(next.digests, 32 * i + 1, 8), ''::bytea ORDER BY i)
                            FROM generate_series(0, length(next.digests) / 32 - 1) AS i), before);
  END LOOP;
  -- Up to the first that is not sealed, or that follows a number whose transaction may still be under way.
  UPDATE ledger_seal_progress p SET seq = n.seq
  FROM (SELECT coalesce(min(t.prior) FILTER (WHERE t.open), max(t.seq)) AS seq
        FROM (SELECT t.seq, lag(t.seq, 1, progress) OVER w AS prior,
                     s.transfer_id IS NULL
                     OR (t.seq > lag(t.seq, 1, progress) OVER w + 1 AND t.created_at >= clock_timestamp() - longest_transaction) AS open
              FROM ledger_transfer t LEFT JOIN ledger_seal s ON s.transfer_id = t.id
              WHERE t.seq > progress WINDOW w AS (ORDER BY t.seq)) t) n
  WHERE p.seq < n.seq;
  RETURN count;
END $$;
