-- Payouts go through one of sixteen accounts of the world outside, chosen by the last digit of the hold, so that approvals
-- side by side do not wait for each other's commit. What came in and went out is what all accounts named external hold.
INSERT INTO ledger_account (id, kind, name)
SELECT ('ffffffff-ffff-ffff-ffff-ffffffffff0' || to_hex(n))::uuid, 'system', 'external' FROM generate_series(0, 15) AS n;
CREATE INDEX ledger_account_system ON ledger_account (name) WHERE kind = 'system';

CREATE OR REPLACE FUNCTION ledger_settle(p_hold uuid, p_phase text) RETURNS void
  LANGUAGE plpgsql AS $$
DECLARE
  hold record;
  outcome uuid := gen_random_uuid();
  outside uuid := 'ffffffff-ffff-ffff-ffff-ffffffffff0' || right(p_hold::text, 1);
BEGIN
  SELECT t.kind, t.reference, e.account_id, e.held INTO hold
  FROM ledger_transfer t JOIN ledger_entry e ON e.transfer_id = t.id
  WHERE t.id = p_hold AND t.phase = 'pending';
  IF NOT FOUND THEN
    RAISE EXCEPTION 'there is no hold %', p_hold USING ERRCODE = 'LG003';
  END IF;
  IF p_phase = 'post' THEN
    PERFORM ledger_post(
      ARRAY[outcome], ARRAY[hold.kind], ARRAY['post'], ARRAY[p_hold], ARRAY[hold.reference], ARRAY[NULL::text],
      ARRAY[outcome, outcome], ARRAY[hold.account_id, outside], ARRAY['payout', 'external'],
      ARRAY[-hold.held, hold.held], ARRAY[-hold.held, 0], ARRAY[0::bigint, 0]);
  ELSE
    PERFORM ledger_post(
      ARRAY[outcome], ARRAY[hold.kind], ARRAY['void'], ARRAY[p_hold], ARRAY[hold.reference], ARRAY[NULL::text],
      ARRAY[outcome], ARRAY[hold.account_id], ARRAY['release'], ARRAY[0::bigint], ARRAY[-hold.held], ARRAY[0::bigint]);
  END IF;
END $$;

-- What operators recorded as money that came in, less what was paid out.
CREATE FUNCTION platform_funds() RETURNS bigint LANGUAGE sql STABLE
  RETURN (SELECT -sum(posted)::bigint FROM ledger_account WHERE kind = 'system' AND name = 'external');
