-- One statement each for what is done with a withdrawal most of the time, with its idempotency row and its audit record:
-- no lock is held while a process and the database talk. Each answers NULL, and leaves nothing behind, where it does not
-- apply: the key was used before, a freeze, too small a balance, a withdrawal that is not pending or has an old id.

-- Takes a key for this transaction; false when it is taken. NULL is no key, which is always free.
CREATE FUNCTION idempotency_claim(p_key bytea, p_fingerprint bytea, p_operation text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  IF p_key IS NULL THEN
    RETURN true;
  END IF;
  INSERT INTO idempotency_key AS k (key_hash, fingerprint, operation) VALUES (p_key, p_fingerprint, p_operation)
  ON CONFLICT (key_hash) DO UPDATE
    SET fingerprint = excluded.fingerprint, operation = excluded.operation, reply = NULL, answer = NULL, created_at = now()
    WHERE k.created_at < now() - interval '24 hours';
  RETURN FOUND;
END $$;

CREATE FUNCTION withdrawal_answer(document jsonb, available bigint, message text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN '{"success":true,"withdrawal":' || json_build_object(
    'id', document -> 'id', 'userId', document -> 'userId', 'userEmail', document -> 'userEmail', 'userName', document -> 'userName',
    'amount', document -> 'amount', 'status', document -> 'status', 'requestedAt', document -> 'requestedAt',
    'approvedAt', document -> 'approvedAt', 'deniedAt', document -> 'deniedAt', 'denialReason', document -> 'denialReason')
    || coalesce(',"newBalance":' || to_major(available), '') || ',"message":' || to_json(message) || '}';

-- Holds the amount and writes the withdrawal. The account is locked before the member, as everywhere.
CREATE FUNCTION withdrawal_request(p_id uuid, p_member uuid, p_amount bigint, p_key bytea, p_fingerprint bytea, p_operation text)
  RETURNS text LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  available bigint;
  member jsonb;
  document jsonb;
  shown text;
BEGIN
  IF NOT idempotency_claim(p_key, p_fingerprint, p_operation) THEN
    RETURN NULL;
  END IF;
  SELECT a.balance INTO available FROM ledger_account a WHERE a.id = p_member FOR NO KEY UPDATE;
  SELECT u.value INTO member FROM kv_store_44a642d3 u WHERE u.key = 'user:' || p_member FOR NO KEY UPDATE;
  IF member -> 'accountFrozen' = 'true' OR (available >= p_amount) IS NOT TRUE THEN
    DELETE FROM idempotency_key WHERE key_hash = p_key;
    RETURN NULL;
  END IF;
  PERFORM ledger_hold(p_id, p_member, p_amount, 'withdrawal', p_id::text);
  document := jsonb_build_object(
    'id', p_id, 'userId', p_member, 'userEmail', member -> 'email', 'userName', member -> 'name', 'amount', to_major(p_amount),
    'status', 'pending', 'requestedAt', iso_instant(clock_timestamp()),
    'approvedAt', NULL, 'deniedAt', NULL, 'denialReason', NULL);
  INSERT INTO kv_store_44a642d3 (key, value) VALUES ('withdrawal:' || p_member || ':' || p_id, document);
  shown := withdrawal_answer(document, available - p_amount, 'Withdrawal requested.');
  UPDATE idempotency_key k SET answer = shown WHERE k.key_hash = p_key;
  RETURN shown;
END $$;

-- Ends a pending withdrawal by what is changed in its document; the trigger on the table ends the hold.
CREATE FUNCTION withdrawal_review(p_id uuid, p_change jsonb, p_message text, p_audit_key text, p_audit jsonb,
                                  p_key bytea, p_fingerprint bytea, p_operation text)
  RETURNS text LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  document jsonb;
  shown text;
BEGIN
  IF NOT idempotency_claim(p_key, p_fingerprint, p_operation) THEN
    RETURN NULL;
  END IF;
  UPDATE kv_store_44a642d3 w SET value = w.value || p_change
  WHERE w.key = (SELECT 'withdrawal:' || e.account_id || ':' || p_id FROM ledger_entry e WHERE e.transfer_id = p_id AND e.role = 'hold')
    AND w.status = 'pending'
  RETURNING w.value INTO document;
  IF NOT FOUND THEN
    DELETE FROM idempotency_key WHERE key_hash = p_key;
    RETURN NULL;
  END IF;
  INSERT INTO kv_store_44a642d3 (key, value) VALUES (p_audit_key, p_audit);
  shown := withdrawal_answer(document, NULL, p_message);
  UPDATE idempotency_key k SET answer = shown WHERE k.key_hash = p_key;
  RETURN shown;
END $$;
