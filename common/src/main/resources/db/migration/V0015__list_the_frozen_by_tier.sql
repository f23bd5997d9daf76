-- The frozen of each tier have a list of their own: of a large tier, or of all the frozen, few may be both.
CREATE OR REPLACE FUNCTION platform_places(doc kv_store_44a642d3) RETURNS TABLE (list text, at text)
  LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT p.list, coalesce(p.at, '')
  FROM (VALUES
    (CASE WHEN doc.key LIKE 'conversation:%' THEN 'conversation' END, coalesce(doc.value ->> 'lastAt', doc.value ->> 'createdAt')),
    (CASE WHEN doc.key LIKE 'premium:%' AND doc.status IN ('offered', 'active') THEN 'premium' END, coalesce(doc.value ->> 'expiresAt', '~')),
    (CASE WHEN doc.key LIKE 'user:%' AND NOT doc.value ? 'deletedAt' THEN concat_ws(' ', 'member', doc.value ->> 'vipTier') END,
     to_char(doc.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')),
    (CASE WHEN doc.key LIKE 'user:%' AND NOT doc.value ? 'deletedAt' AND doc.value -> 'accountFrozen' = 'true' THEN 'frozen' END,
     to_char(doc.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')),
    (CASE WHEN doc.key LIKE 'user:%' AND NOT doc.value ? 'deletedAt' AND doc.value -> 'accountFrozen' = 'true'
       THEN 'frozen ' || (doc.value ->> 'vipTier') END,
     to_char(doc.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))) AS p (list, at)
  WHERE p.list IS NOT NULL
$$;
INSERT INTO platform_list
SELECT p.list, p.at, d.key FROM platform_list l JOIN kv_store_44a642d3 d ON d.key = l.key CROSS JOIN LATERAL platform_places(d) p
WHERE l.list = 'frozen' AND p.list LIKE 'frozen %' ORDER BY 1, 2, 3
ON CONFLICT (list, key) DO NOTHING;

-- As before, but asked for in the collation that the index of references has: in that of keys, every bonus there is was read.
CREATE OR REPLACE FUNCTION kv_guard_bonus_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
       SELECT FROM ledger_transfer t JOIN ledger_entry e ON e.transfer_id = t.id AND e.role = 'bonus'
       WHERE t.kind = 'bonus' AND t.reference = substr(NEW.key, length('bonus:') + 1) COLLATE "default" AND t.phase = 'posted'
         AND to_jsonb(to_major(e.amount)) = NEW.value -> 'amount')
     AND NOT EXISTS (
       SELECT FROM kv_store_44a642d3 u
       WHERE u.key = 'user:' || split_part(NEW.key, ':', 2) AND u.value ? 'openingProducts') THEN
    RAISE EXCEPTION '% was not paid. Use POST /bonus-payouts/claim', NEW.key USING ERRCODE = 'LG025';
  END IF;
  RETURN NULL;
END $$;
