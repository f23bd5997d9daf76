-- A member who leaves is forgotten: what they wrote goes, and what the books need stays without a name. Who they were is gone
-- in the transaction in which they leave. Documents that name them follow a bounded number at a time, and once more
-- after a minute, because a request of theirs may have been under way.

CREATE TABLE member_leaving (
  member_id uuid PRIMARY KEY,
  document  text COLLATE "C" NOT NULL DEFAULT '',                   -- own documents up to this key are done
  entry     bigint NOT NULL DEFAULT 0,                              -- commissions up to this entry are done
  due_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
  last_at   timestamptz NOT NULL DEFAULT clock_timestamp() + interval '1 minute'
);
CREATE INDEX member_leaving_due ON member_leaving (due_at);
GRANT SELECT, INSERT, UPDATE, DELETE ON member_leaving TO clone_service;

-- What is kept between reads is held against this: whether somebody has left since.
CREATE INDEX member_left ON member (deleted_at) WHERE deleted_at IS NOT NULL;

-- Whoever deletes a member, the last release too, has the rest forgotten by this one.
CREATE OR REPLACE FUNCTION member_leaves() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM set_config('ledger.posting', 'on', true);
  UPDATE ledger_account SET closed = true, name = NEW.id::text WHERE id = NEW.id AND balance = 0 AND held = 0;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'member % still has money: nobody who is owed something can be deleted', NEW.id USING ERRCODE = 'LG022';
  END IF;
  PERFORM set_config('ledger.posting', 'off', true);
  INSERT INTO member_leaving (member_id) VALUES (NEW.id) ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

INSERT INTO member_leaving (member_id) SELECT id FROM member WHERE deleted_at IS NOT NULL;

-- A document without who it is about: names and addresses become p_name, free text and where the member sat go. Shares of
-- commissions name others and are left alone. p_own says whether the member is who acted in an audit record.
CREATE FUNCTION member_forgotten(p_value jsonb, p_name text, p_own boolean) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN CASE jsonb_typeof(p_value)
    WHEN 'object' THEN (
      SELECT coalesce(jsonb_object_agg(f.name, CASE
               WHEN f.name = 'commissions' THEN f.value
               WHEN jsonb_typeof(f.value) IN ('object', 'array') THEN member_forgotten(f.value, p_name, p_own)
               WHEN jsonb_typeof(f.value) <> 'string' THEN f.value
               WHEN f.name IN ('userName', 'userEmail', 'childName', 'childEmail', 'email', 'username', 'login') THEN to_jsonb(p_name)
               WHEN f.name = 'actorName' AND p_own THEN to_jsonb(p_name)
               WHEN f.name IN ('reason', 'denialReason', 'rejectionReason', 'freezeReason', 'memo', 'note', 'subject', 'title',
                               'message', 'description', 'lastMessage', 'userAgent') THEN '"***"'
               WHEN f.name = 'ip' AND p_own THEN '"***"'
               ELSE f.value END), '{}')
      FROM jsonb_each(p_value) AS f (name, value))
    WHEN 'array' THEN (
      SELECT coalesce(jsonb_agg(member_forgotten(i.value, p_name, p_own) ORDER BY i.place), '[]')
      FROM jsonb_array_elements(p_value) WITH ORDINALITY AS i (value, place))
    ELSE p_value END;
END $$;

-- What was done is never rewritten, but for who the person was to whom it was done, once they have left.
CREATE OR REPLACE FUNCTION kv_guard_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.key = OLD.key
     AND NEW.value = member_forgotten(OLD.value, 'deleted-' || OLD.user_id, coalesce(OLD.value ->> 'actorId' = OLD.user_id, false))
     AND EXISTS (SELECT FROM member m WHERE m.deleted_at IS NOT NULL AND m.id =
           CASE WHEN OLD.user_id ~ '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$' THEN OLD.user_id::uuid END) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION '% is an audit record and cannot be changed', OLD.key USING ERRCODE = 'LG022';
END $$;

-- Forgets the next documents of a member who left, messages of both sides counted; whether this was the end of a round.
CREATE FUNCTION member_forget_documents(p_member text, INOUT p_after text, p_limit integer, OUT done boolean) LANGUAGE plpgsql AS $$
DECLARE
  doc record;
  gone integer;
  seen integer := 0;
BEGIN
  FOR doc IN
    SELECT key, value FROM kv_store_44a642d3
    WHERE user_id = p_member AND (user_id, key) > (p_member, p_after) ORDER BY user_id, key LIMIT p_limit
  LOOP
    IF starts_with(doc.key, 'conversation:') THEN
      DELETE FROM kv_store_44a642d3 WHERE key IN (
        SELECT key FROM kv_store_44a642d3
        WHERE key >= 'message:' || substr(doc.key, 14) || ':' AND key < 'message:' || substr(doc.key, 14) || ';' LIMIT p_limit);
      GET DIAGNOSTICS gone = ROW_COUNT;
      IF gone = p_limit THEN
        done := false;
        RETURN;
      END IF;
      seen := seen + gone;
    END IF;
    IF doc.key ~ '^(conversation|message|ticket):' THEN
      DELETE FROM kv_store_44a642d3 WHERE key = doc.key;
    ELSE
      UPDATE kv_store_44a642d3 d
      SET updated_at = now(),
          value = member_forgotten(d.value, 'deleted-' || p_member, coalesce(d.value ->> 'actorId' = p_member, false))
            || CASE WHEN starts_with(d.key, 'product:') THEN '{"name": "***"}'::jsonb ELSE '{}' END
      WHERE d.key = doc.key;
    END IF;
    p_after := doc.key;
    seen := seen + 1;
    EXIT WHEN seen >= p_limit;
  END LOOP;
  done := seen < p_limit;
END $$;

-- Takes the name of a member who left out of the shares that submissions of their line paid them; whether that was all.
CREATE FUNCTION member_forget_shares(p_member uuid, INOUT p_after bigint, p_limit integer, OUT done boolean) LANGUAGE plpgsql AS $$
DECLARE
  paid record;
  seen integer := 0;
BEGIN
  FOR paid IN
    SELECT e.seq, 'product:' || own.account_id || ':' || t.reference AS key
    FROM (SELECT seq, transfer_id FROM ledger_entry
          WHERE (account_id, seq) > (p_member, p_after) AND (account_id, seq) < (p_member, 9223372036854775807)
          ORDER BY account_id, seq LIMIT p_limit) e
    LEFT JOIN LATERAL (SELECT * FROM ledger_transfer WHERE id = e.transfer_id AND kind = 'submission' LIMIT 1) t ON true
    LEFT JOIN LATERAL (SELECT * FROM ledger_entry WHERE transfer_id = t.id AND role = 'own' LIMIT 1) own ON true
    ORDER BY e.seq
  LOOP
    UPDATE kv_store_44a642d3 d
    SET value = jsonb_set(d.value, '{commissions}', (
          SELECT coalesce(jsonb_agg(CASE WHEN c.value ->> 'userId' = p_member::text
                   THEN c.value || jsonb_build_object('userName', 'deleted-' || p_member) ELSE c.value END ORDER BY c.place), '[]')
          FROM jsonb_array_elements(d.value -> 'commissions') WITH ORDINALITY AS c (value, place)))
    WHERE d.key = paid.key AND jsonb_typeof(d.value -> 'commissions') = 'array';
    p_after := paid.seq;
    seen := seen + 1;
  END LOOP;
  done := seen < p_limit;
END $$;

-- Forgets more of a member who left; true when nothing is left to do now. Not a change that an admin makes: it is not
-- collected for an audit record. The members' shares belong to the books: they are written as a posting's are.
CREATE FUNCTION member_forget(p_member uuid, p_limit integer) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  at member_leaving;
  collected text := current_setting('audit.changes', true);
  posting text := current_setting('ledger.posting', true);
  finished boolean;
BEGIN
  SELECT * INTO at FROM member_leaving WHERE member_id = p_member FOR UPDATE;
  IF NOT FOUND THEN
    RETURN true;
  END IF;
  PERFORM set_config('audit.changes', '', true), set_config('ledger.posting', 'off', true);
  SELECT f.p_after, f.done INTO at.document, finished FROM member_forget_documents(p_member::text, at.document, p_limit) f;
  IF finished THEN
    SELECT f.p_after, f.done INTO at.entry, finished FROM member_forget_shares(p_member, at.entry, p_limit) f;
  END IF;
  IF finished AND clock_timestamp() >= at.last_at THEN
    DELETE FROM member_leaving WHERE member_id = p_member;
  ELSE
    UPDATE member_leaving
    SET document = CASE WHEN finished THEN '' ELSE at.document END, entry = at.entry,
        due_at = CASE WHEN finished THEN at.last_at ELSE due_at END
    WHERE member_id = p_member;
  END IF;
  PERFORM set_config('audit.changes', coalesce(collected, ''), true), set_config('ledger.posting', coalesce(posting, ''), true);
  RETURN finished;
END $$;
