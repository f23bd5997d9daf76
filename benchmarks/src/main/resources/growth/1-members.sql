-- Members in communities of a hundred, all alike: one founder invited the head of each, the head invited nine, and each of
-- those ten. So a thousand members and a million differ in nothing but their number, except that the founder is upline of all.
-- The number of members is in bench.members.
CREATE SCHEMA bench;

-- Everything is written by the superuser past the triggers, which would take hours; what they keep right is kept right here,
-- and the verification of the books says so in the end.
SET session_replication_role = replica;
SET synchronous_commit = off;
SET work_mem = '256MB';
SET maintenance_work_mem = '512MB';

CREATE FUNCTION bench.member_id(n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN ('01990000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid;
-- An id made at a moment; what tells it from the others of that moment is its number.
CREATE FUNCTION bench.id_at(made timestamptz, number bigint) RETURNS uuid LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN (lpad(to_hex((extract(epoch FROM made) * 1000)::bigint), 12, '0') || '70008000' || lpad(to_hex(number), 12, '0'))::uuid;
CREATE FUNCTION bench.code(n bigint) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN (SELECT 'AAA' || string_agg(substr('ABCDEFGHJKMNPQRSTUVWXYZ23456789', 1 + (n / (31 ^ i)::bigint % 31)::integer, 1), '')
          FROM generate_series(4, 0, -1) AS i);
-- A number below the limit that looks drawn by lot and is the same every time.
CREATE FUNCTION bench.lot(n bigint, salt bigint, below bigint) RETURNS bigint LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN (hashint8extended(n, salt) & 9223372036854775807) % below;

-- The indexes of a table that nothing else needs, put aside while much is written.
CREATE TABLE bench.index_aside (name text, definition text);
CREATE FUNCTION bench.put_indexes_aside(relation regclass) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  aside record;
BEGIN
  FOR aside IN
    SELECT i.indexrelid::regclass AS name, pg_get_indexdef(i.indexrelid) AS definition FROM pg_index i
    WHERE i.indrelid = relation AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)
  LOOP
    INSERT INTO bench.index_aside VALUES (aside.name, aside.definition);
    EXECUTE 'DROP INDEX ' || aside.name;
  END LOOP;
END $$;
CREATE FUNCTION bench.put_indexes_back() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  aside record;
BEGIN
  FOR aside IN DELETE FROM bench.index_aside RETURNING definition LOOP
    EXECUTE aside.definition;
  END LOOP;
END $$;
SELECT bench.put_indexes_aside('member'), bench.put_indexes_aside('kv_store_44a642d3'), bench.put_indexes_aside('ledger_entry'),
       bench.put_indexes_aside('ledger_transfer'), bench.put_indexes_aside('ledger_account');

CREATE UNLOGGED TABLE bench.seed AS
WITH place AS (
  SELECT n, CASE WHEN n > 1 THEN (n - 2) % 100 END AS position, CASE WHEN n > 1 THEN (n - 2) / 100 * 100 + 2 END AS head
  FROM generate_series(1, current_setting('bench.members')::bigint) AS n
), line AS (
  SELECT n, position,
         CASE WHEN position = 0 THEN 1 WHEN position < 10 THEN head WHEN position >= 10 THEN head + 1 + (position - 10) / 10 END AS parent,
         CASE WHEN position BETWEEN 1 AND 9 THEN 1 WHEN position >= 10 THEN head END AS grandparent,
         CASE WHEN position >= 10 THEN 1 END AS great_grandparent
  FROM place
), name AS (
  SELECT l.*,
         (ARRAY['Ada','Amir','Ana','Anders','Ayo','Bela','Ben','Bianca','Carlos','Chen','Chloe','Clara','Dan','Dara','Diego','Elif',
                'Ella','Emil','Eva','Fatima','Felix','Finn','Gita','Grace','Hana','Hugo','Ida','Igor','Ines','Ivan','Jack','Jana',
                'Joan','Jonas','Kaya','Kofi','Lars','Lea','Lin','Lucia','Luka','Maja','Malik','Marta','Mei','Milan','Mina','Nadia',
                'Nils','Noor','Olga','Omar','Otto','Paula','Petra','Quinn','Rafa','Rosa','Sami','Sara','Tariq','Tess','Uma','Zoe'])[1 + bench.lot(n, 1, 64)] AS first_name,
         (ARRAY['Al','Ander','Berg','Bran','Car','Dall','Eck','Fal','Fern','Gar','Hal','Hart','Iver','Jans','Kal','Kov','Lam','Lind',
                'Mar','Mor','Nov','Ok','Ols','Per','Quint','Ros','Sand','Silv','Tan','Vas','Wil','Zim'])[1 + bench.lot(n, 2, 32)]
         || (ARRAY['a','berg','dez','er','ero','ic','ier','in','ing','ko','man','ner','o','off','os','ova','sen','ski','son','stad',
                   'stein','ston','ter','thal','ton','u','va','vall','vic','wood','y','zen'])[1 + bench.lot(n, 3, 32)] AS last_name
  FROM line l)
SELECT n, position, bench.member_id(n) AS id, parent, bench.member_id(parent) AS parent_id, bench.member_id(grandparent) AS grandparent_id,
       bench.member_id(great_grandparent) AS great_grandparent_id, bench.code(n) AS code,
       first_name || ' ' || last_name AS name, lower(first_name || last_name) || n AS username,
       lower(first_name || '.' || last_name) || n || (ARRAY['@example.com','@example.net','@example.org'])[1 + n % 3] AS email,
       CASE WHEN n = 1 THEN (count(*) OVER () + 98) / 100 ELSE 0 END AS heads,
       date_trunc('milliseconds', now() - (count(*) OVER () - n + 1) * (interval '2 years' / count(*) OVER ())) AS created_at
FROM name ORDER BY n;
ALTER TABLE bench.seed ADD PRIMARY KEY (n);
ANALYZE bench.seed;

INSERT INTO member (id, email, username, name, parent_id, grandparent_id, great_grandparent_id, created_at)
SELECT id, email, username, name, parent_id, grandparent_id, great_grandparent_id, created_at FROM bench.seed ORDER BY n;
-- Everybody's withdrawal password is checked in next to no time.
INSERT INTO credential (subject_id, password_hash, withdrawal_password_hash)
SELECT id, current_setting('bench.hash'), current_setting('bench.cheap_hash') FROM bench.seed ORDER BY n;
