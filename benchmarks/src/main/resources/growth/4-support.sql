-- One of five members has a ticket, one of ten a conversation, every other one is signed in.
INSERT INTO kv_store_44a642d3 (key, value, created_at, updated_at)
SELECT 'ticket:' || t.id, jsonb_build_object(
         'id', t.id, 'userId', s.id, 'userName', s.name, 'userEmail', s.email, 'subject', 'A question', 'message', 'How does this work?',
         'description', 'How does this work?', 'category', 'general', 'status', (ARRAY['open', 'in-progress', 'resolved', 'closed'])[1 + s.n / 5 % 4],
         'priority', (ARRAY['low', 'normal', 'high', 'urgent'])[1 + bench.lot(s.n, 700, 4)], 'createdAt', iso_instant(t.at), 'updatedAt', iso_instant(t.at),
         'replyCount', 2, 'replies', jsonb_build_array(
           jsonb_build_object('id', bench.id_at(t.at, 16 * s.n + 1), 'author', 'support', 'userId', 'desk', 'userName', 'Desk', 'message', 'Like this.', 'createdAt', iso_instant(t.at)),
           jsonb_build_object('id', bench.id_at(t.at, 16 * s.n + 2), 'author', 'user', 'userId', s.id, 'userName', s.name, 'message', 'Thank you.', 'createdAt', iso_instant(t.at)))),
       t.at, t.at
FROM bench.seed s
CROSS JOIN LATERAL (SELECT at, bench.id_at(at, 16 * s.n) AS id
  FROM (SELECT date_trunc('milliseconds', greatest(s.created_at, now() - interval '300 days' * (bench.lot(s.n, 701, 10000) / 10000.0))) AS at) x) t
WHERE s.n % 5 = 0 ORDER BY t.at;

CREATE UNLOGGED TABLE bench.conversation AS
SELECT s.n, s.id AS member, s.name, 'support-' || s.id AS id, c.at
FROM bench.seed s
CROSS JOIN LATERAL (SELECT date_trunc('milliseconds', greatest(s.created_at, now() - interval '300 days' * (bench.lot(s.n, 800, 10000) / 10000.0)) - interval '1 hour') AS at) c
WHERE s.n % 10 = 1;
INSERT INTO kv_store_44a642d3 (key, value, created_at, updated_at)
SELECT 'conversation:' || id, jsonb_build_object(
         'id', id, 'title', 'Support', 'userId', member, 'userName', name, 'createdAt', iso_instant(at), 'lastAt', iso_instant(at + interval '5 minutes'),
         'lastMessage', 'Message 5', 'messageCount', 6, 'unreadByUser', 0, 'unreadBySupport', 1), at, at
FROM bench.conversation ORDER BY n;
INSERT INTO kv_store_44a642d3 (key, value, created_at, updated_at)
SELECT 'message:' || c.id || ':' || bench.id_at(m.at, 16 * c.n + k), jsonb_build_object(
         'id', bench.id_at(m.at, 16 * c.n + k), 'read', k < 5, 'author', CASE WHEN k % 2 = 1 THEN 'user' ELSE 'support' END, 'sentAt', iso_instant(m.at),
         'createdAt', iso_instant(m.at), 'userId', CASE WHEN k % 2 = 1 THEN c.member::text ELSE 'desk' END, 'userName', CASE WHEN k % 2 = 1 THEN c.name ELSE 'Desk' END,
         'message', 'Message ' || k, 'conversationId', c.id), m.at, m.at
FROM bench.conversation c CROSS JOIN generate_series(0, 5) AS k CROSS JOIN LATERAL (SELECT c.at + k * interval '1 minute' AS at) m ORDER BY c.n, k;

INSERT INTO kv_store_44a642d3 (key, value, created_at, updated_at)
SELECT 'session:' || x.id, jsonb_build_object(
         'id', x.id, 'kind', 'member', 'status', 'active', 'userId', s.id, 'createdAt', iso_instant(x.at), 'expiresAt', iso_instant(x.at + interval '30 days'),
         'refreshHash', encode(sha256(x.id::text::bytea), 'hex')), x.at, x.at
FROM bench.seed s
CROSS JOIN LATERAL (SELECT at, bench.id_at(at, 16 * s.n + 5) AS id
  FROM (SELECT date_trunc('milliseconds', now() - interval '25 days' * (bench.lot(s.n, 900, 10000) / 10000.0)) AS at) x) x
WHERE s.n % 2 = 0 ORDER BY x.at;

INSERT INTO kv_store_44a642d3 (key, value, created_at, updated_at)
SELECT 'audit:' || a.id, jsonb_build_object(
         'id', a.id, 'actorId', 'admin-key', 'actorName', 'admin key', 'operation', a.operation, 'ip', '127.0.0.1', 'requestId', a.id, 'at', iso_instant(a.at),
         'details', jsonb_build_object('userId', a.member)), a.at, a.at
FROM (SELECT bench.id_at(at, 16 * n + 6) AS id, at, member, 'earnings.adjust-balance' AS operation FROM bench.gift
      UNION ALL SELECT bench.id_at(ended_at, 16 * n + 6 + k), ended_at, member, CASE status WHEN 'approved' THEN 'withdrawal.approve' ELSE 'withdrawal.deny' END
                FROM bench.withdrawal WHERE status IN ('approved', 'denied')
      UNION ALL SELECT bench.id_at(assigned_at, 16 * n + 9), assigned_at, member, 'premium.assign' FROM bench.assignment) a ORDER BY a.at, a.id;

INSERT INTO idempotency_key (key_hash, fingerprint, operation, answer, created_at)
SELECT sha256(id::text::bytea), sha256(name::bytea), 'earnings.submit', '{}', now() - interval '12 hours' FROM bench.seed WHERE n % 10 = 0;
