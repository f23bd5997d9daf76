-- What the platform keeps count of, counted; the indexes; the chain of hashes.
INSERT INTO platform_rank SELECT commission_rank, count(*) FROM ledger_account WHERE commission_rank > 0 GROUP BY commission_rank;
INSERT INTO platform_activity SELECT active_on, count(*) FROM ledger_account WHERE active_on IS NOT NULL GROUP BY active_on;
INSERT INTO platform_revenue SELECT role, sum(amount) FROM ledger_month WHERE role IN ('own', 'level_1', 'level_2', 'level_3', 'platform') GROUP BY role;
INSERT INTO platform_members SELECT get_byte(uuid_send(id), 15) % 16, count(*) FROM member WHERE deleted_at IS NULL GROUP BY 1;
INSERT INTO platform_frozen SELECT key FROM kv_store_44a642d3 WHERE key >= 'user:' AND key < 'user;' AND value -> 'accountFrozen' = 'true';
INSERT INTO platform_tally
SELECT c.name, sum(c.number), sum(c.amount) FROM kv_store_44a642d3 d CROSS JOIN LATERAL platform_counts(d) c
WHERE d.key ~ '^(withdrawal|product|ticket|conversation|premium|user):' GROUP BY c.name;
INSERT INTO platform_list
SELECT p.list, p.at, d.key FROM kv_store_44a642d3 d CROSS JOIN LATERAL platform_places(d) p
WHERE d.key ~ '^(conversation|premium|user):' ORDER BY 1, 2, 3;
INSERT INTO network_size
SELECT u.upline, count(*) FILTER (WHERE u.level = 1), count(*) FILTER (WHERE u.level = 2), count(*) FILTER (WHERE u.level = 3), 0
FROM member m CROSS JOIN LATERAL (VALUES (m.parent_id, 1), (m.grandparent_id, 2), (m.great_grandparent_id, 3)) AS u (upline, level)
WHERE u.upline IS NOT NULL GROUP BY u.upline;
INSERT INTO network_day
SELECT u.upline, a.active_on, count(*)
FROM ledger_account a JOIN member m ON m.id = a.id
CROSS JOIN LATERAL (VALUES (m.parent_id), (m.grandparent_id), (m.great_grandparent_id)) AS u (upline)
WHERE a.active_on IS NOT NULL AND u.upline IS NOT NULL GROUP BY 1, 2;

SELECT bench.put_indexes_back();

CREATE FUNCTION bench.link(before bytea, digests bytea) RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN sha256(before || digests);
CREATE AGGREGATE bench.chain(bytea) (SFUNC = bench.link, STYPE = bytea, INITCOND = '\xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
INSERT INTO ledger_seal (position, transfer_id, parts, hash)
SELECT row_number() OVER posted, t.id, substr(ledger_digest(t), 1, 8) || e.parts, bench.chain(ledger_digest(t) || e.digests) OVER posted
FROM ledger_transfer t
JOIN (SELECT transfer_id, string_agg(digest, ''::bytea ORDER BY seq) AS digests, string_agg(substr(digest, 1, 8), ''::bytea ORDER BY seq) AS parts
      FROM (SELECT transfer_id, seq, ledger_digest(x) AS digest FROM ledger_entry x) d GROUP BY transfer_id) e ON e.transfer_id = t.id
WINDOW posted AS (ORDER BY t.seq);
UPDATE ledger_seal_progress p SET seq = (SELECT max(seq) FROM ledger_transfer), position = s.position, hash = s.hash
FROM (SELECT position, hash FROM ledger_seal ORDER BY position DESC LIMIT 1) s;
RESET session_replication_role;
