-- The order in which transfers were posted, as far as concurrent transactions have one.
CREATE SEQUENCE ledger_transfer_seq;
ALTER TABLE ledger_transfer ADD COLUMN seq bigint NOT NULL DEFAULT nextval('ledger_transfer_seq');
ALTER SEQUENCE ledger_transfer_seq OWNED BY ledger_transfer.seq;
CREATE UNIQUE INDEX ledger_transfer_order ON ledger_transfer (seq);

-- A chain of hashes over the journal, made a moment after the postings: each transfer with its entries, and all before it.
CREATE TABLE ledger_seal (
  position    bigint PRIMARY KEY,
  transfer_id uuid NOT NULL UNIQUE,
  parts       bytea NOT NULL,   -- 8 bytes of the digest of each row, the transfer's first: they name the row that differs
  hash        bytea NOT NULL,   -- SHA-256 of the hash before it and the digests of the rows
  sealed_at   timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE TRIGGER ledger_seal_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_seal
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();

-- Every transfer up to this one is sealed, or its number was given to a transaction that failed.
CREATE TABLE ledger_seal_progress (single boolean PRIMARY KEY DEFAULT true CHECK (single), seq bigint NOT NULL);
INSERT INTO ledger_seal_progress (seq) VALUES (0);

CREATE FUNCTION ledger_digest(t ledger_transfer) RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE RETURN sha256(convert_to(
  ROW(t.id, t.kind, t.phase, t.hold_id, t.reverses, t.reference, t.memo, extract(epoch FROM t.created_at), t.seq)::text, 'UTF8'));

CREATE FUNCTION ledger_digest(e ledger_entry) RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE RETURN sha256(convert_to(
  ROW(e.transfer_id, e.account_id, e.seq, e.role, e.amount, e.held, e.earned, e.balance_after, e.held_after, extract(epoch FROM e.created_at))::text, 'UTF8'));

-- Seals a bounded number of transfers and returns how many; 0 also while another process does. A number that is missing
-- belongs to a transaction under way, for as long as one may last, or to one that failed. With p_missed it looks for
-- transfers that took even longer.
CREATE FUNCTION ledger_seal_next(p_limit integer, p_missed boolean) RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  longest_transaction CONSTANT interval := '20 seconds';
  progress bigint;
  head bigint;
  before bytea;
  next record;
  count integer := 0;
  gapless boolean := true;
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtext('ledger_seal')) THEN
    RETURN 0;
  END IF;
  SELECT p.seq INTO progress FROM ledger_seal_progress p;
  SELECT s.position, s.hash INTO head, before FROM ledger_seal s ORDER BY s.position DESC LIMIT 1;
  head := coalesce(head, 0);
  before := coalesce(before, sha256(''));
  FOR next IN
    SELECT t.id, t.seq, t.created_at, s.transfer_id IS NOT NULL AS sealed, d.digests
    FROM (SELECT * FROM ledger_transfer t WHERE CASE WHEN p_missed THEN NOT EXISTS (SELECT FROM ledger_seal s WHERE s.transfer_id = t.id)
                                                ELSE t.seq > progress END ORDER BY t.seq LIMIT p_limit) t
    LEFT JOIN ledger_seal s ON s.transfer_id = t.id
    CROSS JOIN LATERAL (
      SELECT ledger_digest(t::ledger_transfer) || coalesce(string_agg(ledger_digest(e), ''::bytea ORDER BY e.seq), ''::bytea) AS digests
      FROM ledger_entry e WHERE e.transfer_id = t.id) d
    ORDER BY t.seq
  LOOP
    IF NOT next.sealed THEN
      head := head + 1;
      before := sha256(before || next.digests);
      count := count + 1;
      INSERT INTO ledger_seal (position, transfer_id, parts, hash)
      VALUES (head, next.id, (SELECT string_agg(substr(next.digests, 32 * i + 1, 8), ''::bytea ORDER BY i)
                              FROM generate_series(0, length(next.digests) / 32 - 1) AS i), before);
    END IF;
    gapless := gapless AND (next.seq = progress + 1 OR next.created_at < clock_timestamp() - longest_transaction);
    IF gapless AND NOT p_missed THEN
      progress := next.seq;
    END IF;
  END LOOP;
  UPDATE ledger_seal_progress p SET seq = progress WHERE p.seq <> progress;
  RETURN count;
END $$;

-- Every row that differs from what was sealed, named. Empty when the journal is as it was written.
CREATE FUNCTION ledger_seal_findings() RETURNS TABLE (subject text, expected text, actual text) LANGUAGE sql STABLE AS $$
  WITH entries AS (
    SELECT e.transfer_id, string_agg(ledger_digest(e), ''::bytea ORDER BY e.seq) AS digests, array_agg(e.account_id ORDER BY e.seq) AS accounts
    FROM ledger_entry e GROUP BY e.transfer_id
  ), chain AS (
    SELECT s.position, s.transfer_id, s.parts, s.hash, lag(s.hash, 1, sha256('')) OVER w AS before, lag(s.position, 1, 0::bigint) OVER w AS position_before,
           CASE WHEN t.id IS NOT NULL THEN ledger_digest(t) || coalesce(e.digests, ''::bytea) END AS digests, e.accounts
    FROM ledger_seal s
    LEFT JOIN ledger_transfer t ON t.id = s.transfer_id
    LEFT JOIN entries e ON e.transfer_id = s.transfer_id
    WINDOW w AS (ORDER BY s.position)
  )
  SELECT 'position ' || c.position_before + 1 || ' of the chain', 'a sealed transfer', 'missing' FROM chain c WHERE c.position <> c.position_before + 1
  UNION ALL
  SELECT 'transfer ' || c.transfer_id, 'sealed at position ' || c.position, 'missing' FROM chain c WHERE c.digests IS NULL
  UNION ALL
  SELECT CASE WHEN d.i = 0 THEN 'transfer ' || c.transfer_id
              WHEN d.i > 0 THEN concat_ws(' ', 'entry', d.i, 'of transfer', c.transfer_id, 'account ' || c.accounts[d.i])
              ELSE 'position ' || c.position || ' of the chain, transfer ' || c.transfer_id END,
         'as sealed',
         CASE WHEN d.i IS NULL THEN 'in another order' WHEN 32 * d.i >= length(c.digests) THEN 'missing'
              WHEN 8 * d.i >= length(c.parts) THEN 'added' ELSE 'changed' END
  FROM chain c
  LEFT JOIN LATERAL (
    SELECT min(i) AS i FROM generate_series(0, greatest(length(c.digests) / 32, length(c.parts) / 8) - 1) AS i
    WHERE substr(c.digests, 32 * i + 1, 8) IS DISTINCT FROM substr(c.parts, 8 * i + 1, 8)) d ON true
  WHERE c.digests IS NOT NULL AND sha256(c.before || c.digests) <> c.hash
  UNION ALL
  SELECT 'transfer ' || t.id, 'sealed', 'not sealed' FROM ledger_transfer t
  WHERE t.created_at < clock_timestamp() - interval '1 day' AND NOT EXISTS (SELECT FROM ledger_seal s WHERE s.transfer_id = t.id)
    AND t.seq <= (SELECT p.seq FROM ledger_seal_progress p)
$$;

-- The role that services act in. It reads the journal and posts to it through ledger_post alone, which acts as the owner;
-- it may open an account and lock one, and change no balance.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'clone_service') THEN
    CREATE ROLE clone_service NOLOGIN;
  END IF;
EXCEPTION
  WHEN duplicate_object OR unique_violation THEN NULL; -- another database of the server was migrated at the same time
  WHEN insufficient_privilege THEN
    RAISE EXCEPTION 'the role clone_service is missing and % may not create it', current_user
      USING HINT = format('As a superuser: CREATE ROLE clone_service NOLOGIN; GRANT clone_service TO %I;', current_user);
END $$;

-- Whoever creates a role may not act in it yet (PostgreSQL 16 and newer); whoever was granted it may not grant it.
DO $$
BEGIN
  EXECUTE format('GRANT clone_service TO %I', current_user);
EXCEPTION WHEN insufficient_privilege THEN
  IF NOT pg_has_role(current_user, 'clone_service', 'MEMBER') THEN
    RAISE EXCEPTION 'the user % may not act in the role clone_service', current_user
      USING HINT = format('As a superuser: GRANT clone_service TO %I;', current_user);
  END IF;
END $$;

GRANT SELECT ON ALL TABLES IN SCHEMA public TO clone_service;
GRANT SELECT, INSERT, UPDATE, DELETE ON kv_store_44a642d3, idempotency_key, platform_setting, credential, admin_account,
  signing_key, session_revocation, earnings_day TO clone_service;
GRANT INSERT, UPDATE ON member, vip_tier TO clone_service;
GRANT INSERT, UPDATE (name) ON ledger_account TO clone_service;

ALTER FUNCTION ledger_post(uuid[], text[], text[], uuid[], text[], text[], uuid[], uuid[], text[], bigint[], bigint[], bigint[], uuid[])
  SECURITY DEFINER SET search_path = public, pg_temp;
ALTER FUNCTION member_leaves() SECURITY DEFINER SET search_path = public, pg_temp;
