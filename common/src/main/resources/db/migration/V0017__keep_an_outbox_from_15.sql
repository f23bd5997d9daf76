-- Mail and webhooks that are to leave, written in the transaction of what they tell of. Whoever sends them deletes or
-- settles the row after the receiver took it, so that each leaves at least once, under the same id every time.
CREATE TABLE outbox (
  id         uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  channel    text NOT NULL CHECK (channel IN ('mail', 'webhook')),
  kind       text NOT NULL CHECK (length(kind) BETWEEN 1 AND 60),
  member_id  uuid,
  details    jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(details) = 'object' AND length(details::text) <= 16384),
  created_at timestamptz NOT NULL DEFAULT now()
);

-- A mail of the kind to the member. The address is looked up when it is sent; a secret that only the mail may say, such as
-- a reset token, is in the details and goes with the row.
CREATE FUNCTION outbox_mail(p_kind text, p_member uuid, p_details jsonb) RETURNS uuid LANGUAGE sql AS $$
  INSERT INTO outbox (channel, kind, member_id, details) VALUES ('mail', p_kind, p_member, p_details) RETURNING id
$$;

GRANT SELECT, INSERT, UPDATE, DELETE ON outbox TO clone_service;
