-- Withdrawals are requested and reviewed in batches, as submissions are: one posting for all of a batch. Each function
-- answers each item, in order, or NULL where something is in its way; nothing was written for that one then. With p_again
-- the batch may have been written before, by a call whose outcome was lost: items that were are answered from what they
-- wrote. Locks: idempotency keys, withdrawals, accounts, members, each in key order.

-- Takes the keys of a batch for this transaction: which of them were free. NULL is no key, which is always free.
CREATE FUNCTION idempotency_claim_all(p_key bytea[], p_fingerprint bytea[], p_operation text[]) RETURNS boolean[]
  LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
  claimed bytea[];
BEGIN
  WITH claim AS (
    INSERT INTO idempotency_key AS k (key_hash, fingerprint, operation)
    SELECT c.key, c.fingerprint, c.operation FROM unnest(p_key, p_fingerprint, p_operation) AS c (key, fingerprint, operation)
    WHERE c.key IS NOT NULL ORDER BY c.key
    ON CONFLICT (key_hash) DO UPDATE
      SET fingerprint = excluded.fingerprint, operation = excluded.operation, reply = NULL, answer = NULL, created_at = now()
      WHERE k.created_at < now() - interval '24 hours'
    RETURNING k.key_hash)
  SELECT array_agg(c.key_hash) INTO claimed FROM claim c;
  RETURN (SELECT array_agg(c.key IS NULL OR coalesce(c.key = ANY (claimed), false) ORDER BY c.n)
          FROM unnest(p_key) WITH ORDINALITY AS c (key, n));
END $$;

-- Keeps the answers under the keys that were free; a key without an answer is free again.
CREATE FUNCTION idempotency_answer_all(p_key bytea[], p_claimed boolean[], p_answer text[]) RETURNS void
  LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off AS $$
BEGIN
  UPDATE idempotency_key k SET answer = c.answer
  FROM unnest(p_key, p_claimed, p_answer) AS c (key, claimed, answer)
  WHERE k.key_hash = c.key AND c.claimed AND c.answer IS NOT NULL;
  DELETE FROM idempotency_key k USING unnest(p_key, p_claimed, p_answer) AS c (key, claimed, answer)
  WHERE k.key_hash = c.key AND c.claimed AND c.answer IS NULL;
END $$;

-- Holds amounts and writes withdrawals. Not for a member who is frozen or whose balance does not cover the amount after
-- what came before it in the batch.
CREATE FUNCTION withdrawals_request(p_again boolean, w_id uuid[], w_member uuid[], w_amount bigint[],
                                    w_key bytea[], w_fingerprint bytea[], w_operation text[]) RETURNS text[]
  LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
  claimed boolean[] := idempotency_claim_all(w_key, w_fingerprint, w_operation);
  answers text[] := array_fill(NULL::text, ARRAY[cardinality(w_id)]);
  m_id uuid[];          -- one element for each member who may withdraw
  m_balance bigint[];   -- available, less what the batch has taken so far
  m_email jsonb[];
  m_name jsonb[];
  h_id uuid[];          -- one element for each hold
  h_member uuid[];
  h_amount bigint[];
  h_document jsonb[];
  m integer;
  document jsonb;
BEGIN
  PERFORM FROM ledger_account a WHERE a.id = ANY (w_member) ORDER BY a.id FOR NO KEY UPDATE;
  PERFORM FROM kv_store_44a642d3 u WHERE u.key = ANY (ARRAY(SELECT 'user:' || w FROM unnest(w_member) w)) ORDER BY u.key FOR NO KEY UPDATE;
  SELECT array_agg(a.id), array_agg(a.balance), array_agg(u.value -> 'email'), array_agg(u.value -> 'name')
  INTO m_id, m_balance, m_email, m_name
  FROM (SELECT DISTINCT w AS id FROM unnest(w_member) w) w
  JOIN ledger_account a ON a.id = w.id JOIN kv_store_44a642d3 u ON u.key = 'user:' || w.id
  WHERE u.value -> 'accountFrozen' IS DISTINCT FROM 'true';

  FOR i IN 1 .. cardinality(w_id) LOOP
    m := array_position(m_id, w_member[i]);
    IF NOT claimed[i] THEN
      CONTINUE;
    ELSIF p_again AND EXISTS (SELECT FROM ledger_transfer t WHERE t.id = w_id[i]) THEN
      answers[i] := (
        SELECT withdrawal_answer(w.value, e.balance_after, 'Withdrawal requested.')
        FROM ledger_entry e JOIN kv_store_44a642d3 w ON w.key = 'withdrawal:' || e.account_id || ':' || e.transfer_id
        WHERE e.transfer_id = w_id[i]);
    ELSIF m_balance[m] >= w_amount[i] THEN
      m_balance[m] := m_balance[m] - w_amount[i];
      document := jsonb_build_object(
        'id', w_id[i], 'userId', w_member[i], 'userEmail', m_email[m], 'userName', m_name[m], 'amount', to_major(w_amount[i]),
        'status', 'pending', 'requestedAt', iso_instant(clock_timestamp()), 'approvedAt', NULL, 'deniedAt', NULL, 'denialReason', NULL);
      answers[i] := withdrawal_answer(document, m_balance[m], 'Withdrawal requested.');
      h_id := h_id || w_id[i];
      h_member := h_member || w_member[i];
      h_amount := h_amount || w_amount[i];
      h_document := h_document || document;
    END IF;
  END LOOP;

  IF h_id IS NOT NULL THEN
    PERFORM ledger_post(
      h_id, array_fill('withdrawal'::text, ARRAY[cardinality(h_id)]), array_fill('pending'::text, ARRAY[cardinality(h_id)]),
      array_fill(NULL::uuid, ARRAY[cardinality(h_id)]), h_id::text[], array_fill(NULL::text, ARRAY[cardinality(h_id)]),
      h_id, h_member, array_fill('hold'::text, ARRAY[cardinality(h_id)]), array_fill(0::bigint, ARRAY[cardinality(h_id)]),
      h_amount, array_fill(0::bigint, ARRAY[cardinality(h_id)]));
    INSERT INTO kv_store_44a642d3 (key, value)
    SELECT 'withdrawal:' || h.member || ':' || h.id, h.document FROM unnest(h_id, h_member, h_document) AS h (id, member, document);
  END IF;
  PERFORM idempotency_answer_all(w_key, claimed, answers);
  RETURN answers;
END $$;

-- Ends pending withdrawals by what is changed in their documents. Not for one that is not pending or that another item of
-- the batch ends.
CREATE FUNCTION withdrawals_review(p_again boolean, w_id uuid[], w_change text[], w_message text[], w_audit_key text[], w_audit text[],
                                   w_key bytea[], w_fingerprint bytea[], w_operation text[]) RETURNS text[]
  LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
  claimed boolean[] := idempotency_claim_all(w_key, w_fingerprint, w_operation);
  answers text[] := array_fill(NULL::text, ARRAY[cardinality(w_id)]);
  p_id uuid[];          -- one element for each withdrawal that is pending
  p_member uuid[];
  p_amount bigint[];
  p_reference text[];
  p_document jsonb[];
  d_key text[];         -- one element for each decision
  d_document jsonb[];
  d_audit_key text[];
  d_audit text[];
  t_id uuid[];
  t_phase text[];
  t_hold uuid[];
  t_reference text[];
  e_transfer uuid[];
  e_account uuid[];
  e_role text[];
  e_amount bigint[];
  e_held bigint[];
  p integer;
  document jsonb;
  outcome uuid;
BEGIN
  SELECT array_agg(w.hold), array_agg(w.member), array_agg(w.amount), array_agg(w.reference), array_agg(w.value)
  INTO p_id, p_member, p_amount, p_reference, p_document
  FROM (SELECT t.id AS hold, e.account_id AS member, e.held AS amount, t.reference, w.value
        FROM (SELECT DISTINCT i AS id FROM unnest(w_id) i) i
        JOIN ledger_transfer t ON t.id = i.id AND t.kind = 'withdrawal' AND t.phase = 'pending'
        JOIN ledger_entry e ON e.transfer_id = t.id
        JOIN kv_store_44a642d3 w ON w.key = 'withdrawal:' || e.account_id || ':' || t.id AND w.status = 'pending'
        ORDER BY w.key FOR NO KEY UPDATE OF w) w;

  FOR i IN 1 .. cardinality(w_id) LOOP
    p := array_position(p_id, w_id[i]);
    IF NOT claimed[i] THEN
      CONTINUE;
    ELSIF p_again AND EXISTS (SELECT FROM kv_store_44a642d3 a WHERE a.key = w_audit_key[i]) THEN
      answers[i] := (
        SELECT withdrawal_answer(w.value, NULL, w_message[i])
        FROM ledger_entry e JOIN kv_store_44a642d3 w ON w.key = 'withdrawal:' || e.account_id || ':' || e.transfer_id
        WHERE e.transfer_id = w_id[i] AND e.role = 'hold');
    ELSIF p IS NOT NULL THEN
      p_id[p] := NULL;
      document := p_document[p] || w_change[i]::jsonb;
      document := document || CASE document ->> 'status'
        WHEN 'approved' THEN jsonb_build_object('approvedAt', iso_instant(clock_timestamp()))
        ELSE jsonb_build_object('deniedAt', iso_instant(clock_timestamp())) END;
      answers[i] := withdrawal_answer(document, NULL, w_message[i]);
      d_key := d_key || ('withdrawal:' || p_member[p] || ':' || w_id[i]);
      d_document := d_document || document;
      d_audit_key := d_audit_key || w_audit_key[i];
      d_audit := d_audit || w_audit[i];
      outcome := gen_random_uuid();
      t_id := t_id || outcome;
      t_hold := t_hold || w_id[i];
      t_reference := t_reference || p_reference[p];
      e_transfer := e_transfer || outcome;
      e_account := e_account || p_member[p];
      e_held := e_held || -p_amount[p];
      IF document ->> 'status' = 'approved' THEN
        t_phase := t_phase || 'post'::text;
        e_role := e_role || ARRAY['payout', 'external'];
        e_amount := e_amount || ARRAY[-p_amount[p], p_amount[p]];
        e_transfer := e_transfer || outcome;
        e_account := e_account || ('ffffffff-ffff-ffff-ffff-ffffffffff0' || right(w_id[i]::text, 1))::uuid;
        e_held := e_held || 0::bigint;
      ELSE
        t_phase := t_phase || 'void'::text;
        e_role := e_role || 'release'::text;
        e_amount := e_amount || 0::bigint;
      END IF;
    END IF;
  END LOOP;

  IF t_id IS NOT NULL THEN
    PERFORM ledger_post(
      t_id, array_fill('withdrawal'::text, ARRAY[cardinality(t_id)]), t_phase, t_hold, t_reference,
      array_fill(NULL::text, ARRAY[cardinality(t_id)]),
      e_transfer, e_account, e_role, e_amount, e_held, array_fill(0::bigint, ARRAY[cardinality(e_account)]));
    UPDATE kv_store_44a642d3 w SET value = d.document, updated_at = clock_timestamp()
    FROM unnest(d_key, d_document) AS d (key, document) WHERE w.key = d.key;
    INSERT INTO kv_store_44a642d3 (key, value)
    SELECT d.key, d.audit::jsonb FROM unnest(d_audit_key, d_audit) AS d (key, audit);
  END IF;
  PERFORM idempotency_answer_all(w_key, claimed, answers);
  RETURN answers;
END $$;

-- As before, but a hold that ended in this way already, as in a batch, is not ended again.
CREATE OR REPLACE FUNCTION kv_guard_withdrawal() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  outcome text := NEW.value ->> 'status';
  hold uuid := (OLD.value ->> 'id')::uuid;
  ending text := CASE outcome WHEN 'approved' THEN 'post' ELSE 'void' END;
BEGIN
  IF NEW.key <> OLD.key OR NEW.value -> 'amount' IS DISTINCT FROM OLD.value -> 'amount'
     OR NEW.value -> 'userId' IS DISTINCT FROM OLD.value -> 'userId' OR NEW.value -> 'id' IS DISTINCT FROM OLD.value -> 'id' THEN
    RAISE EXCEPTION 'key, id, member and amount of % cannot be changed. Deny it with POST /admin/deny-withdrawal and let the member request again', OLD.key
      USING ERRCODE = 'LG021';
  END IF;
  -- The generated column status of NEW is not computed yet in a BEFORE trigger: the document is.
  IF OLD.status IS DISTINCT FROM 'pending' OR coalesce(outcome, '') NOT IN ('approved', 'denied', 'cancelled') THEN
    RAISE EXCEPTION '% is %: it cannot become %. Only a pending withdrawal can be approved, denied or cancelled', OLD.key,
      OLD.status, coalesce(outcome, 'nothing') USING ERRCODE = 'LG021';
  END IF;
  IF NOT EXISTS (SELECT FROM ledger_transfer t WHERE t.hold_id = hold AND t.phase = ending) THEN
    PERFORM ledger_settle(hold, ending);
  END IF;
  NEW.updated_at := clock_timestamp();
  NEW.value := NEW.value || CASE outcome
    WHEN 'approved' THEN jsonb_build_object('approvedAt', coalesce(nullif(NEW.value ->> 'approvedAt', ''), iso_instant(clock_timestamp())))
    WHEN 'denied' THEN jsonb_build_object('deniedAt', coalesce(nullif(NEW.value ->> 'deniedAt', ''), iso_instant(clock_timestamp())))
    ELSE '{}' END;
  RETURN NEW;
END $$;
