-- Who did what to whom: found by every question that is asked of it, with what it changed.

-- One row for each audit record, under the record's key, which is ordered by time.
CREATE TABLE audit_trail (
  key        text COLLATE "C" PRIMARY KEY,
  actor_id   text,
  subject_id text,
  action     text NOT NULL,
  ip         text,
  request_id text
);
CREATE INDEX audit_trail_by_actor ON audit_trail (actor_id, key);
CREATE INDEX audit_trail_by_subject ON audit_trail (subject_id, key);
CREATE INDEX audit_trail_by_action ON audit_trail (action, key);
CREATE INDEX audit_trail_by_ip ON audit_trail (ip, key);
CREATE INDEX audit_trail_by_request ON audit_trail (request_id, key);
GRANT SELECT, INSERT ON audit_trail TO clone_service;

CREATE FUNCTION audit_trail_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_LEVEL = 'ROW' AND NEW.ip = '***'
     AND (NEW.key, NEW.actor_id, NEW.subject_id, NEW.action, NEW.request_id)
         IS NOT DISTINCT FROM (OLD.key, OLD.actor_id, OLD.subject_id, OLD.action, OLD.request_id)
     AND EXISTS (SELECT FROM kv_store_44a642d3 WHERE key = OLD.key AND value ->> 'ip' = '***') THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'the trail of audit records is only added to: % is refused', TG_OP USING ERRCODE = 'LG022';
END $$;
CREATE TRIGGER audit_trail_stays BEFORE DELETE OR TRUNCATE ON audit_trail
  FOR EACH STATEMENT EXECUTE FUNCTION audit_trail_stays();
CREATE TRIGGER audit_trail_keeps BEFORE UPDATE ON audit_trail FOR EACH ROW EXECUTE FUNCTION audit_trail_stays();

-- Where a record forgets the address of a member who left, so does its row.
CREATE FUNCTION audit_trail_forgets() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE audit_trail SET ip = NEW.value ->> 'ip' WHERE key = NEW.key;
  RETURN NULL;
END $$;
CREATE TRIGGER audit_trail_forgets AFTER UPDATE ON kv_store_44a642d3 FOR EACH ROW
  WHEN (NEW.key LIKE 'audit:%' AND OLD.value ->> 'ip' IS DISTINCT FROM NEW.value ->> 'ip')
  EXECUTE FUNCTION audit_trail_forgets();

-- What changes is collected in the setting audit.changes of a transaction that began it as '[]'. It stays within bounds:
-- 20 documents, 300 characters of a value, and nothing that tells who a member is or what was written to support.
CREATE FUNCTION audit_shown(p_document jsonb, p_other jsonb, p_instead text) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(jsonb_object_agg(f.name, CASE
           WHEN f.name IN ('email', 'name', 'username', 'gender', 'userEmail', 'userName', 'childName', 'childEmail', 'description',
                           'subject', 'message', 'replies', 'lastMessage', 'title', 'supportName', 'invitationCode') THEN to_jsonb(p_instead)
           WHEN length(f.value::text) > 300 THEN to_jsonb(left(coalesce(p_document ->> f.name, ''), 300) || '…')
           ELSE f.value END), '{}')
  FROM jsonb_each(p_document) f (name, value)
  WHERE p_document -> f.name IS DISTINCT FROM p_other -> f.name
$$;

-- Which secrets changed, and none of them.
CREATE FUNCTION audit_secrets(p_row jsonb, p_other jsonb, p_instead text) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT jsonb_object_agg(f.name, CASE WHEN f.value <> 'null' THEN to_jsonb(p_instead) END)
  FROM jsonb_each(p_row) f (name, value) WHERE p_other -> f.name IS DISTINCT FROM f.value
$$;

CREATE FUNCTION audit_add(p_document text, p_subject text, p_before jsonb, p_after jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  changes jsonb := current_setting('audit.changes')::jsonb;
BEGIN
  IF jsonb_array_length(changes) < 20 THEN
    PERFORM set_config('audit.changes', (changes || jsonb_build_array(jsonb_strip_nulls(jsonb_build_object(
      'document', p_document, 'subject', p_subject)) || jsonb_build_object('before', p_before, 'after', p_after)))::text, true);
  END IF;
END $$;

CREATE FUNCTION audit_document() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  document text := coalesce(NEW.key, OLD.key);
BEGIN
  IF document ~ '^(session|audit|invitecode|referral):' THEN
    RETURN NULL;
  END IF;
  PERFORM audit_add(document,
    CASE WHEN starts_with(document, 'admin:') THEN substr(document, 7) ELSE coalesce(NEW.user_id, OLD.user_id) END,
    audit_shown(OLD.value, NEW.value, '*** (old)'), audit_shown(NEW.value, OLD.value, '*** (new)'));
  RETURN NULL;
END $$;
CREATE TRIGGER audit_document AFTER INSERT OR UPDATE OR DELETE ON kv_store_44a642d3 FOR EACH ROW
  WHEN (current_setting('audit.changes', true) <> '') EXECUTE FUNCTION audit_document();

CREATE FUNCTION audit_credential() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  id text := coalesce(NEW.subject_id, OLD.subject_id)::text;
  old_row jsonb := jsonb_build_object('password', OLD.password_hash, 'withdrawalPassword', OLD.withdrawal_password_hash);
  new_row jsonb := jsonb_build_object('password', NEW.password_hash, 'withdrawalPassword', NEW.withdrawal_password_hash);
BEGIN
  PERFORM audit_add('credential:' || id, id, audit_secrets(old_row, new_row, '*** (old)'), audit_secrets(new_row, old_row, '*** (new)'));
  RETURN NULL;
END $$;
CREATE TRIGGER audit_credential AFTER INSERT OR UPDATE OR DELETE ON credential FOR EACH ROW
  WHEN (current_setting('audit.changes', true) <> '') EXECUTE FUNCTION audit_credential();

CREATE FUNCTION audit_transfer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM audit_add('transfer:' || NEW.id, NULL, NULL,
    jsonb_build_object('kind', NEW.kind, 'phase', NEW.phase, 'reference', left(NEW.reference, 300)));
  RETURN NULL;
END $$;
CREATE TRIGGER audit_transfer AFTER INSERT ON ledger_transfer FOR EACH ROW
  WHEN (current_setting('audit.changes', true) <> '') EXECUTE FUNCTION audit_transfer();

-- Completes a record with what its transaction changed and whom that concerns, and lists it. A decision about a withdrawal,
-- which is written in batches with others, is completed from the withdrawal.
CREATE FUNCTION audit_complete() RETURNS trigger LANGUAGE plpgsql
  SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
  changes jsonb := nullif(current_setting('audit.changes', true), '')::jsonb;
  subject text := coalesce(NEW.value ->> 'userId', NEW.value -> 'details' ->> 'userId');
BEGIN
  IF NOT NEW.value ? 'event' AND NOT NEW.value ? 'changes' THEN
    IF changes IS NULL AND NEW.value ->> 'operation' IN ('withdrawal.approve', 'withdrawal.deny')
       AND NEW.value -> 'details' ->> 'withdrawalId' ~ '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$' THEN
      SELECT jsonb_build_array(jsonb_build_object('document', w.key, 'subject', w.user_id, 'before', '{"status": "pending"}'::jsonb,
               'after', jsonb_build_object('status', w.status, 'amount', w.amount)))
      INTO changes
      FROM ledger_entry e JOIN kv_store_44a642d3 w ON w.key = 'withdrawal:' || e.account_id || ':' || e.transfer_id
      WHERE e.transfer_id = (NEW.value -> 'details' ->> 'withdrawalId')::uuid AND e.role = 'hold';
    END IF;
    IF changes IS NOT NULL THEN
      subject := coalesce(subject,
        (SELECT c ->> 'subject' FROM jsonb_array_elements(changes) WITH ORDINALITY c (c, n)
         WHERE c ? 'subject' ORDER BY starts_with(c ->> 'document', 'user:'), n LIMIT 1));
      NEW.value := NEW.value || jsonb_build_object('changes', changes);
      PERFORM set_config('audit.changes', '', true);
    END IF;
  END IF;
  IF subject IS NOT NULL THEN
    NEW.value := NEW.value || jsonb_build_object('userId', subject);
  END IF;
  INSERT INTO audit_trail (key, actor_id, subject_id, action, ip, request_id)
  VALUES (NEW.key, NEW.value ->> 'actorId', subject, coalesce(NEW.value ->> 'event', NEW.value ->> 'operation', 'unknown'),
          NEW.value ->> 'ip', NEW.value ->> 'requestId');
  RETURN NEW;
END $$;
CREATE TRIGGER audit_complete BEFORE INSERT ON kv_store_44a642d3 FOR EACH ROW
  WHEN (NEW.key LIKE 'audit:%') EXECUTE FUNCTION audit_complete();

-- A freeze that begins or ends by itself, as one of a premium assignment does with the balance, is an event about the member.
-- Ids are ordered by time (RFC 9562, version 7), as those of other records are.
CREATE FUNCTION audit_freeze() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  at timestamptz := clock_timestamp();
  hex text := lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0');
  random text := gen_random_uuid();
  id text := substr(hex, 1, 8) || '-' || substr(hex, 9, 4) || '-7' || substr(random, 16, 3) || '-' || substr(random, 20);
  began boolean := coalesce(NEW.value -> 'accountFrozen' = 'true', false);
BEGIN
  INSERT INTO kv_store_44a642d3 (key, value) VALUES ('audit:' || id, jsonb_build_object(
    'id', id, 'actorId', 'platform', 'actorName', 'platform', 'at', iso_instant(at), 'userId', NEW.value ->> 'id',
    'event', CASE WHEN began THEN 'freeze-began' ELSE 'freeze-ended' END,
    'details', jsonb_build_object('reason', CASE WHEN began THEN NEW.value -> 'freezeReason' ELSE OLD.value -> 'freezeReason' END),
    'changes', jsonb_build_array(jsonb_build_object('document', NEW.key,
      'before', jsonb_build_object('accountFrozen', OLD.value -> 'accountFrozen', 'freezeAmount', OLD.value -> 'freezeAmount'),
      'after', jsonb_build_object('accountFrozen', NEW.value -> 'accountFrozen', 'freezeAmount', NEW.value -> 'freezeAmount')))));
  RETURN NULL;
END $$;
CREATE TRIGGER audit_freeze AFTER UPDATE ON kv_store_44a642d3 FOR EACH ROW
  WHEN (NEW.key LIKE 'user:%' AND NEW.value -> 'accountFrozen' IS DISTINCT FROM OLD.value -> 'accountFrozen'
        AND coalesce(current_setting('audit.changes', true), '') = '')
  EXECUTE FUNCTION audit_freeze();

INSERT INTO audit_trail (key, actor_id, subject_id, action, ip, request_id)
SELECT key, value ->> 'actorId', coalesce(user_id, value -> 'details' ->> 'userId'),
       coalesce(value ->> 'event', value ->> 'operation', 'unknown'), value ->> 'ip', value ->> 'requestId'
FROM kv_store_44a642d3 WHERE key >= 'audit:' AND key < 'audit;';

-- The second factor of admins: a secret that their device shares, the last step of which a code was taken, and codes for
-- the day on which the device is lost. Whoever reads these tables reads signing_key too.
CREATE TABLE second_factor (
  admin_id     uuid PRIMARY KEY,
  secret       text NOT NULL,
  confirmed_at timestamptz,
  last_step    bigint NOT NULL DEFAULT 0,
  failures     integer NOT NULL DEFAULT 0 CHECK (failures >= 0),
  locked_until timestamptz,
  created_at   timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE recovery_code (
  admin_id  uuid NOT NULL,
  code_hash text NOT NULL,
  used_at   timestamptz,
  PRIMARY KEY (admin_id, code_hash)
);
GRANT SELECT, INSERT, UPDATE, DELETE ON second_factor, recovery_code TO clone_service;

CREATE FUNCTION audit_second_factor() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  id text := coalesce(NEW.admin_id, OLD.admin_id)::text;
  old_row jsonb := jsonb_build_object('secret', OLD.secret, 'confirmedAt', iso_instant(OLD.confirmed_at));
  new_row jsonb := jsonb_build_object('secret', NEW.secret, 'confirmedAt', iso_instant(NEW.confirmed_at));
BEGIN
  PERFORM audit_add('second-factor:' || id, id, audit_secrets(old_row, new_row, '*** (old)'), audit_secrets(new_row, old_row, '*** (new)'));
  RETURN NULL;
END $$;
CREATE TRIGGER audit_second_factor AFTER INSERT OR UPDATE OF secret, confirmed_at OR DELETE ON second_factor FOR EACH ROW
  WHEN (current_setting('audit.changes', true) <> '') EXECUTE FUNCTION audit_second_factor();

-- Replaces the admin key, of which the hash alone is known here. Without an overlap all keys before it end; with one they are
-- taken as long as the overlap says. Answers until when, or NULL.
CREATE FUNCTION admin_key_rotate(p_sha256 text, p_overlap integer, p_audit_id uuid, p_reason text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  until text := CASE WHEN p_overlap > 0 THEN iso_instant(now() + make_interval(secs => p_overlap)) END;
BEGIN
  INSERT INTO platform_setting AS s (name, value) VALUES ('admin-key', jsonb_build_object('sha256', p_sha256))
  ON CONFLICT (name) DO UPDATE SET updated_at = now(), value = jsonb_build_object(
    'sha256', p_sha256,
    'configuredSha256', coalesce(s.value ->> 'configuredSha256', s.value ->> 'sha256'),
    'previous', CASE WHEN until IS NULL THEN '[]' ELSE (
      SELECT jsonb_agg(p.k ORDER BY p.k ->> 'until' DESC) FROM (
        SELECT jsonb_build_object('sha256', s.value -> 'sha256', 'until', until) AS k
        UNION ALL
        SELECT k FROM jsonb_array_elements(coalesce(s.value -> 'previous', '[]')) k WHERE k ->> 'until' > iso_instant(now())
        LIMIT 10) p) END);
  INSERT INTO kv_store_44a642d3 (key, value) VALUES ('audit:' || p_audit_id, jsonb_build_object(
    'id', p_audit_id, 'actorId', 'clonectl', 'actorName', 'clonectl', 'event', 'admin-key-rotated', 'at', iso_instant(clock_timestamp()),
    'details', jsonb_build_object('overlapSeconds', p_overlap, 'reason', p_reason)));
  RETURN until;
END $$;
