-- Whatever an operator types at the shared table or at the tables beside it does the right thing in the ledger or is
-- refused with what to run instead. Documents of money change in transactions that post: ledger_post leaves 'on' in
-- ledger.posting while it runs and 'off' for the rest of the transaction; in any other transaction it is empty.

-- The key of a document of the books says whose it is and finds it in the ledger.
CREATE FUNCTION kv_guard_rename() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% cannot become %: what belongs to the books keeps its key', OLD.key, NEW.key USING ERRCODE = 'LG022';
END $$;
CREATE TRIGGER kv_guard_rename BEFORE UPDATE OF key ON kv_store_44a642d3 FOR EACH ROW
  WHEN (NEW.key <> OLD.key AND (OLD.key ~ '^(product|bonus|referral|premium|audit):'
        OR NEW.key ~ '^(user|withdrawal|product|bonus|referral|premium|audit):'))
  EXECUTE FUNCTION kv_guard_rename();

-- Members: also who they are and who invited them. A posting is not asked: it is what writes the rest.
CREATE OR REPLACE FUNCTION kv_guard_user() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('ledger.posting', true) = 'on' THEN
    RETURN NEW;
  END IF;
  IF NEW.key <> OLD.key OR NEW.value -> 'id' IS DISTINCT FROM OLD.value -> 'id' THEN
    RAISE EXCEPTION 'the key of a member cannot be changed' USING ERRCODE = 'LG020';
  END IF;
  IF NEW.value -> 'parentUserId' IS DISTINCT FROM OLD.value -> 'parentUserId' THEN
    RAISE EXCEPTION 'a referral line never changes: % keeps its parent', OLD.key USING ERRCODE = 'LG012';
  END IF;
  RAISE EXCEPTION 'the balance in % is a projection of the ledger. Use POST /admin/adjust-balance with a reason', OLD.key
    USING ERRCODE = 'LG020';
END $$;
DROP TRIGGER kv_guard_user ON kv_store_44a642d3;
CREATE TRIGGER kv_guard_user BEFORE UPDATE ON kv_store_44a642d3 FOR EACH ROW
  WHEN (OLD.key LIKE 'user:%' AND coalesce(current_setting('ledger.posting', true), '') <> 'on' AND (
    NEW.key <> OLD.key OR
    NEW.value -> 'id' IS DISTINCT FROM OLD.value -> 'id' OR
    NEW.value -> 'parentUserId' IS DISTINCT FROM OLD.value -> 'parentUserId' OR
    NEW.value -> 'balance' IS DISTINCT FROM OLD.value -> 'balance' OR
    NEW.value -> 'heldBalance' IS DISTINCT FROM OLD.value -> 'heldBalance' OR
    NEW.value -> 'totalEarned' IS DISTINCT FROM OLD.value -> 'totalEarned' OR
    NEW.value -> 'productsSubmitted' IS DISTINCT FROM OLD.value -> 'productsSubmitted'))
  EXECUTE FUNCTION kv_guard_user();

CREATE OR REPLACE FUNCTION kv_guard_user_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF coalesce(NEW.value -> 'balance', '0') <> '0' OR coalesce(NEW.value -> 'heldBalance', '0') <> '0'
     OR coalesce(NEW.value -> 'totalEarned', '0') <> '0' THEN
    RAISE EXCEPTION 'a member starts with a balance of zero. Use POST /signup, then POST /admin/adjust-balance'
      USING ERRCODE = 'LG020';
  END IF;
  RETURN NEW;
END $$;

-- A pending withdrawal stands under its own key and has its hold, which has not ended. A closed one comes from an import,
-- with the id it had there, or was pending here.
CREATE OR REPLACE FUNCTION kv_guard_withdrawal_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.value ->> 'status' IS DISTINCT FROM 'pending' THEN
    RAISE EXCEPTION 'a withdrawal begins as pending, with its hold in the ledger. Use POST /withdrawals' USING ERRCODE = 'LG021';
  END IF;
  IF NEW.key IS DISTINCT FROM 'withdrawal:' || (NEW.value ->> 'userId') || ':' || (NEW.value ->> 'id')
     OR NEW.key !~ '^withdrawal:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
     OR NOT EXISTS (
       SELECT FROM ledger_transfer t JOIN ledger_entry e ON e.transfer_id = t.id
       WHERE t.id = (NEW.value ->> 'id')::uuid AND t.phase = 'pending' AND e.account_id = (NEW.value ->> 'userId')::uuid
         AND to_jsonb(to_major(e.held)) = NEW.value -> 'amount'
         AND NOT EXISTS (SELECT FROM ledger_transfer o WHERE o.hold_id = t.id)) THEN
    RAISE EXCEPTION 'a pending withdrawal needs its hold in the ledger. Use POST /withdrawals' USING ERRCODE = 'LG021';
  END IF;
  RETURN NEW;
END $$;
DROP TRIGGER kv_guard_withdrawal_insert ON kv_store_44a642d3;
CREATE TRIGGER kv_guard_withdrawal_insert BEFORE INSERT ON kv_store_44a642d3 FOR EACH ROW
  WHEN (NEW.key LIKE 'withdrawal:%'
        AND (NEW.value ? 'legacyId' AND NEW.value ->> 'status' IN ('approved', 'denied', 'cancelled')) IS NOT TRUE)
  EXECUTE FUNCTION kv_guard_withdrawal_insert();

-- As before, and where payouts need recorded funds (platform_setting payouts.require-funding), an approval is refused
-- without them, whoever types it.
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
    IF ending = 'post' AND EXISTS (SELECT FROM platform_setting WHERE name = 'payouts.require-funding' AND value = 'true') THEN
      -- In the order in which the payout locks them.
      PERFORM FROM ledger_account a
      WHERE a.id = ANY ((OLD.value ->> 'userId')::uuid || ARRAY(SELECT id FROM ledger_account WHERE kind = 'system' AND name = 'external'))
      ORDER BY a.id FOR NO KEY UPDATE;
      IF platform_funds() < to_minor(OLD.amount) THEN
        RAISE EXCEPTION 'the recorded funds do not cover %. Record money that came in with POST /admin/funding', OLD.key
          USING ERRCODE = 'LG021';
      END IF;
    END IF;
    PERFORM ledger_settle(hold, ending);
  END IF;
  NEW.updated_at := clock_timestamp();
  NEW.value := NEW.value || CASE outcome
    WHEN 'approved' THEN jsonb_build_object('approvedAt', coalesce(nullif(NEW.value ->> 'approvedAt', ''), iso_instant(clock_timestamp())))
    WHEN 'denied' THEN jsonb_build_object('deniedAt', coalesce(nullif(NEW.value ->> 'deniedAt', ''), iso_instant(clock_timestamp())))
    ELSE '{}' END;
  RETURN NEW;
END $$;

-- The life of a submission: pending_review -> credited | rejected. Crediting posts; rejecting moves nothing.
CREATE FUNCTION kv_guard_product() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.value ->> 'status' = 'pending_review' OR NEW.value ? 'legacyKey' THEN
      RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a submission is credited by the ledger. Use POST /submit-product' USING ERRCODE = 'LG023';
  END IF;
  IF NEW.value -> 'status' IS DISTINCT FROM OLD.value -> 'status' THEN
    IF NEW.value ->> 'status' = 'rejected' AND OLD.value ->> 'status' = 'pending_review'
       AND (NEW.value - 'status' - 'reviewedAt' - 'rejectionReason') = (OLD.value - 'status' - 'reviewedAt' - 'rejectionReason') THEN
      RETURN NEW;
    END IF;
    RAISE EXCEPTION '% is %: it cannot become % here. Use POST /admin/submissions/{id}/approve or reject', OLD.key,
      coalesce(OLD.value ->> 'status', 'nothing'), coalesce(NEW.value ->> 'status', 'nothing') USING ERRCODE = 'LG023';
  END IF;
  RAISE EXCEPTION 'id, member, value and shares of % cannot be changed. Use POST /admin/adjust-balance to correct what it paid', OLD.key
    USING ERRCODE = 'LG023';
END $$;
CREATE TRIGGER kv_guard_product_insert BEFORE INSERT ON kv_store_44a642d3 FOR EACH ROW
  WHEN (NEW.key LIKE 'product:%' AND coalesce(current_setting('ledger.posting', true), '') = '')
  EXECUTE FUNCTION kv_guard_product();
CREATE TRIGGER kv_guard_product BEFORE UPDATE ON kv_store_44a642d3 FOR EACH ROW
  WHEN (OLD.key LIKE 'product:%' AND coalesce(current_setting('ledger.posting', true), '') = '' AND (
    NEW.value -> 'status' IS DISTINCT FROM OLD.value -> 'status' OR
    NEW.value -> 'id' IS DISTINCT FROM OLD.value -> 'id' OR
    NEW.value -> 'userId' IS DISTINCT FROM OLD.value -> 'userId' OR
    NEW.value -> 'value' IS DISTINCT FROM OLD.value -> 'value' OR
    NEW.value -> 'amount' IS DISTINCT FROM OLD.value -> 'amount' OR
    NEW.value -> 'userEarned' IS DISTINCT FROM OLD.value -> 'userEarned' OR
    NEW.value -> 'commissions' IS DISTINCT FROM OLD.value -> 'commissions' OR
    NEW.value -> 'boostedCommission' IS DISTINCT FROM OLD.value -> 'boostedCommission' OR
    NEW.value -> 'legacyKey' IS DISTINCT FROM OLD.value -> 'legacyKey'))
  EXECUTE FUNCTION kv_guard_product();

-- A link says what is in the member's row, and the sum of what was posted.
CREATE FUNCTION kv_guard_referral() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    RAISE EXCEPTION 'parent, child and totals of % follow from the referral line and the ledger and cannot be changed', OLD.key
      USING ERRCODE = 'LG024';
  END IF;
  IF coalesce(NEW.value -> 'totalSharedProfit', '0') <> coalesce(NEW.value -> 'openingSharedProfit', '0')
     OR NOT EXISTS (
       SELECT FROM member m
       WHERE m.id = CASE WHEN NEW.key ~ ':[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN right(NEW.key, 36)::uuid END
         AND NEW.key = 'referral:' || m.parent_id || ':' || m.id) THEN
    RAISE EXCEPTION '% is not how the member was invited. Use POST /signup with an invitation code', NEW.key USING ERRCODE = 'LG024';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER kv_guard_referral_insert BEFORE INSERT ON kv_store_44a642d3 FOR EACH ROW
  WHEN (NEW.key LIKE 'referral:%') EXECUTE FUNCTION kv_guard_referral();
CREATE TRIGGER kv_guard_referral BEFORE UPDATE ON kv_store_44a642d3 FOR EACH ROW
  WHEN (OLD.key LIKE 'referral:%' AND coalesce(current_setting('ledger.posting', true), '') = '' AND (
    NEW.value -> 'parentId' IS DISTINCT FROM OLD.value -> 'parentId' OR
    NEW.value -> 'childId' IS DISTINCT FROM OLD.value -> 'childId' OR
    NEW.value -> 'totalSharedProfit' IS DISTINCT FROM OLD.value -> 'totalSharedProfit' OR
    NEW.value -> 'openingSharedProfit' IS DISTINCT FROM OLD.value -> 'openingSharedProfit'))
  EXECUTE FUNCTION kv_guard_referral();

-- A claim is written before it is paid: it is looked at when the transaction ends. Claims from before an import were paid
-- by the predecessor; their members' documents tell what was brought over.
CREATE FUNCTION kv_guard_bonus_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
       SELECT FROM ledger_transfer t JOIN ledger_entry e ON e.transfer_id = t.id AND e.role = 'bonus'
       WHERE t.kind = 'bonus' AND t.reference = substr(NEW.key, length('bonus:') + 1) AND t.phase = 'posted'
         AND to_jsonb(to_major(e.amount)) = NEW.value -> 'amount')
     AND NOT EXISTS (
       SELECT FROM kv_store_44a642d3 u
       WHERE u.key = 'user:' || split_part(NEW.key, ':', 2) AND u.value ? 'openingProducts') THEN
    RAISE EXCEPTION '% was not paid. Use POST /bonus-payouts/claim', NEW.key USING ERRCODE = 'LG025';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER kv_guard_bonus_insert AFTER INSERT ON kv_store_44a642d3 DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.key LIKE 'bonus:%') EXECUTE FUNCTION kv_guard_bonus_insert();

CREATE FUNCTION kv_guard_bonus() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'id, member, amount and state of % cannot be changed: the ledger paid it', OLD.key USING ERRCODE = 'LG025';
END $$;
CREATE TRIGGER kv_guard_bonus BEFORE UPDATE ON kv_store_44a642d3 FOR EACH ROW
  WHEN (OLD.key LIKE 'bonus:%' AND coalesce(current_setting('ledger.posting', true), '') = '' AND (
    NEW.value -> 'bonusId' IS DISTINCT FROM OLD.value -> 'bonusId' OR
    NEW.value -> 'userId' IS DISTINCT FROM OLD.value -> 'userId' OR
    NEW.value -> 'amount' IS DISTINCT FROM OLD.value -> 'amount' OR
    NEW.value -> 'status' IS DISTINCT FROM OLD.value -> 'status'))
  EXECUTE FUNCTION kv_guard_bonus();

-- A member's parent is there before the member, also in one statement that writes both: no line leads back to itself.
-- A member is never deleted, which would let the same one begin again elsewhere, and never comes back.
CREATE OR REPLACE FUNCTION member_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    SELECT p.parent_id, p.grandparent_id INTO NEW.grandparent_id, NEW.great_grandparent_id
    FROM member p WHERE p.id = NEW.parent_id;
    IF NOT FOUND AND NEW.parent_id IS NOT NULL AND NEW.parent_id <> NEW.id THEN
      RAISE EXCEPTION 'the parent of a member is a member who was there before' USING ERRCODE = 'LG012';
    END IF;
  ELSIF (NEW.id, NEW.parent_id, NEW.grandparent_id, NEW.great_grandparent_id)
        IS DISTINCT FROM (OLD.id, OLD.parent_id, OLD.grandparent_id, OLD.great_grandparent_id) THEN
    RAISE EXCEPTION 'a referral line never changes' USING ERRCODE = 'LG012';
  ELSIF OLD.deleted_at IS NOT NULL AND NEW.deleted_at IS DISTINCT FROM OLD.deleted_at THEN
    RAISE EXCEPTION 'member % has left and does not come back', OLD.id USING ERRCODE = 'LG012';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION member_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'members belong to the books: % is refused. Use DELETE /admin/users/{id}, which anonymises a member whose balance is zero', TG_OP
    USING ERRCODE = 'LG022';
END $$;
CREATE TRIGGER member_stays BEFORE DELETE OR TRUNCATE ON member FOR EACH STATEMENT EXECUTE FUNCTION member_stays();

-- Nothing enters the journal but through ledger_post.
CREATE TRIGGER ledger_transfer_by_posting BEFORE INSERT ON ledger_transfer
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_outside_posting();
CREATE TRIGGER ledger_entry_by_posting BEFORE INSERT ON ledger_entry
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_outside_posting();

-- The end of the chain is remembered beside it: a chain that lost its last links is shorter than that.
ALTER TABLE ledger_seal_progress ADD COLUMN position bigint NOT NULL DEFAULT 0, ADD COLUMN hash bytea NOT NULL DEFAULT sha256('');
UPDATE ledger_seal_progress p SET position = s.position, hash = s.hash
FROM (SELECT position, hash FROM ledger_seal ORDER BY position DESC LIMIT 1) s;

CREATE FUNCTION ledger_refuse_outside_sealing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('ledger.sealing', true) IS DISTINCT FROM 'on' THEN
    RAISE EXCEPTION 'the chain of hashes is made by ledger_seal_next alone: % on % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'LG011';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER ledger_seal_by_sealing BEFORE INSERT ON ledger_seal
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_outside_sealing();
CREATE TRIGGER ledger_seal_progress_by_sealing BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON ledger_seal_progress
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_outside_sealing();

-- As before, but the chain goes on from the end that is remembered.
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
              FROM ledger_transfer t LEFT JOIN ledger_seal s ON s.transfer_id = t.id
              WHERE t.seq > progress WINDOW w AS (ORDER BY t.seq)) t) n
  WHERE p.seq < n.seq OR p.position < head;
  PERFORM set_config('ledger.sealing', 'off', true);
  RETURN count;
END $$;

-- Eight bytes of each digest.
CREATE FUNCTION ledger_seal_parts(digests bytea) RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN (SELECT string_agg(substr(digests, 32 * i + 1, 8), ''::bytea ORDER BY i) FROM generate_series(0, length(digests) / 32 - 1) AS i);

-- As before, and seals that were changed themselves, and an end of the chain that is missing.
CREATE OR REPLACE FUNCTION ledger_seal_findings() RETURNS TABLE (subject text, expected text, actual text) LANGUAGE sql STABLE AS $$
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
  SELECT 'position ' || coalesce(s.position, 0) + 1 || ' of the chain', 'sealed up to position ' || p.position, 'missing'
  FROM ledger_seal_progress p LEFT JOIN (SELECT max(position) AS position FROM ledger_seal) s ON true
  WHERE p.position > coalesce(s.position, 0)
  UNION ALL
  SELECT 'position ' || s.position || ' of the chain', 'the end that is remembered', 'another one'
  FROM ledger_seal_progress p JOIN ledger_seal s ON s.position = p.position AND s.hash <> p.hash
  UNION ALL
  SELECT 'the end of the chain', 'remembered', 'missing' WHERE NOT EXISTS (SELECT FROM ledger_seal_progress)
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
  SELECT 'position ' || c.position || ' of the chain, transfer ' || c.transfer_id, 'as sealed', 'its seal is changed'
  FROM chain c WHERE c.digests IS NOT NULL AND sha256(c.before || c.digests) = c.hash AND ledger_seal_parts(c.digests) <> c.parts
  UNION ALL
  SELECT 'transfer ' || t.id, 'sealed', 'not sealed' FROM ledger_transfer t
  WHERE t.created_at < clock_timestamp() - interval '1 day' AND NOT EXISTS (SELECT FROM ledger_seal s WHERE s.transfer_id = t.id)
    AND t.seq <= (SELECT p.seq FROM ledger_seal_progress p)
$$;
