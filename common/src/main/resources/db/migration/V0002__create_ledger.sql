-- Double-entry ledger in minor units. A transfer is a set of entries whose amounts add up to zero; it is never changed.
-- A hold is a transfer in phase 'pending': it moves nothing, it reserves. Exactly one 'post' or 'void' ends it.
CREATE TABLE ledger_account (
  id         uuid PRIMARY KEY,
  kind       text NOT NULL CHECK (kind IN ('member', 'system')),
  name       text NOT NULL,
  balance    bigint NOT NULL DEFAULT 0,                              -- available
  held       bigint NOT NULL DEFAULT 0 CHECK (held >= 0),
  posted     bigint GENERATED ALWAYS AS (balance + held) STORED,
  earned     bigint NOT NULL DEFAULT 0 CHECK (earned >= 0),          -- lifetime earnings, never reduced by paying out
  commission bigint NOT NULL DEFAULT 0 CHECK (commission >= 0),      -- the part of earned that came from referrals
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT ledger_account_never_negative CHECK (balance >= 0 OR kind = 'system')
) WITH (fillfactor = 70);

CREATE TABLE ledger_transfer (
  id         uuid PRIMARY KEY,
  kind       text NOT NULL CHECK (kind IN ('submission', 'bonus', 'boost', 'adjustment', 'funding', 'opening', 'withdrawal')),
  phase      text NOT NULL DEFAULT 'posted' CHECK (phase IN ('posted', 'pending', 'post', 'void')),
  hold_id    uuid REFERENCES ledger_transfer (id),
  reverses   uuid REFERENCES ledger_transfer (id),
  reference  text NOT NULL CHECK (length(reference) BETWEEN 1 AND 200),
  memo       text CHECK (length(memo) <= 500),
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT ledger_transfer_once UNIQUE (kind, reference, phase),
  CONSTRAINT ledger_transfer_outcome_names_hold CHECK ((phase IN ('post', 'void')) = (hold_id IS NOT NULL))
);
CREATE UNIQUE INDEX ledger_transfer_one_outcome ON ledger_transfer (hold_id) WHERE hold_id IS NOT NULL;

-- Entries carry no foreign keys: ledger_post is their only writer and has both rows locked or just written, and
-- ledger_verify looks for orphans.
CREATE TABLE ledger_entry (
  seq           bigint GENERATED ALWAYS AS IDENTITY,
  transfer_id   uuid NOT NULL,
  account_id    uuid NOT NULL,
  role          text NOT NULL,                   -- own, level_1 .. level_3, bonus, boost, platform, source, ...
  amount        bigint NOT NULL,                 -- change of the posted balance
  held          bigint NOT NULL,                 -- change of the held balance
  earned        bigint NOT NULL,                 -- change of lifetime earnings
  balance_after bigint NOT NULL,                 -- available balance after this entry
  held_after    bigint NOT NULL,
  created_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (transfer_id, account_id)
);
CREATE INDEX ledger_entry_statement ON ledger_entry (account_id, seq);

-- What each account received by role and month (UTC): the one source of earnings by level and of monthly reports.
CREATE TABLE ledger_month (
  account_id uuid NOT NULL,
  month      date NOT NULL,
  role       text NOT NULL,
  amount     bigint NOT NULL,
  entries    integer NOT NULL,
  PRIMARY KEY (account_id, month, role)
) WITH (fillfactor = 70);

-- Fixed system accounts. Their ids sort after every member's, so that these busiest rows are locked last.
INSERT INTO ledger_account (id, kind, name) VALUES
  ('ffffffff-ffff-ffff-ffff-fffffffffff1', 'system', 'external'),  -- the world outside: minus money in, plus money out
  ('ffffffff-ffff-ffff-ffff-fffffffffff2', 'system', 'backing'),   -- funding received minus everything credited to members
  ('ffffffff-ffff-ffff-ffff-fffffffffff3', 'system', 'platform');  -- shares that no ancestor was there to receive

CREATE TABLE vip_tier (
  name      text PRIMARY KEY,
  threshold bigint NOT NULL UNIQUE CHECK (threshold >= 0),
  rank      integer NOT NULL UNIQUE
);
INSERT INTO vip_tier (name, threshold, rank) VALUES
  ('Normal', 0, 0), ('Silver', 50000, 1), ('Gold', 200000, 2), ('Platinum', 500000, 3), ('Diamond', 1000000, 4);

CREATE FUNCTION vip_tier_for(earned bigint) RETURNS text
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN (SELECT name FROM vip_tier WHERE threshold <= earned ORDER BY threshold DESC LIMIT 1);

-- What pauses a member's withdrawals, as the member sees it: a compliance hold, or the uncovered part of an accepted
-- premium assignment. A premium freeze that has lifted never comes back by itself.
CREATE FUNCTION freeze_projection(member jsonb, available bigint) RETURNS jsonb
  LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  uncovered bigint := 0;
  reason text := member #>> '{complianceHold,reason}';
BEGIN
  IF member #>> '{premiumAssignment,status}' = 'active' AND member #>> '{premiumAssignment,freezes}' = 'true' THEN
    uncovered := greatest(0, to_minor((member #>> '{premiumAssignment,amount}')::numeric) - available);
  END IF;
  IF reason IS NULL AND uncovered > 0 THEN
    reason := 'The premium assignment you accepted exceeds your available balance by ' || to_char(uncovered / 100.0, 'FM999999999999990.00')
      || '. It lifts when your balance covers it, when you complete the assignment, or at once when you decline it.';
  END IF;
  RETURN jsonb_build_object('accountFrozen', reason IS NOT NULL, 'freezeAmount', to_major(uncovered), 'freezeReason', reason)
    || CASE WHEN member ? 'premiumAssignment' AND uncovered = 0
            THEN jsonb_build_object('premiumAssignment', (member -> 'premiumAssignment') || '{"freezes": false}')
            ELSE '{}' END;
END $$;

-- Posts transfers: the only statement in the system that changes a balance. All arrays of one group have one length.
-- Accounts are locked in id order, before anything is written. Raises: LG001 malformed transfer, LG002 unknown account,
-- 23514 ledger_account_never_negative when a member's balance does not cover it, 23505 when it was posted before.
-- It reads a handful of rows by primary key; the planner, which sees arrays of unknown length, must not scan for them.
CREATE FUNCTION ledger_post(
  t_id uuid[], t_kind text[], t_phase text[], t_hold uuid[], t_reference text[], t_memo text[],
  e_transfer uuid[], e_account uuid[], e_role text[], e_amount bigint[], e_held bigint[], e_earned bigint[]
) RETURNS TABLE (account_id uuid, balance bigint, held bigint, earned bigint)
  LANGUAGE plpgsql SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
#variable_conflict use_column
DECLARE
  posted_at timestamptz := clock_timestamp();
  written bigint;
  tier_names text[];
  tier_thresholds bigint[];
BEGIN
  PERFORM set_config('ledger.posting', 'on', true);
  IF EXISTS (SELECT FROM unnest(e_transfer, e_account) AS e (t, a) GROUP BY t, a HAVING count(*) > 1) THEN
    RAISE EXCEPTION 'a transfer names one account twice' USING ERRCODE = 'LG001';
  END IF;
  IF EXISTS (SELECT FROM unnest(e_transfer, e_amount) AS e (t, amount) GROUP BY t HAVING sum(amount) <> 0) THEN
    RAISE EXCEPTION 'the entries of a transfer do not add up to zero' USING ERRCODE = 'LG001';
  END IF;
  IF EXISTS (SELECT FROM unnest(e_transfer) AS e (t) WHERE t <> ALL (t_id)) OR EXISTS (SELECT FROM unnest(t_id) AS t (id) WHERE id <> ALL (e_transfer)) THEN
    RAISE EXCEPTION 'entries and transfers do not belong together' USING ERRCODE = 'LG001';
  END IF;

  PERFORM FROM ledger_account a WHERE a.id = ANY (e_account) ORDER BY a.id FOR NO KEY UPDATE;

  INSERT INTO ledger_transfer (id, kind, phase, hold_id, reference, memo, created_at)
  SELECT id, kind, phase, hold, reference, memo, posted_at
  FROM unnest(t_id, t_kind, t_phase, t_hold, t_reference, t_memo) AS t (id, kind, phase, hold, reference, memo);

  INSERT INTO ledger_entry (transfer_id, account_id, role, amount, held, earned, balance_after, held_after, created_at)
  SELECT e.transfer, e.account, e.role, e.amount, e.held, e.earned,
         a.balance + sum(e.amount - e.held) OVER running, a.held + sum(e.held) OVER running, posted_at
  FROM unnest(e_transfer, e_account, e_role, e_amount, e_held, e_earned)
         WITH ORDINALITY AS e (transfer, account, role, amount, held, earned, n)
  JOIN ledger_account a ON a.id = e.account
  WINDOW running AS (PARTITION BY e.account ORDER BY e.n)
  ORDER BY e.n;
  GET DIAGNOSTICS written = ROW_COUNT;
  IF written <> cardinality(e_account) THEN
    RAISE EXCEPTION 'a transfer names an account that does not exist' USING ERRCODE = 'LG002';
  END IF;

  INSERT INTO ledger_month AS m (account_id, month, role, amount, entries)
  SELECT e.account, date_trunc('month', posted_at AT TIME ZONE 'UTC')::date, e.role, sum(e.amount), count(*)
  FROM unnest(e_account, e_role, e_amount) AS e (account, role, amount)
  WHERE e.amount <> 0
  GROUP BY e.account, e.role
  ORDER BY e.account
  ON CONFLICT (account_id, month, role)
  DO UPDATE SET amount = m.amount + excluded.amount, entries = m.entries + excluded.entries;

  UPDATE ledger_account a
  SET balance = a.balance + d.amount - d.held, held = a.held + d.held,
      earned = a.earned + d.earned, commission = a.commission + d.commission
  FROM (SELECT e.account, sum(e.amount)::bigint AS amount, sum(e.held)::bigint AS held, sum(e.earned)::bigint AS earned,
               coalesce(sum(e.earned) FILTER (WHERE e.role LIKE 'level\__'), 0)::bigint AS commission
        FROM unnest(e_account, e_role, e_amount, e_held, e_earned) AS e (account, role, amount, held, earned)
        GROUP BY e.account) d
  WHERE a.id = d.account;

  SELECT array_agg(v.name ORDER BY v.threshold), array_agg(v.threshold ORDER BY v.threshold)
  INTO tier_names, tier_thresholds FROM vip_tier v;

  UPDATE kv_store_44a642d3 u
  SET updated_at = posted_at,
      value = u.value
        || jsonb_build_object('balance', to_major(a.balance), 'heldBalance', to_major(a.held), 'totalEarned', to_major(a.earned),
                              'productsSubmitted', coalesce((u.value ->> 'productsSubmitted')::integer, 0) + d.products)
        || CASE WHEN u.value -> 'vipTierManual' = 'true' THEN '{}' ELSE jsonb_build_object('vipTier', tier_names[width_bucket(a.earned, tier_thresholds)]) END
        || CASE WHEN u.value #> '{premiumAssignment,freezes}' = 'true' THEN freeze_projection(u.value, a.balance) ELSE '{}' END
  FROM (SELECT e.account, count(*) FILTER (WHERE t.kind = 'submission' AND e.role = 'own')::integer AS products
        FROM unnest(e_transfer, e_account, e_role) AS e (transfer, account, role)
        JOIN unnest(t_id, t_kind) AS t (id, kind) ON t.id = e.transfer
        GROUP BY e.account) d
  JOIN ledger_account a ON a.id = d.account AND a.kind = 'member'
  WHERE u.key = 'user:' || d.account;

  RETURN QUERY SELECT a.id, a.balance, a.held, a.earned FROM ledger_account a WHERE a.id = ANY (e_account);
  PERFORM set_config('ledger.posting', 'off', true);
END $$;

-- One transfer of one kind, for statements that move money between few accounts.
CREATE FUNCTION ledger_transfer_post(
  p_id uuid, p_kind text, p_reference text, p_memo text,
  e_account uuid[], e_role text[], e_amount bigint[], e_earned bigint[]
) RETURNS TABLE (account_id uuid, balance bigint, held bigint, earned bigint)
  LANGUAGE sql AS $$
  SELECT * FROM ledger_post(
    ARRAY[p_id], ARRAY[p_kind], ARRAY['posted'], ARRAY[NULL::uuid], ARRAY[p_reference], ARRAY[p_memo],
    array_fill(p_id, ARRAY[cardinality(e_account)]), e_account, e_role, e_amount,
    array_fill(0::bigint, ARRAY[cardinality(e_account)]), e_earned)
$$;

-- Reserves part of a member's available balance. False, and nothing written, when the balance does not cover it.
CREATE FUNCTION ledger_hold(p_id uuid, p_account uuid, p_amount bigint, p_kind text, p_reference text) RETURNS boolean
  LANGUAGE plpgsql AS $$
DECLARE
  covered boolean;
BEGIN
  IF p_amount <= 0 THEN
    RAISE EXCEPTION 'a hold must be positive' USING ERRCODE = 'LG001';
  END IF;
  SELECT a.balance >= p_amount INTO covered FROM ledger_account a WHERE a.id = p_account FOR NO KEY UPDATE;
  IF covered IS NOT TRUE THEN
    RETURN false;
  END IF;
  PERFORM ledger_post(
    ARRAY[p_id], ARRAY[p_kind], ARRAY['pending'], ARRAY[NULL::uuid], ARRAY[p_reference], ARRAY[NULL::text],
    ARRAY[p_id], ARRAY[p_account], ARRAY['hold'], ARRAY[0::bigint], ARRAY[p_amount], ARRAY[0::bigint]);
  RETURN true;
END $$;

-- Ends a hold: 'post' pays the held amount out to the external account, 'void' makes it available again.
-- Raises LG003 when there is no such hold, 23505 ledger_transfer_one_outcome when it has ended before.
CREATE FUNCTION ledger_settle(p_hold uuid, p_phase text) RETURNS void
  LANGUAGE plpgsql AS $$
DECLARE
  hold record;
  outcome uuid := gen_random_uuid();
BEGIN
  SELECT t.kind, t.reference, e.account_id, e.held INTO hold
  FROM ledger_transfer t JOIN ledger_entry e ON e.transfer_id = t.id
  WHERE t.id = p_hold AND t.phase = 'pending';
  IF NOT FOUND THEN
    RAISE EXCEPTION 'there is no hold %', p_hold USING ERRCODE = 'LG003';
  END IF;
  IF p_phase = 'post' THEN
    PERFORM ledger_post(
      ARRAY[outcome], ARRAY[hold.kind], ARRAY['post'], ARRAY[p_hold], ARRAY[hold.reference], ARRAY[NULL::text],
      ARRAY[outcome, outcome], ARRAY[hold.account_id, 'ffffffff-ffff-ffff-ffff-fffffffffff1'::uuid], ARRAY['payout', 'external'],
      ARRAY[-hold.held, hold.held], ARRAY[-hold.held, 0], ARRAY[0::bigint, 0]);
  ELSE
    PERFORM ledger_post(
      ARRAY[outcome], ARRAY[hold.kind], ARRAY['void'], ARRAY[p_hold], ARRAY[hold.reference], ARRAY[NULL::text],
      ARRAY[outcome], ARRAY[hold.account_id], ARRAY['release'], ARRAY[0::bigint], ARRAY[-hold.held], ARRAY[0::bigint]);
  END IF;
END $$;

-- The journal only grows.
CREATE FUNCTION ledger_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the journal is append-only: % on % is refused. Post a correcting transfer instead: POST /admin/adjust-balance',
    TG_OP, TG_TABLE_NAME USING ERRCODE = 'LG010';
END $$;
CREATE TRIGGER ledger_transfer_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_transfer
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER ledger_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entry
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();

CREATE FUNCTION ledger_refuse_outside_posting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('ledger.posting', true) IS DISTINCT FROM 'on' THEN
    RAISE EXCEPTION 'balances change through ledger transfers alone: % on % is refused. Use POST /admin/adjust-balance',
      TG_OP, TG_TABLE_NAME USING ERRCODE = 'LG011';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER ledger_account_by_posting BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_account
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_outside_posting();
CREATE TRIGGER ledger_month_by_posting BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON ledger_month
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_outside_posting();

CREATE FUNCTION ledger_account_opens_empty() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.balance, NEW.held, NEW.earned, NEW.commission) IS DISTINCT FROM (0::bigint, 0::bigint, 0::bigint, 0::bigint) THEN
    RAISE EXCEPTION 'an account opens empty: post an opening transfer' USING ERRCODE = 'LG011';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER ledger_account_opens_empty BEFORE INSERT ON ledger_account
  FOR EACH ROW EXECUTE FUNCTION ledger_account_opens_empty();
