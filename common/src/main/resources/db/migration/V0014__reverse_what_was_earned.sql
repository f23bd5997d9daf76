-- As before, and a posting that reverses takes back what it reverses from the number of submissions, too: all transfers of
-- a call reverse, or none does.
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
  counting CONSTANT integer := CASE WHEN t_reverses[1] IS NULL THEN 1 ELSE -1 END;  -- of submissions
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
               (counting * count(*) FILTER (WHERE e.role = 'own'))::integer AS products
        FROM unnest(e_account, e_role, e_amount, e_held, e_earned) AS e (account, role, amount, held, earned)
        GROUP BY e.account ORDER BY e.account) d;

  WITH moved AS (
    UPDATE ledger_account a
    SET balance = a.balance + d.change, held = a.held + d.held, earned = a.earned + d.earned, commission = a.commission + d.commission,
        commission_rank = CASE WHEN d.commission = 0 THEN a.commission_rank ELSE commission_rank(a.commission + d.commission) END,
        active_before = CASE WHEN d.products > 0 THEN a.active_on ELSE a.active_before END,
        active_on = CASE WHEN d.products > 0 THEN today ELSE a.active_on END
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
  SELECT e.account, date_trunc('month', posted_at AT TIME ZONE 'UTC')::date, e.role, sum(e.amount),
         CASE e.role WHEN 'own' THEN counting ELSE 1 END * count(*)
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
