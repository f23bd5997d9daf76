-- What was posted in the last year, in the order of time. Heads submitted ten products, those below them three, and of all
-- others a third each none, one worth enough for the tier Gold, and two. Three of ten members were given money, and
-- withdrew some of it.
CREATE UNLOGGED TABLE bench.submission AS
SELECT s.n, k, s.position, s.id AS member, s.parent_id, s.grandparent_id, s.great_grandparent_id,
       bench.id_at(at.moment, 16 * s.n + k) AS id, at.moment AS at,
       CASE WHEN s.position >= 10 AND s.position % 3 = 1 THEN 260000 + bench.lot(s.n, 10 + k, 40000)
            ELSE 500 + bench.lot(s.n, 10 + k, 20000) END AS value
FROM bench.seed s
CROSS JOIN LATERAL generate_series(1, CASE WHEN s.n = 1 OR s.position = 0 THEN 10 WHEN s.position < 10 THEN 3 ELSE s.position % 3 END) AS k
CROSS JOIN LATERAL (
  SELECT date_trunc('milliseconds', since + (now() - interval '1 hour' - since) * (bench.lot(s.n, 100 + k, 10000) / 10000.0)) AS moment
  FROM (SELECT greatest(s.created_at, now() - interval '1 year') AS since) x) at
WHERE at.moment >= s.created_at;

CREATE UNLOGGED TABLE bench.gift AS
SELECT s.n, s.id AS member, bench.id_at(at.moment, 16 * s.n + 11) AS id, at.moment AS at, 100000::bigint AS amount
FROM bench.seed s
CROSS JOIN LATERAL (
  SELECT date_trunc('milliseconds', since + (now() - interval '2 days' - since) * (bench.lot(s.n, 201, 10000) / 20000.0)) AS moment
  FROM (SELECT greatest(s.created_at, now() - interval '1 year') AS since) x) at
WHERE s.n % 10 IN (5, 6, 7) AND at.moment >= s.created_at;

-- The first of the given money is paid out or taken back, the second waits, is denied, or was paid too.
CREATE UNLOGGED TABLE bench.withdrawal AS
SELECT g.n, g.member, k, bench.id_at(at.moment, 16 * g.n + 11 + k) AS id, at.moment AS at, at.moment + interval '1 hour' AS ended_at,
       (1000 + bench.lot(g.n, 300 + k, 10000))::bigint AS amount,
       CASE WHEN k = 1 THEN CASE WHEN g.n % 10 = 7 THEN 'cancelled' ELSE 'approved' END
            ELSE CASE g.n % 10 WHEN 5 THEN 'approved' WHEN 6 THEN 'pending' ELSE 'denied' END END AS status
FROM bench.gift g CROSS JOIN generate_series(1, 2) AS k
CROSS JOIN LATERAL (SELECT date_trunc('milliseconds', g.at + (now() - interval '2 hours' - g.at) * ((k - 1 + bench.lot(g.n, 302 + k, 10000) / 10000.0) / 2)) AS moment) at;

-- Those who invited ten claimed the bonus for five.
CREATE UNLOGGED TABLE bench.bonus AS
SELECT s.n, s.id AS member, bench.id_at(at.moment, 16 * s.n + 14) AS id, at.moment AS at, 2500::bigint AS amount
FROM bench.seed s
CROSS JOIN LATERAL (SELECT date_trunc('milliseconds', greatest(s.created_at, now() - interval '1 year') + interval '1 second' * bench.lot(s.n, 400, 86400)) AS moment) at
WHERE s.position BETWEEN 1 AND 9 AND at.moment < now();

CREATE UNLOGGED TABLE bench.transfer AS
SELECT row_number() OVER (ORDER BY at, id, phase) AS seq, * FROM (
  SELECT id, 'submission' AS kind, 'posted' AS phase, NULL::uuid AS hold_id, id::text AS reference, NULL::text AS memo, at FROM bench.submission
  UNION ALL SELECT id, 'adjustment', 'posted', NULL, id::text, 'Welcome', at FROM bench.gift
  UNION ALL SELECT id, 'bonus', 'posted', NULL, member || ':referral_5', NULL, at FROM bench.bonus
  UNION ALL SELECT id, 'withdrawal', 'pending', NULL, id::text, NULL, at FROM bench.withdrawal
  UNION ALL SELECT bench.id_at(ended_at, 16 * n + 11 + k), 'withdrawal', CASE status WHEN 'approved' THEN 'post' ELSE 'void' END, id, id::text, NULL, ended_at
            FROM bench.withdrawal WHERE status <> 'pending'
  UNION ALL SELECT bench.id_at(at, 15), 'funding', 'posted', NULL, 'Deposit of ' || to_char(at, 'YYYY-MM'), NULL, at
            FROM generate_series(now() - interval '11 months', now(), interval '1 month') AS at) t;

CREATE UNLOGGED TABLE bench.entry AS
SELECT t.seq AS transfer_seq, t.id AS transfer, t.at, e.place, e.account, e.role, e.amount, e.held, e.earned
FROM bench.transfer t
JOIN (
  SELECT s.id AS transfer, e.place, e.account, e.role, e.amount, 0::bigint AS held, CASE WHEN e.role IN ('platform', 'source') THEN 0 ELSE e.amount END AS earned
  FROM (SELECT *, value / 10 AS tenth, value / 20 AS twentieth FROM bench.submission) s
  CROSS JOIN LATERAL (VALUES
    (1, s.member, 'own', s.value - s.tenth - 2 * s.twentieth),
    (2, s.parent_id, 'level_1', s.tenth),
    (3, s.grandparent_id, 'level_2', s.twentieth),
    (4, s.great_grandparent_id, 'level_3', s.twentieth),
    (5, 'ffffffff-ffff-ffff-ffff-fffffffffff3', 'platform',
     CASE WHEN s.parent_id IS NULL THEN s.tenth + 2 * s.twentieth WHEN s.grandparent_id IS NULL THEN 2 * s.twentieth
          WHEN s.great_grandparent_id IS NULL THEN s.twentieth END),
    (6, 'ffffffff-ffff-ffff-ffff-fffffffffff2', 'source', -s.value)) AS e (place, account, role, amount)
  WHERE e.account IS NOT NULL AND e.amount IS NOT NULL
  UNION ALL SELECT id, e.* FROM bench.gift g CROSS JOIN LATERAL (VALUES
    (1, g.member, 'adjustment', g.amount, 0::bigint, 0::bigint), (2, 'ffffffff-ffff-ffff-ffff-fffffffffff2', 'source', -g.amount, 0, 0)) AS e
  UNION ALL SELECT id, e.* FROM bench.bonus b CROSS JOIN LATERAL (VALUES
    (1, b.member, 'bonus', b.amount, 0::bigint, b.amount), (2, 'ffffffff-ffff-ffff-ffff-fffffffffff2', 'source', -b.amount, 0, 0)) AS e
  UNION ALL SELECT id, 1, member, 'hold', 0, amount, 0 FROM bench.withdrawal
  UNION ALL SELECT bench.id_at(w.ended_at, 16 * w.n + 11 + w.k), e.* FROM bench.withdrawal w CROSS JOIN LATERAL (VALUES
    (1, w.member, 'payout', -w.amount, -w.amount, 0::bigint),
    (2, ('ffffffff-ffff-ffff-ffff-ffffffffff0' || right(w.id::text, 1))::uuid, 'external', w.amount, 0, 0)) AS e WHERE w.status = 'approved'
  UNION ALL SELECT bench.id_at(ended_at, 16 * n + 11 + k), 1, member, 'release', 0, -amount, 0 FROM bench.withdrawal WHERE status IN ('denied', 'cancelled')
  UNION ALL SELECT t.id, e.* FROM bench.transfer t CROSS JOIN LATERAL (VALUES
    (1, 'ffffffff-ffff-ffff-ffff-fffffffffff2'::uuid, 'funding', 50000 * current_setting('bench.members')::bigint, 0::bigint, 0::bigint),
    (2, 'ffffffff-ffff-ffff-ffff-fffffffffff1', 'funding', -50000 * current_setting('bench.members')::bigint, 0, 0)) AS e WHERE t.kind = 'funding'
) e (transfer, place, account, role, amount, held, earned) ON e.transfer = t.id;

INSERT INTO ledger_transfer (id, kind, phase, hold_id, reference, memo, created_at, seq)
SELECT id, kind, phase, hold_id, reference, memo, at, seq FROM bench.transfer ORDER BY seq;
SELECT setval('ledger_transfer_seq', max(seq)) FROM bench.transfer;

INSERT INTO ledger_entry (transfer_id, account_id, role, amount, held, earned, balance_after, held_after, created_at)
SELECT transfer, account, role, amount, held, earned,
       sum(amount - held) OVER running, sum(held) OVER running, at
FROM bench.entry WINDOW running AS (PARTITION BY account ORDER BY transfer_seq, place)
ORDER BY transfer_seq, place;

INSERT INTO ledger_month (account_id, month, role, amount, entries)
SELECT account, date_trunc('month', at AT TIME ZONE 'UTC')::date, role, sum(amount), count(*)
FROM bench.entry WHERE amount <> 0 GROUP BY 1, 2, 3 ORDER BY 1, 2, 3;
INSERT INTO earnings_day (account_id, day, credited)
SELECT member, (at AT TIME ZONE 'UTC')::date, sum(value) FROM bench.submission GROUP BY 1, 2 ORDER BY 1, 2;

CREATE UNLOGGED TABLE bench.account AS
SELECT account AS id, sum(amount - held)::bigint AS balance, sum(held)::bigint AS held, sum(earned)::bigint AS earned,
       coalesce(sum(earned) FILTER (WHERE role LIKE 'level\__'), 0)::bigint AS commission,
       count(*) FILTER (WHERE role = 'own') AS products,
       (max(at) FILTER (WHERE role = 'own') AT TIME ZONE 'UTC')::date AS active_on
FROM bench.entry GROUP BY account;
ALTER TABLE bench.account ADD PRIMARY KEY (id);
INSERT INTO ledger_account (id, kind, name, created_at, balance, held, earned, commission, commission_rank, active_on)
SELECT s.id, 'member', s.id::text, s.created_at, coalesce(a.balance, 0), coalesce(a.held, 0), coalesce(a.earned, 0),
       coalesce(a.commission, 0), commission_rank(coalesce(a.commission, 0)), a.active_on
FROM bench.seed s LEFT JOIN bench.account a USING (id) ORDER BY s.n;
UPDATE ledger_account l SET balance = a.balance, held = a.held FROM bench.account a WHERE a.id = l.id AND l.kind = 'system';
