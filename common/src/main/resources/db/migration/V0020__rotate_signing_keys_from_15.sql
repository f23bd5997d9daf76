-- Makes a new key, which signs as soon as every gateway knows it. Those before are trusted for as long as their tokens live, or end
-- at once. Only one is made at a time: with p_older_than, none when the newest is younger. Whether one was made.
CREATE FUNCTION signing_key_rotate(p_kid text, p_private text, p_public text, p_older_than interval, p_drop boolean,
  p_audit_id uuid, p_actor text, p_reason text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('signing-key', 0));
  IF p_older_than IS NOT NULL AND EXISTS (SELECT FROM signing_key WHERE created_at > clock_timestamp() - p_older_than) THEN
    RETURN false;
  END IF;
  DELETE FROM signing_key WHERE retired_at < now() - interval '1 day';
  UPDATE signing_key SET retired_at = CASE WHEN p_drop THEN '-infinity' ELSE now() END WHERE retired_at IS NULL OR p_drop;
  INSERT INTO signing_key (kid, private_key, public_key, created_at) VALUES (p_kid, p_private, p_public, clock_timestamp());
  INSERT INTO kv_store_44a642d3 (key, value) VALUES ('audit:' || p_audit_id, jsonb_strip_nulls(jsonb_build_object(
    'id', p_audit_id, 'actorId', p_actor, 'actorName', p_actor, 'operation', 'signing-key.rotate', 'event', 'signing-key-rotated',
    'at', iso_instant(now()), 'details', jsonb_build_object('kid', p_kid, 'othersEnded', p_drop, 'reason', p_reason))));
  RETURN true;
END $$;
