-- Money is bigint minor units inside and decimal major units in the documents that operators read.
CREATE FUNCTION to_major(minor bigint) RETURNS numeric
  LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN trim_scale(minor::numeric / 100);

CREATE FUNCTION to_minor(major numeric) RETURNS bigint
  LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN (major * 100)::bigint;

CREATE FUNCTION iso_instant(at timestamptz) RETURNS text
  LANGUAGE sql STABLE PARALLEL SAFE RETURN to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');

-- The shared table keeps the name and shape that operators' saved SQL relies on.
-- Collation "C" lets LIKE 'prefix%' use the primary key in a database of any collation.
CREATE TABLE kv_store_44a642d3 (
  key        text COLLATE "C" PRIMARY KEY CHECK (length(key) BETWEEN 1 AND 400),
  value      jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  user_id    text GENERATED ALWAYS AS (
               coalesce(value ->> 'userId', CASE WHEN starts_with(key, 'user:') THEN value ->> 'id' END)) STORED,
  amount     numeric GENERATED ALWAYS AS (
               CASE jsonb_typeof(value -> 'amount') WHEN 'number' THEN (value ->> 'amount')::numeric END) STORED,
  status     text GENERATED ALWAYS AS (value ->> 'status') STORED
) WITH (fillfactor = 80);

-- No index may name the columns value or updated_at: they change with every balance, and such an index would turn
-- each balance update from a heap-only one into a rewrite of every index entry of the row.
CREATE INDEX kv_by_user ON kv_store_44a642d3 (user_id, key);
CREATE INDEX kv_withdrawal_status ON kv_store_44a642d3 (status, created_at, key) WHERE key LIKE 'withdrawal:%';
CREATE INDEX kv_product_status ON kv_store_44a642d3 (status, created_at, key) WHERE key LIKE 'product:%';
CREATE INDEX kv_ticket_status ON kv_store_44a642d3 (status, created_at, key) WHERE key LIKE 'ticket:%';
CREATE INDEX kv_premium_status ON kv_store_44a642d3 (status, created_at, key) WHERE key LIKE 'premium:%';

-- First answers of requests that carried an Idempotency-Key. Neither the key nor the answer can be read from this
-- table: the key is hashed and the answer is encrypted under the key itself.
CREATE TABLE idempotency_key (
  key_hash    bytea PRIMARY KEY,
  fingerprint bytea NOT NULL,
  operation   text NOT NULL,
  reply       bytea,
  created_at  timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX idempotency_key_age ON idempotency_key (created_at);

-- Installation-wide facts that every process must agree on.
CREATE TABLE platform_setting (
  name       text PRIMARY KEY,
  value      jsonb NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now()
);
