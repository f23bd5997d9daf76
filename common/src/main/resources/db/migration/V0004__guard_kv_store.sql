-- Operators type SQL at the shared table. Each such statement does the right thing in the ledger or is refused with
-- the command to run instead.
CREATE FUNCTION kv_guard_user() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('ledger.posting', true) = 'on' THEN
    RETURN NEW;
  END IF;
  IF NEW.key <> OLD.key THEN
    RAISE EXCEPTION 'the key of a member cannot be changed' USING ERRCODE = 'LG020';
  END IF;
  RAISE EXCEPTION 'the balance in % is a projection of the ledger. Use POST /admin/adjust-balance with a reason', OLD.key
    USING ERRCODE = 'LG020';
END $$;
CREATE TRIGGER kv_guard_user BEFORE UPDATE ON kv_store_44a642d3 FOR EACH ROW
  WHEN (OLD.key LIKE 'user:%' AND (
    NEW.key <> OLD.key OR
    NEW.value -> 'balance' IS DISTINCT FROM OLD.value -> 'balance' OR
    NEW.value -> 'heldBalance' IS DISTINCT FROM OLD.value -> 'heldBalance' OR
    NEW.value -> 'totalEarned' IS DISTINCT FROM OLD.value -> 'totalEarned' OR
    NEW.value -> 'productsSubmitted' IS DISTINCT FROM OLD.value -> 'productsSubmitted'))
  EXECUTE FUNCTION kv_guard_user();

CREATE FUNCTION kv_guard_user_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF coalesce((NEW.value ->> 'balance')::numeric, 0) <> 0 OR coalesce((NEW.value ->> 'heldBalance')::numeric, 0) <> 0 THEN
    RAISE EXCEPTION 'a member starts with a balance of zero. Use POST /signup, then POST /admin/adjust-balance'
      USING ERRCODE = 'LG020';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER kv_guard_user_insert BEFORE INSERT ON kv_store_44a642d3 FOR EACH ROW
  WHEN (NEW.key LIKE 'user:%') EXECUTE FUNCTION kv_guard_user_insert();

-- The life of a withdrawal: pending -> approved | denied | cancelled. Whoever writes the status, the hold ends with it.
CREATE FUNCTION kv_guard_withdrawal() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  outcome text := NEW.value ->> 'status';
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
  PERFORM ledger_settle((OLD.value ->> 'id')::uuid, CASE outcome WHEN 'approved' THEN 'post' ELSE 'void' END);
  NEW.updated_at := clock_timestamp();
  NEW.value := NEW.value || CASE outcome
    WHEN 'approved' THEN jsonb_build_object('approvedAt', coalesce(nullif(NEW.value ->> 'approvedAt', ''), iso_instant(clock_timestamp())))
    WHEN 'denied' THEN jsonb_build_object('deniedAt', coalesce(nullif(NEW.value ->> 'deniedAt', ''), iso_instant(clock_timestamp())))
    ELSE '{}' END;
  RETURN NEW;
END $$;
CREATE TRIGGER kv_guard_withdrawal BEFORE UPDATE ON kv_store_44a642d3 FOR EACH ROW
  WHEN (OLD.key LIKE 'withdrawal:%' AND (
    NEW.key <> OLD.key OR
    NEW.value -> 'amount' IS DISTINCT FROM OLD.value -> 'amount' OR
    NEW.value -> 'userId' IS DISTINCT FROM OLD.value -> 'userId' OR
    NEW.value -> 'id' IS DISTINCT FROM OLD.value -> 'id' OR
    NEW.value ->> 'status' IS DISTINCT FROM OLD.value ->> 'status'))
  EXECUTE FUNCTION kv_guard_withdrawal();

CREATE FUNCTION kv_guard_withdrawal_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM ledger_transfer t JOIN ledger_entry e ON e.transfer_id = t.id
    WHERE t.id = (NEW.value ->> 'id')::uuid AND t.phase = 'pending' AND e.account_id = (NEW.value ->> 'userId')::uuid
      AND e.held = to_minor((NEW.value ->> 'amount')::numeric)) THEN
    RAISE EXCEPTION 'a pending withdrawal needs its hold in the ledger. Use POST /withdrawals' USING ERRCODE = 'LG021';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER kv_guard_withdrawal_insert BEFORE INSERT ON kv_store_44a642d3 FOR EACH ROW
  WHEN (NEW.key LIKE 'withdrawal:%' AND NEW.value ->> 'status' = 'pending') EXECUTE FUNCTION kv_guard_withdrawal_insert();

CREATE FUNCTION kv_guard_delete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% belongs to the books and cannot be deleted here. Use DELETE /admin/users/{id}, which anonymises a member whose balance is zero', OLD.key
    USING ERRCODE = 'LG022';
END $$;
CREATE TRIGGER kv_guard_delete BEFORE DELETE ON kv_store_44a642d3 FOR EACH ROW
  WHEN (OLD.key LIKE 'user:%' OR OLD.key LIKE 'withdrawal:%' OR OLD.key LIKE 'product:%' OR OLD.key LIKE 'bonus:%'
        OR OLD.key LIKE 'referral:%' OR OLD.key LIKE 'premium:%' OR OLD.key LIKE 'audit:%')
  EXECUTE FUNCTION kv_guard_delete();

CREATE FUNCTION kv_guard_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'kv_store_44a642d3 holds the books and cannot be truncated' USING ERRCODE = 'LG022';
END $$;
CREATE TRIGGER kv_guard_truncate BEFORE TRUNCATE ON kv_store_44a642d3
  FOR EACH STATEMENT EXECUTE FUNCTION kv_guard_truncate();

-- What was done is never rewritten.
CREATE FUNCTION kv_guard_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is an audit record and cannot be changed', OLD.key USING ERRCODE = 'LG022';
END $$;
CREATE TRIGGER kv_guard_audit BEFORE UPDATE ON kv_store_44a642d3 FOR EACH ROW
  WHEN (OLD.key LIKE 'audit:%') EXECUTE FUNCTION kv_guard_audit();

-- A member has at most one open premium assignment.
CREATE UNIQUE INDEX kv_one_open_premium ON kv_store_44a642d3 (user_id)
  WHERE key LIKE 'premium:%' AND status IN ('offered', 'active');
