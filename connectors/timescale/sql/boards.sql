-- name: careful
-- Without index-only scans a whole table cannot hide behind its index; parallel workers would count for themselves.
SELECT set_config('statement_timeout', '5s', true), set_config('enable_seqscan', 'off', true),
       set_config('enable_indexonlyscan', 'off', true), set_config('max_parallel_workers_per_gather', '0', true)

-- name: scans
-- A hypertable's chunks are its children.
SELECT t.relname, sum(pg_stat_get_xact_numscans(coalesce(i.inhrelid, t.oid)))::bigint
FROM pg_class t
JOIN pg_namespace n ON n.oid = t.relnamespace AND n.nspname = 'nhip'
LEFT JOIN pg_inherits i ON i.inhparent = t.oid
WHERE t.relname IN ('report_event', 'dossier_event', 'health_event')
GROUP BY t.relname
