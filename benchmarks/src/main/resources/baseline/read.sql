-- The document of a member by its key: the least that a read of it can cost.
\set n :first + :stride * random(0, :submitters - 1)
SELECT value FROM kv_store_44a642d3 WHERE key = 'user:01990000-0000-7000-8000-' || lpad(to_hex(:n::bigint), 12, '0');
