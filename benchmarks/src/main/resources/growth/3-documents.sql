-- Documents of members and of what they earned.
CREATE UNLOGGED TABLE bench.assignment AS
SELECT s.n, s.id AS member, s.name, s.email, bench.id_at(at.moment, 16 * s.n + 15) AS id, at.moment AS assigned_at,
       at.moment + interval '30 days' AS expires_at, CASE WHEN NOT kind.open OR kind.frozen THEN at.moment + interval '1 hour' END AS accepted_at,
       CASE WHEN NOT kind.open THEN at.moment + interval '1 day' END AS ended_at,
       CASE WHEN kind.frozen THEN 'active' WHEN kind.open THEN 'offered' ELSE (ARRAY['declined', 'revoked', 'expired'])[1 + bench.lot(s.n, 501, 3)] END AS status,
       kind.frozen, CASE WHEN kind.frozen THEN 5000000 ELSE 100000 + bench.lot(s.n, 502, 100000) END AS amount, 1 + bench.lot(s.n, 503, 30) AS position
FROM bench.seed s
CROSS JOIN LATERAL (SELECT s.n % 10 NOT IN (5, 6, 7, 9) AS open, s.n % 10 = 4 AS frozen) kind
CROSS JOIN LATERAL (
  SELECT date_trunc('milliseconds', now() - CASE WHEN kind.open THEN interval '24 days' ELSE interval '330 days' END * (bench.lot(s.n, 500, 10000) / 10000.0)
                                    - CASE WHEN kind.open THEN interval '1 hour' ELSE interval '25 hours' END) AS moment) at
WHERE s.n % 10 <> 9;
ALTER TABLE bench.assignment ADD PRIMARY KEY (n);

INSERT INTO kv_store_44a642d3 (key, value, created_at, updated_at)
SELECT 'user:' || u.id, u.value || CASE WHEN u.value ? 'premiumAssignment' THEN freeze_projection(u.value, u.balance) ELSE '{}' END, u.created_at, u.created_at
FROM (
  SELECT s.n, s.id, s.created_at, coalesce(a.balance, 0) AS balance, jsonb_build_object(
           'id', s.id, 'email', s.email, 'username', s.username, 'name', s.name, 'gender', NULL, 'balance', to_major(coalesce(a.balance, 0)),
           'heldBalance', to_major(coalesce(a.held, 0)), 'totalEarned', to_major(coalesce(a.earned, 0)), 'vipTier', vip_tier_for(coalesce(a.earned, 0)),
           'invitationCode', s.code, 'parentUserId', s.parent_id, 'childCount', coalesce(c.children, 0),
           'productsSubmitted', coalesce(a.products, 0), 'accountFrozen', false, 'freezeAmount', 0, 'freezeReason', NULL,
           'createdAt', iso_instant(s.created_at))
         || CASE WHEN p.status IN ('offered', 'active') THEN jsonb_build_object('premiumAssignment', jsonb_build_object(
              'id', p.id, 'amount', to_major(p.amount), 'position', p.position, 'status', p.status, 'assignedAt', iso_instant(p.assigned_at),
              'expiresAt', iso_instant(p.expires_at), 'acceptedAt', iso_instant(p.accepted_at), 'freezes', p.frozen)) ELSE '{}' END AS value
  FROM bench.seed s
  LEFT JOIN bench.account a ON a.id = s.id
  LEFT JOIN (SELECT parent, count(*) AS children FROM bench.seed GROUP BY parent) c ON c.parent = s.n
  LEFT JOIN bench.assignment p ON p.n = s.n) u
ORDER BY u.n;

INSERT INTO kv_store_44a642d3 (key, value, created_at, updated_at)
SELECT 'invitecode:' || code, jsonb_build_object('code', code, 'userId', id, 'createdAt', iso_instant(created_at)), created_at, created_at
FROM bench.seed ORDER BY code COLLATE "C";

INSERT INTO kv_store_44a642d3 (key, value, created_at, updated_at)
SELECT 'referral:' || s.parent_id || ':' || s.id, jsonb_build_object(
         'parentId', s.parent_id, 'childId', s.id, 'childName', s.name, 'childEmail', s.email, 'totalSharedProfit', to_major(coalesce(x.shared, 0)),
         'lastProductAt', iso_instant(x.last), 'createdAt', iso_instant(s.created_at)), s.created_at, coalesce(x.last, s.created_at)
FROM bench.seed s LEFT JOIN (SELECT n, sum(value / 10)::bigint AS shared, max(at) AS last FROM bench.submission GROUP BY n) x USING (n)
WHERE s.parent_id IS NOT NULL ORDER BY s.parent, s.n;

INSERT INTO kv_store_44a642d3 (key, value, created_at, updated_at)
SELECT 'product:' || s.member || ':' || s.id, jsonb_build_object(
         'id', s.id, 'name', 'Oak desk', 'value', to_major(s.value), 'amount', to_major(s.value), 'status', 'credited', 'userId', s.member, 'premium', false,
         'userName', m.name, 'userEmail', m.email, 'createdAt', iso_instant(s.at), 'userEarned', to_major(s.value - s.value / 10 - 2 * (s.value / 20)),
         'commissions', coalesce((SELECT jsonb_agg(jsonb_build_object('level', c.level, 'amount', to_major(c.amount), 'userId', c.id, 'parentId', c.id, 'userName', 'Upline'))
                         FROM (VALUES (1, s.parent_id, s.value / 10), (2, s.grandparent_id, s.value / 20), (3, s.great_grandparent_id, s.value / 20)) AS c (level, id, amount)
                         WHERE c.id IS NOT NULL), '[]')), s.at, s.at
FROM bench.submission s JOIN bench.seed m USING (n) ORDER BY s.n, s.at;

-- One of sixteen members waits for a review, and half as many were turned down.
INSERT INTO kv_store_44a642d3 (key, value, created_at, updated_at)
SELECT 'product:' || s.id || ':' || p.id, jsonb_build_object(
         'id', p.id, 'name', 'Sailing boat', 'value', 12000, 'amount', 12000, 'status', CASE WHEN s.n % 32 = 9 THEN 'rejected' ELSE 'pending_review' END,
         'userId', s.id, 'premium', false, 'userName', s.name, 'userEmail', s.email, 'createdAt', iso_instant(p.at), 'userEarned', 0, 'commissions', '[]'::jsonb), p.at, p.at
FROM bench.seed s
CROSS JOIN LATERAL (SELECT at, bench.id_at(at, 16 * s.n + 12) AS id
  FROM (SELECT date_trunc('milliseconds', greatest(s.created_at, now() - interval '20 days' * (bench.lot(s.n, 600, 10000) / 10000.0))) AS at) x) p
WHERE s.n % 16 = 3 OR s.n % 32 = 9 ORDER BY s.n;

INSERT INTO kv_store_44a642d3 (key, value, created_at, updated_at)
SELECT 'withdrawal:' || w.member || ':' || w.id, jsonb_build_object(
         'id', w.id, 'userId', w.member, 'userEmail', s.email, 'userName', s.name, 'amount', to_major(w.amount), 'status', w.status,
         'requestedAt', iso_instant(w.at), 'approvedAt', CASE WHEN w.status = 'approved' THEN iso_instant(w.ended_at) END,
         'deniedAt', CASE WHEN w.status = 'denied' THEN iso_instant(w.ended_at) END, 'denialReason', CASE WHEN w.status = 'denied' THEN 'Please try again.' END),
       w.at, CASE WHEN w.status = 'pending' THEN w.at ELSE w.ended_at END
FROM bench.withdrawal w JOIN bench.seed s USING (n) ORDER BY w.n, w.at;

INSERT INTO kv_store_44a642d3 (key, value, created_at, updated_at)
SELECT 'bonus:' || member || ':referral_5', jsonb_build_object(
         'id', 'referral_5', 'userId', member, 'bonusId', 'referral_5', 'name', '5 referrals', 'category', 'referral', 'amount', to_major(amount),
         'status', 'claimed', 'claimedAt', iso_instant(at)), at, at
FROM bench.bonus ORDER BY n;

INSERT INTO kv_store_44a642d3 (key, value, created_at, updated_at)
SELECT 'premium:' || member || ':' || id, jsonb_build_object(
         'id', id, 'amount', to_major(amount), 'status', status, 'userId', member, 'endedAt', iso_instant(ended_at), 'position', position, 'userName', name,
         'userEmail', email, 'expiresAt', iso_instant(expires_at), 'acceptedAt', iso_instant(accepted_at), 'assignedAt', iso_instant(assigned_at)),
       assigned_at, coalesce(ended_at, assigned_at)
FROM bench.assignment ORDER BY n;
