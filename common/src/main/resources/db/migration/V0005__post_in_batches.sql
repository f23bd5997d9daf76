-- A member who has left receives nothing more: the account is closed in the transaction that deletes the member, under
-- the lock that every posting takes, and only when nothing is in it.
ALTER TABLE ledger_account ADD COLUMN closed boolean NOT NULL DEFAULT false;

CREATE FUNCTION member_leaves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('ledger.posting', 'on', true);
  UPDATE ledger_account SET closed = true WHERE id = NEW.id AND balance = 0 AND held = 0;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'member % still has money: nobody who is owed something can be deleted', NEW.id USING ERRCODE = 'LG022';
  END IF;
  PERFORM set_config('ledger.posting', 'off', true);
  RETURN NULL;
END $$;
CREATE TRIGGER member_leaves AFTER UPDATE OF deleted_at ON member FOR EACH ROW
  WHEN (OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL) EXECUTE FUNCTION member_leaves();

SET LOCAL ledger.posting = 'on';
UPDATE ledger_account a SET closed = true FROM member m WHERE m.id = a.id AND m.deleted_at IS NOT NULL;
SET LOCAL ledger.posting = 'off';

-- Posts transfers: the only statement in the system that changes a balance. All arrays of one group have one length.
-- While it runs it says so in ledger.posting, for the triggers that let nobody else change a balance.
-- Accounts are locked in id order, by the update that moves them; the entries read their running balances off its result.
-- Raises: LG001 malformed transfer, LG002 unknown account, LG004 an account was closed meanwhile,
-- 23514 ledger_account_never_negative when a member's balance does not cover it, 23505 when it was posted before.
-- No step joins two of the arrays, and none may scan a table: both would look good to a planner that does not know how
-- long the arrays are. The role 'own' is the submitting member's, one for each submission.
-- A correction names the transfer that it reverses; there is one for each at most.
DROP FUNCTION ledger_post(uuid[], text[], text[], uuid[], text[], text[], uuid[], uuid[], text[], bigint[], bigint[], bigint[]);
CREATE FUNCTION ledger_post(
  t_id uuid[], t_kind text[], t_phase text[], t_hold uuid[], t_reference text[], t_memo text[],
  e_transfer uuid[], e_account uuid[], e_role text[], e_amount bigint[], e_held bigint[], e_earned bigint[],
  t_reverses uuid[] DEFAULT NULL
) RETURNS TABLE (account_id uuid, balance bigint, held bigint, earned bigint)
  LANGUAGE plpgsql SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
#variable_conflict use_column
DECLARE
  posted_at timestamptz := clock_timestamp();
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
    SET balance = a.balance + d.change, held = a.held + d.held, earned = a.earned + d.earned, commission = a.commission + d.commission
    FROM unnest(d_account, d_change, d_held, d_earned, d_commission) AS d (account, change, held, earned, commission)
    WHERE a.id = d.account
    RETURNING a.id, a.balance, a.held, a.earned, a.closed)
  SELECT array_agg(m.balance ORDER BY m.id), array_agg(m.held ORDER BY m.id), array_agg(m.earned ORDER BY m.id), bool_or(m.closed)
  INTO a_balance, a_held, a_earned, a_closed FROM moved m;
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

CREATE UNIQUE INDEX ledger_transfer_one_reversal ON ledger_transfer (reverses) WHERE reverses IS NOT NULL;

-- Posts the opposite of a posted transfer, entry by entry. Raises what ledger_post raises; 23505
-- ledger_transfer_one_reversal when it was reversed before. Returns nothing when there is no such transfer.
CREATE FUNCTION ledger_reverse(p_id uuid, p_transfer uuid, p_memo text) RETURNS TABLE (account_id uuid, balance bigint, held bigint, earned bigint)
  LANGUAGE sql AS $$
  SELECT p.* FROM ledger_transfer t
  CROSS JOIN LATERAL (
    SELECT array_agg(e.account_id ORDER BY e.seq) AS account, array_agg(e.role ORDER BY e.seq) AS role, array_agg(-e.amount ORDER BY e.seq) AS amount,
           array_agg(-e.held ORDER BY e.seq) AS held, array_agg(-e.earned ORDER BY e.seq) AS earned
    FROM ledger_entry e WHERE e.transfer_id = t.id) e
  CROSS JOIN LATERAL ledger_post(
    ARRAY[p_id], ARRAY[t.kind], ARRAY['posted'], ARRAY[NULL::uuid], ARRAY[p_id::text], ARRAY[p_memo],
    array_fill(p_id, ARRAY[cardinality(e.account)]), e.account, e.role, e.amount, e.held, e.earned, ARRAY[t.id]) p
  WHERE t.id = p_transfer AND t.phase = 'posted'
$$;

-- An answer that holds no secret is kept as it is; it can be written by the statement that has the effect.
-- Half of each page is left free, so that the answer is added in place.
ALTER TABLE idempotency_key ADD COLUMN answer text, ADD CONSTRAINT idempotency_key_one_answer CHECK (reply IS NULL OR answer IS NULL);
ALTER TABLE idempotency_key SET (fillfactor = 50);

-- Writes a batch of submissions: idempotency rows, the members' days, the ledger, documents and referrals, in that order
-- and each in key order, so that batches of several processes meet without deadlock. One answer for each item:
--   credited  paid along the line                waiting  for an admin: above the threshold or the day's cap
--   known     its idempotency key was used before; nothing was written for it
-- An answer is the given beginning (s_credited or s_waiting) and the member's available balance after the submission.
-- With p_again the batch may have been written before, by a call whose outcome was lost: items that were are answered
-- from what they wrote. Raises what ledger_post raises; then nothing of the batch is written.
CREATE FUNCTION submissions_post(
  p_cap bigint, p_again boolean,
  s_id uuid[], s_member uuid[], s_value bigint[], s_creditable boolean[], s_document text[], s_referral text[], s_shared bigint[],
  s_credited text[], s_waiting text[], s_key bytea[], s_fingerprint bytea[],
  e_item integer[], e_account uuid[], e_role text[], e_amount bigint[], e_earned bigint[]
) RETURNS TABLE (item integer, outcome text, answer text)
  LANGUAGE plpgsql SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
#variable_conflict use_column
DECLARE
  today date := (now() AT TIME ZONE 'UTC')::date;
  outcomes text[] := array_fill('waiting'::text, ARRAY[cardinality(s_id)]);
  answers text[];
  claimed bytea[];
  roomy uuid[];
  members integer;
  items integer[];
  candidate record;
BEGIN
  IF array_remove(s_key, NULL) <> '{}' THEN
    WITH claim AS (
      INSERT INTO idempotency_key AS k (key_hash, fingerprint, operation)
      SELECT s.key, s.fingerprint, 'earnings.submit' FROM unnest(s_key, s_fingerprint) AS s (key, fingerprint)
      WHERE s.key IS NOT NULL ORDER BY s.key
      ON CONFLICT (key_hash) DO UPDATE
        SET fingerprint = excluded.fingerprint, operation = excluded.operation, reply = NULL, answer = NULL, created_at = now()
        WHERE k.created_at < now() - interval '24 hours'
      RETURNING k.key_hash)
    SELECT array_agg(key_hash) INTO claimed FROM claim;
    IF cardinality(claimed) IS DISTINCT FROM cardinality(array_remove(s_key, NULL)) THEN
      FOR i IN 1 .. cardinality(s_id) LOOP
        IF s_key[i] IS NOT NULL AND s_key[i] = ANY (claimed) IS NOT TRUE THEN
          outcomes[i] := 'known';
        END IF;
      END LOOP;
    END IF;
  END IF;

  IF p_again THEN
    FOR i IN 1 .. cardinality(s_id) LOOP
      IF EXISTS (SELECT FROM kv_store_44a642d3 p WHERE p.key = 'product:' || s_member[i] || ':' || s_id[i]) THEN
        outcomes[i] := CASE WHEN EXISTS (SELECT FROM ledger_transfer t WHERE t.id = s_id[i]) THEN 'credited before' ELSE 'waiting before' END;
      END IF;
    END LOOP;
  END IF;

  -- A whole batch fits most days of most members at once; where it does not, item after item as long as there is room.
  WITH wish AS (
    SELECT s.member, sum(s.value)::bigint AS value FROM unnest(outcomes, s_member, s_value, s_creditable) AS s (outcome, member, value, creditable)
    WHERE s.creditable AND s.outcome = 'waiting' GROUP BY s.member ORDER BY s.member
  ), room AS (
    INSERT INTO earnings_day AS d (account_id, day, credited)
    SELECT w.member, today, CASE WHEN w.value <= p_cap THEN w.value ELSE 0 END FROM wish w
    ON CONFLICT (account_id, day) DO UPDATE SET credited = d.credited + excluded.credited
      WHERE d.credited + excluded.credited <= p_cap
    RETURNING account_id)
  SELECT (SELECT count(*) FROM wish), (SELECT array_agg(r.account_id) FROM room r WHERE NOT EXISTS (SELECT FROM wish w WHERE w.member = r.account_id AND w.value > p_cap))
  INTO members, roomy;
  FOR candidate IN
    SELECT s.n, s.member, s.value FROM unnest(outcomes, s_member, s_value, s_creditable) WITH ORDINALITY AS s (outcome, member, value, creditable, n)
    WHERE s.creditable AND s.outcome = 'waiting' ORDER BY s.member, s.n
  LOOP
    IF cardinality(roomy) = members OR candidate.member = ANY (roomy) THEN
      outcomes[candidate.n] := 'credited';
    ELSE
      UPDATE earnings_day d SET credited = d.credited + candidate.value
      WHERE d.account_id = candidate.member AND d.day = today AND d.credited + candidate.value <= p_cap;
      IF FOUND THEN
        outcomes[candidate.n] := 'credited';
      END IF;
    END IF;
  END LOOP;

  SELECT array_agg(s.n::integer) INTO items FROM unnest(outcomes) WITH ORDINALITY AS s (outcome, n) WHERE s.outcome = 'credited';
  IF items IS NOT NULL THEN
    PERFORM FROM (
      SELECT array_agg(s_id[e.item]) AS transfer, array_agg(e.account) AS account, array_agg(e.role) AS role,
             array_agg(e.amount) AS amount, array_agg(e.earned) AS earned
      FROM (SELECT * FROM unnest(e_item, e_account, e_role, e_amount, e_earned) WITH ORDINALITY AS e (item, account, role, amount, earned, n)
            ORDER BY n) e
      WHERE outcomes[e.item] = 'credited') e
    CROSS JOIN (SELECT array_agg(s_id[i.item]) AS id, count(*)::integer AS size FROM unnest(items) AS i (item)) t
    CROSS JOIN LATERAL ledger_post(
      t.id, array_fill('submission'::text, ARRAY[t.size]), array_fill('posted'::text, ARRAY[t.size]), array_fill(NULL::uuid, ARRAY[t.size]),
      t.id::text[], array_fill(NULL::text, ARRAY[t.size]),
      e.transfer, e.account, e.role, e.amount, array_fill(0::bigint, ARRAY[cardinality(e.account)]), e.earned);
  END IF;

  INSERT INTO kv_store_44a642d3 (key, value)
  SELECT 'product:' || s.member || ':' || s.id,
         CASE s.outcome WHEN 'credited' THEN s.document::jsonb
           ELSE s.document::jsonb || '{"status": "pending_review", "userEarned": 0, "commissions": []}' END
  FROM unnest(outcomes, s_id, s_member, s_document) AS s (outcome, id, member, document)
  WHERE s.outcome IN ('credited', 'waiting');

  UPDATE kv_store_44a642d3 r
  SET value = r.value || jsonb_build_object(
        'totalSharedProfit', trim_scale(coalesce((r.value ->> 'totalSharedProfit')::numeric, 0) + to_major(s.shared)),
        'lastProductAt', iso_instant(now())),
      updated_at = now()
  FROM (SELECT s.referral, sum(s.shared)::bigint AS shared FROM unnest(outcomes, s_referral, s_shared) AS s (outcome, referral, shared)
        WHERE s.outcome = 'credited' AND s.referral IS NOT NULL GROUP BY s.referral ORDER BY s.referral) s
  WHERE r.key = s.referral;

  SELECT array_agg(CASE
    WHEN s.outcome IN ('credited', 'credited before')
      THEN s.credited || (SELECT to_major(e.balance_after) FROM ledger_entry e WHERE e.transfer_id = s.id AND e.account_id = s.member) || '}'
    WHEN s.outcome IN ('waiting', 'waiting before')
      THEN s.waiting || (SELECT to_major(a.balance) FROM ledger_account a WHERE a.id = s.member) || '}' END ORDER BY s.n)
  INTO answers FROM unnest(outcomes, s_id, s_member, s_credited, s_waiting) WITH ORDINALITY AS s (outcome, id, member, credited, waiting, n);

  IF claimed IS NOT NULL THEN
    UPDATE idempotency_key k SET answer = s.answer
    FROM unnest(outcomes, s_key, answers) AS s (outcome, key, answer)
    WHERE k.key_hash = s.key AND s.outcome <> 'known';
  END IF;

  RETURN QUERY SELECT s.n::integer, split_part(s.outcome, ' ', 1), s.answer FROM unnest(outcomes, answers) WITH ORDINALITY AS s (outcome, answer, n);
END $$;
