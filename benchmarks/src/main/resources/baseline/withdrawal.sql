-- One withdrawal: the request in one transaction, the approval in another, each with the rows that the platform writes,
-- without the account of the outside world, which would be a queue of its own. No password is checked.
\set n random(1, :submitters)
SELECT uuidv7() AS withdrawal, uuidv7() AS payout, uuidv7() AS audit, member, name, email FROM bench.line WHERE n = :n \gset
BEGIN;
UPDATE bench.ledger_account SET balance = balance - 100, held = held + 100 WHERE id = :member::uuid AND balance >= 100 RETURNING balance, held \gset
INSERT INTO bench.ledger_transfer (id, kind, phase, reference) VALUES (:withdrawal::uuid, 'withdrawal', 'pending', :withdrawal::text);
INSERT INTO bench.ledger_entry (transfer_id, account_id, role, amount, held, earned, balance_after, held_after) VALUES (:withdrawal::uuid, :member::uuid, 'hold', 0, 100, 0, :balance, :held);
UPDATE bench.kv SET updated_at = now(), value = value || jsonb_build_object('balance', to_major(:balance::bigint), 'heldBalance', to_major(:held::bigint)) WHERE key = 'user:' || :member::text;
INSERT INTO bench.kv (key, value) VALUES ('withdrawal:' || :member::text || ':' || :withdrawal::text, jsonb_build_object('id', :withdrawal::text, 'userId', :member::text, 'userEmail', :email::text, 'userName', :name::text, 'amount', 1, 'status', 'pending', 'requestedAt', iso_instant(now()), 'approvedAt', NULL, 'deniedAt', NULL, 'denialReason', NULL));
INSERT INTO bench.idempotency_key (key_hash, fingerprint, operation, answer) VALUES (sha256(uuid_send(:withdrawal::uuid)), sha256(uuid_send(:member::uuid)), 'withdrawal.request', '{"success": true, "withdrawal": {"id": "' || :withdrawal::text || '", "userId": "' || :member::text || '", "userEmail": "' || :email::text || '", "userName": "' || :name::text || '", "amount": 1, "status": "pending"}, "newBalance": ' || :balance::text || ', "message": "Withdrawal requested."}');
COMMIT;
BEGIN;
UPDATE bench.kv SET updated_at = now(), value = value || jsonb_build_object('status', 'approved', 'approvedAt', iso_instant(now())) WHERE key = 'withdrawal:' || :member::text || ':' || :withdrawal::text AND status = 'pending';
UPDATE bench.ledger_account SET held = held - 100 WHERE id = :member::uuid RETURNING balance, held \gset
INSERT INTO bench.ledger_transfer (id, kind, phase, hold_id, reference) VALUES (:payout::uuid, 'withdrawal', 'post', :withdrawal::uuid, :withdrawal::text);
INSERT INTO bench.ledger_entry (transfer_id, account_id, role, amount, held, earned, balance_after, held_after) VALUES (:payout::uuid, :member::uuid, 'payout', -100, -100, 0, :balance::bigint, :held::bigint), (:payout::uuid, 'ffffffff-ffff-ffff-ffff-fffffffffff1', 'external', 100, 0, 0, 0, 0);
INSERT INTO bench.ledger_month AS m (account_id, month, role, amount, entries) VALUES (:member::uuid, date_trunc('month', current_date)::date, 'payout', -100, 1) ON CONFLICT (account_id, month, role) DO UPDATE SET amount = m.amount + excluded.amount, entries = m.entries + 1;
UPDATE bench.kv SET updated_at = now(), value = value || jsonb_build_object('balance', to_major(:balance::bigint), 'heldBalance', to_major(:held::bigint)) WHERE key = 'user:' || :member::text;
INSERT INTO bench.kv (key, value) VALUES ('audit:' || :audit::text, jsonb_build_object('id', :audit::text, 'actorId', 'admin-key', 'actorName', 'admin key', 'operation', 'withdrawal.approve', 'ip', '127.0.0.1', 'requestId', :audit::text, 'at', iso_instant(now()), 'details', jsonb_build_object('withdrawalId', :withdrawal::text)));
INSERT INTO bench.idempotency_key (key_hash, fingerprint, operation, answer) VALUES (sha256(uuid_send(:payout::uuid)), sha256(uuid_send(:withdrawal::uuid)), 'withdrawal.approve', '{"success": true, "withdrawal": {"id": "' || :withdrawal::text || '", "userId": "' || :member::text || '", "userEmail": "' || :email::text || '", "userName": "' || :name::text || '", "amount": 1, "status": "approved"}, "message": "Withdrawal approved."}');
COMMIT;
