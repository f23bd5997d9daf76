-- Who a member is and whose referral line they belong to. The line is written once, from the parent's own row, so that
-- a loop, a self-referral or a new parent cannot be expressed.
CREATE TABLE member (
  id                   uuid PRIMARY KEY,
  email                text NOT NULL,
  email_key            text GENERATED ALWAYS AS (lower(email)) STORED,
  username             text NOT NULL,
  username_key         text GENERATED ALWAYS AS (lower(username)) STORED,
  name                 text NOT NULL,
  parent_id            uuid REFERENCES member (id),
  grandparent_id       uuid,
  great_grandparent_id uuid,
  created_at           timestamptz NOT NULL DEFAULT now(),
  deleted_at           timestamptz,
  CONSTRAINT member_email_taken UNIQUE (email_key),
  CONSTRAINT member_username_taken UNIQUE (username_key),
  CONSTRAINT member_not_own_parent CHECK (parent_id <> id)
);
CREATE INDEX member_by_parent ON member (parent_id);
CREATE INDEX member_by_grandparent ON member (grandparent_id);
CREATE INDEX member_by_great_grandparent ON member (great_grandparent_id);
CREATE INDEX member_by_age ON member (created_at, id);

CREATE FUNCTION member_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    SELECT p.parent_id, p.grandparent_id INTO NEW.grandparent_id, NEW.great_grandparent_id
    FROM member p WHERE p.id = NEW.parent_id;
  ELSIF (NEW.id, NEW.parent_id, NEW.grandparent_id, NEW.great_grandparent_id)
        IS DISTINCT FROM (OLD.id, OLD.parent_id, OLD.grandparent_id, OLD.great_grandparent_id) THEN
    RAISE EXCEPTION 'a referral line never changes' USING ERRCODE = 'LG012';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER member_line BEFORE INSERT OR UPDATE ON member FOR EACH ROW EXECUTE FUNCTION member_line();

-- Secrets of members and admins, apart from everything that is ever shown.
CREATE TABLE credential (
  subject_id               uuid PRIMARY KEY,
  password_hash            text NOT NULL,
  withdrawal_password_hash text,
  updated_at               timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE admin_account (
  id           uuid PRIMARY KEY,
  username     text NOT NULL,
  username_key text GENERATED ALWAYS AS (lower(username)) STORED,
  email        text,
  email_key    text GENERATED ALWAYS AS (lower(email)) STORED,
  CONSTRAINT admin_username_taken UNIQUE (username_key),
  CONSTRAINT admin_email_taken UNIQUE (email_key)
);

-- Keys that sign access tokens, and sessions ended before their tokens ran out.
CREATE TABLE signing_key (
  kid         text PRIMARY KEY,
  private_key text NOT NULL,
  public_key  text NOT NULL,
  created_at  timestamptz NOT NULL DEFAULT now(),
  retired_at  timestamptz
);
CREATE TABLE session_revocation (
  session_id uuid PRIMARY KEY,
  revoked_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX session_revocation_age ON session_revocation (revoked_at);

-- Value credited without review, per member and day (UTC): the daily cap is enforced on this row.
CREATE TABLE earnings_day (
  account_id uuid NOT NULL,
  day        date NOT NULL,
  credited   bigint NOT NULL CHECK (credited >= 0),
  PRIMARY KEY (account_id, day)
);
