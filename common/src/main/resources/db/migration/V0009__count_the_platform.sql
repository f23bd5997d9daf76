-- Numbers of the whole platform, kept by the statements that change what they count, so that reading them costs the same
-- for a thousand members and for a million. The verification of the books counts everything again.

-- Members by what they earned from referrals, in steps of less than one percent: who is among the first, and how many are
-- before somebody. Up to 127 a rank is one amount; above, each doubling has 128 ranks.
CREATE FUNCTION commission_rank(commission bigint) RETURNS smallint LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE WHEN commission < 128 THEN commission
              ELSE (SELECT (e.floor - 6) * 128 + ((commission >> (e.floor - 7)) & 127)
                    FROM (SELECT 64 - position('1' IN commission::bit(64)::text) AS floor) e) END;
ALTER TABLE ledger_account
  ADD COLUMN commission_rank smallint NOT NULL DEFAULT 0,
  ADD COLUMN active_on date,      -- the last day (UTC) on which a submission of the member was credited
  ADD COLUMN active_before date;  -- the one before it, which the statement that moves it needs to know
CREATE TABLE platform_rank (rank smallint PRIMARY KEY, members bigint NOT NULL) WITH (fillfactor = 50);

-- Members by the last day on which a submission of theirs was credited.
CREATE TABLE platform_activity (day date PRIMARY KEY, members bigint NOT NULL) WITH (fillfactor = 50);

-- The value of all credited submissions, by what became of it.
CREATE TABLE platform_revenue (role text PRIMARY KEY, amount bigint NOT NULL) WITH (fillfactor = 50);

-- Members who have not left, in sixteen parts that sign-ups side by side seldom share.
CREATE TABLE platform_members (part smallint PRIMARY KEY, members bigint NOT NULL) WITH (fillfactor = 50);

-- The documents of members whose withdrawals are paused.
CREATE TABLE platform_frozen (key text COLLATE "C" PRIMARY KEY);

SET LOCAL ledger.posting = 'on';
UPDATE ledger_account a SET commission_rank = commission_rank(a.commission), active_on = e.day
FROM (SELECT account_id, max(created_at AT TIME ZONE 'UTC')::date AS day FROM ledger_entry
      WHERE role IN ('own', 'level_1', 'level_2', 'level_3') GROUP BY account_id) x
LEFT JOIN (SELECT account_id, max(created_at AT TIME ZONE 'UTC')::date AS day FROM ledger_entry WHERE role = 'own' GROUP BY account_id) e
  USING (account_id)
WHERE a.id = x.account_id AND a.kind = 'member';
SET LOCAL ledger.posting = 'off';
CREATE INDEX ledger_account_by_commission ON ledger_account (commission_rank, id) WHERE kind = 'member';
INSERT INTO platform_rank SELECT commission_rank, count(*) FROM ledger_account WHERE commission_rank > 0 GROUP BY commission_rank;
INSERT INTO platform_activity SELECT active_on, count(*) FROM ledger_account WHERE active_on IS NOT NULL GROUP BY active_on;
INSERT INTO platform_revenue
SELECT role, sum(amount) FROM ledger_month WHERE role IN ('own', 'level_1', 'level_2', 'level_3', 'platform') GROUP BY role;
INSERT INTO platform_members SELECT get_byte(uuid_send(id), 15) % 16, count(*) FROM member WHERE deleted_at IS NULL GROUP BY 1;
INSERT INTO platform_frozen SELECT key FROM kv_store_44a642d3 WHERE key >= 'user:' AND key < 'user;' AND value -> 'accountFrozen' = 'true';
GRANT SELECT ON platform_rank, platform_activity, platform_revenue, platform_members, platform_frozen TO clone_service;

CREATE FUNCTION platform_counts_member() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO platform_members AS p (part, members)
  VALUES (get_byte(uuid_send(NEW.id), 15) % 16, CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END)
  ON CONFLICT (part) DO UPDATE SET members = p.members + excluded.members;
  RETURN NULL;
END $$;
CREATE TRIGGER platform_member_comes AFTER INSERT ON member FOR EACH ROW
  WHEN (NEW.deleted_at IS NULL) EXECUTE FUNCTION platform_counts_member();
CREATE TRIGGER platform_member_leaves AFTER UPDATE OF deleted_at ON member FOR EACH ROW
  WHEN (OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL) EXECUTE FUNCTION platform_counts_member();

CREATE FUNCTION platform_follows_freeze() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.value -> 'accountFrozen' = 'true' THEN
    INSERT INTO platform_frozen (key) VALUES (NEW.key) ON CONFLICT (key) DO NOTHING;
  ELSE
    DELETE FROM platform_frozen WHERE key = NEW.key;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER platform_freezes_new AFTER INSERT ON kv_store_44a642d3 FOR EACH ROW
  WHEN (NEW.key LIKE 'user:%' AND NEW.value -> 'accountFrozen' = 'true') EXECUTE FUNCTION platform_follows_freeze();
CREATE TRIGGER platform_follows_freeze AFTER UPDATE OF value ON kv_store_44a642d3 FOR EACH ROW
  WHEN (NEW.key LIKE 'user:%' AND NEW.value -> 'accountFrozen' IS DISTINCT FROM OLD.value -> 'accountFrozen')
  EXECUTE FUNCTION platform_follows_freeze();

-- Finding members by part of a name or an address, where the server has the extension and the owner may use it.
DO $$
BEGIN
  CREATE EXTENSION IF NOT EXISTS pg_trgm;
  CREATE INDEX member_by_part_of_name ON member USING gin (email gin_trgm_ops, username gin_trgm_ops, name gin_trgm_ops);
EXCEPTION WHEN insufficient_privilege OR undefined_file OR feature_not_supported THEN
  RAISE NOTICE 'without the extension pg_trgm the search for members reads all of them';
END $$;

-- As before, and the platform's numbers. Plans are made once: half of the time of a small posting went into planning.
CREATE OR REPLACE FUNCTION ledger_post(
  t_id uuid[], t_kind text[], t_phase text[], t_hold uuid[], t_reference text[], t_memo text[],
  e_transfer uuid[], e_account uuid[], e_role text[], e_amount bigint[], e_held bigint[], e_earned bigint[],
  t_reverses uuid[] DEFAULT NULL
) RETURNS TABLE (account_id uuid, balance bigint, held bigint, earned bigint)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
  SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
  posted_at timestamptz := clock_timestamp();
  today date := (posted_at AT TIME ZONE 'UTC')::date;
  unbalanced boolean;
  repeated boolean;
  tier_names text[];
  tier_thresholds bigint[];
  d_account uuid[];      -- one element for each account, in id order
  d_change bigint[];
  d_held bigint[];
  d_earned bigint[];
  d_commission bigint[];
  d_products integer[];
  a_balance bigint[];    -- after the posting
  a_held bigint[];
  a_earned bigint[];
  a_closed boolean;
  a_commission bigint[];
  a_active_before date[];
BEGIN
  PERFORM set_config('ledger.posting', 'on', true);
  SELECT bool_or(e.sum <> 0), bool_or(e.accounts < e.entries) INTO unbalanced, repeated
  FROM (SELECT sum(amount) AS sum, count(DISTINCT account) AS accounts, count(*) AS entries
        FROM unnest(e_transfer, e_account, e_amount) AS e (transfer, account, amount) GROUP BY transfer) e;
  IF unbalanced THEN
    RAISE EXCEPTION 'the entries of a transfer do not add up to zero' USING ERRCODE = 'LG001';
  ELSIF repeated THEN
    RAISE EXCEPTION 'a transfer names one account twice' USING ERRCODE = 'LG001';
  END IF;
  IF EXISTS (SELECT unnest(e_transfer) EXCEPT SELECT unnest(t_id)) OR EXISTS (SELECT unnest(t_id) EXCEPT SELECT unnest(e_transfer)) THEN
    RAISE EXCEPTION 'entries and transfers do not belong together' USING ERRCODE = 'LG001';
  END IF;

  SELECT array_agg(d.account), array_agg(d.change), array_agg(d.held), array_agg(d.earned), array_agg(d.commission), array_agg(d.products)
  INTO d_account, d_change, d_held, d_earned, d_commission, d_products
  FROM (SELECT e.account, sum(e.amount - e.held)::bigint AS change, sum(e.held)::bigint AS held, sum(e.earned)::bigint AS earned,
               coalesce(sum(e.earned) FILTER (WHERE e.role LIKE 'level\__'), 0)::bigint AS commission,
               (count(*) FILTER (WHERE e.role = 'own'))::integer AS products
        FROM unnest(e_account, e_role, e_amount, e_held, e_earned) AS e (account, role, amount, held, earned)
        GROUP BY e.account ORDER BY e.account) d;

  WITH moved AS (
    UPDATE ledger_account a
    SET balance = a.balance + d.change, held = a.held + d.held, earned = a.earned + d.earned, commission = a.commission + d.commission,
        commission_rank = CASE WHEN d.commission = 0 THEN a.commission_rank ELSE commission_rank(a.commission + d.commission) END,
        active_before = CASE WHEN d.products = 0 THEN a.active_before ELSE a.active_on END,
        active_on = CASE WHEN d.products = 0 THEN a.active_on ELSE today END
    FROM unnest(d_account, d_change, d_held, d_earned, d_commission, d_products) AS d (account, change, held, earned, commission, products)
    WHERE a.id = d.account
    RETURNING a.id, a.balance, a.held, a.earned, a.closed, a.commission, a.active_before)
  SELECT array_agg(m.balance ORDER BY m.id), array_agg(m.held ORDER BY m.id), array_agg(m.earned ORDER BY m.id), bool_or(m.closed),
         array_agg(m.commission ORDER BY m.id), array_agg(m.active_before ORDER BY m.id)
  INTO a_balance, a_held, a_earned, a_closed, a_commission, a_active_before FROM moved m;
  IF cardinality(a_balance) IS DISTINCT FROM cardinality(d_account) THEN
    RAISE EXCEPTION 'a transfer names an account that does not exist' USING ERRCODE = 'LG002';
  END IF;
  IF a_closed THEN
    RAISE EXCEPTION 'a transfer names the account of a member who has left' USING ERRCODE = 'LG004';
  END IF;

  INSERT INTO ledger_transfer (id, kind, phase, hold_id, reverses, reference, memo, created_at)
  SELECT id, kind, phase, hold, reverses, reference, memo, posted_at
  FROM unnest(t_id, t_kind, t_phase, t_hold, t_reverses, t_reference, t_memo) AS t (id, kind, phase, hold, reverses, reference, memo);

  INSERT INTO ledger_entry (transfer_id, account_id, role, amount, held, earned, balance_after, held_after, created_at)
  SELECT e.transfer, e.account, e.role, e.amount, e.held, e.earned,
         a_balance[e.i] - d_change[e.i] + e.change_so_far, a_held[e.i] - d_held[e.i] + e.held_so_far, posted_at
  FROM (SELECT e.*, dense_rank() OVER (ORDER BY e.account) AS i,
               sum(e.amount - e.held) OVER (PARTITION BY e.account ORDER BY e.n) AS change_so_far,
               sum(e.held) OVER (PARTITION BY e.account ORDER BY e.n) AS held_so_far
        FROM unnest(e_transfer, e_account, e_role, e_amount, e_held, e_earned)
               WITH ORDINALITY AS e (transfer, account, role, amount, held, earned, n)) e
  ORDER BY e.n;

  INSERT INTO ledger_month AS m (account_id, month, role, amount, entries)
  SELECT e.account, date_trunc('month', posted_at AT TIME ZONE 'UTC')::date, e.role, sum(e.amount), count(*)
  FROM unnest(e_account, e_role, e_amount) AS e (account, role, amount)
  WHERE e.amount <> 0
  GROUP BY e.account, e.role
  ORDER BY e.account, e.role
  ON CONFLICT (account_id, month, role)
  DO UPDATE SET amount = m.amount + excluded.amount, entries = m.entries + excluded.entries;

  -- What concerns the whole platform follows in the same statement. All of it is credited by the backing account, whose lock
  -- is held by now, so nobody waits here who has not waited already.
  IF 'own' = ANY (e_role) THEN
    INSERT INTO platform_activity AS p (day, members)
    SELECT c.day, sum(c.change) FROM unnest(d_products, a_active_before) AS d (products, before)
    CROSS JOIN LATERAL (VALUES (d.before, -1), (today, 1)) AS c (day, change)
    WHERE d.products > 0 AND d.before IS DISTINCT FROM today AND c.day IS NOT NULL
    GROUP BY c.day ORDER BY c.day
    ON CONFLICT (day) DO UPDATE SET members = p.members + excluded.members;

    INSERT INTO platform_revenue AS p (role, amount)
    SELECT e.role, sum(e.amount) FROM unnest(e_role, e_amount) AS e (role, amount)
    WHERE e.role IN ('own', 'level_1', 'level_2', 'level_3', 'platform') GROUP BY e.role ORDER BY e.role
    ON CONFLICT (role) DO UPDATE SET amount = p.amount + excluded.amount;
  END IF;
  IF 0 <> ANY (d_commission) THEN
    INSERT INTO platform_rank AS p (rank, members)
    SELECT c.rank, sum(c.change) FROM unnest(d_commission, a_commission) AS d (change, after)
    CROSS JOIN LATERAL (VALUES (commission_rank(d.after - d.change), -1), (commission_rank(d.after), 1)) AS c (rank, change)
    WHERE d.change <> 0 AND c.rank > 0
    GROUP BY c.rank HAVING sum(c.change) <> 0 ORDER BY c.rank
    ON CONFLICT (rank) DO UPDATE SET members = p.members + excluded.members;
  END IF;

  SELECT array_agg(v.name ORDER BY v.threshold), array_agg(v.threshold ORDER BY v.threshold)
  INTO tier_names, tier_thresholds FROM vip_tier v;

  UPDATE kv_store_44a642d3 u
  SET updated_at = posted_at,
      value = CASE WHEN u.value #> '{premiumAssignment,freezes}' = 'true'
        THEN u.value || d.projection || freeze_projection(u.value, d.balance)
        ELSE u.value || d.projection END
        || CASE WHEN d.products = 0 THEN '{}'
                ELSE jsonb_build_object('productsSubmitted', coalesce((u.value ->> 'productsSubmitted')::integer, 0) + d.products) END
        || CASE WHEN u.value ->> 'vipTier' = d.tier OR u.value -> 'vipTierManual' = 'true' THEN '{}' ELSE jsonb_build_object('vipTier', d.tier) END
  FROM (SELECT 'user:' || d.account AS key, d.balance, d.products, tier_names[width_bucket(d.earned, tier_thresholds)] AS tier,
               jsonb_build_object('balance', to_major(d.balance), 'heldBalance', to_major(d.held), 'totalEarned', to_major(d.earned)) AS projection
        FROM unnest(d_account, a_balance, a_held, a_earned, d_products) AS d (account, balance, held, earned, products)) d
  WHERE u.key = d.key;

  RETURN QUERY SELECT * FROM unnest(d_account, a_balance, a_held, a_earned);
  PERFORM set_config('ledger.posting', 'off', true);
END $$;

-- As with ledger_post, planning each statement again for each call costs more than running it.
ALTER FUNCTION submissions_post SET plan_cache_mode = force_generic_plan;
