-- Wrong passwords in a row, by what was typed as the account, whether there is one or not; the hash of it, because people type
-- passwords there too.
CREATE TABLE sign_in_tries (
  login_sha256 text PRIMARY KEY,
  failures     integer NOT NULL,
  since        timestamptz NOT NULL,
  locked_until timestamptz
);
CREATE INDEX sign_in_tries_by_age ON sign_in_tries (since);
GRANT SELECT, INSERT, UPDATE, DELETE ON sign_in_tries TO clone_service;

-- Counts one try, right or wrong, after those that are under way: 'open' when its answer may be told, 'last' when it is wrong and
-- nobody is told of another one for a quarter of an hour, 'locked' when it comes during that time.
CREATE FUNCTION sign_in_try(p_login text, p_right boolean, p_most integer) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  at sign_in_tries;
BEGIN
  IF p_right THEN
    DELETE FROM sign_in_tries WHERE login_sha256 = p_login AND (locked_until IS NULL OR locked_until <= clock_timestamp());
    PERFORM FROM sign_in_tries WHERE login_sha256 = p_login;
    RETURN CASE WHEN FOUND THEN 'locked' ELSE 'open' END;
  END IF;
  INSERT INTO sign_in_tries AS t (login_sha256, failures, since) VALUES (p_login, 1, clock_timestamp())
  ON CONFLICT (login_sha256) DO UPDATE SET
    failures = CASE WHEN t.since < clock_timestamp() - interval '15 minutes' OR t.locked_until <= clock_timestamp()
               THEN 1 ELSE t.failures + 1 END,
    since = CASE WHEN t.since < clock_timestamp() - interval '15 minutes' OR t.locked_until <= clock_timestamp()
            THEN clock_timestamp() ELSE t.since END,
    locked_until = CASE WHEN t.locked_until > clock_timestamp() THEN t.locked_until END
  RETURNING * INTO at;
  IF at.locked_until IS NOT NULL THEN
    RETURN 'locked';
  END IF;
  IF at.failures >= p_most THEN
    UPDATE sign_in_tries SET locked_until = clock_timestamp() + interval '15 minutes' WHERE login_sha256 = p_login;
    RETURN 'last';
  END IF;
  RETURN 'open';
END $$;
