-- name: there
SELECT stream, sum(stored)::bigint FROM nhip.partition GROUP BY stream

-- name: copy_events
INSERT INTO nhip.{table}
SELECT md5(id::text || %(copy)s)::uuid, subject || %(copy)s, type, time, source, event_id || %(copy)s, data,
       partition, "offset", appended_at
FROM nhip.{table} WHERE subject NOT LIKE '%%-copy-%%'

-- name: copy_states
INSERT INTO nhip.{table}
SELECT (jsonb_populate_record(s, jsonb_build_object('subject', subject || %(copy)s))).*
FROM nhip.{table} s WHERE subject NOT LIKE '%%-copy-%%'

-- name: count_copies
UPDATE nhip.cell SET n = ARRAY(SELECT %(times)s * m FROM unnest(n) WITH ORDINALITY AS u (m, place) ORDER BY place)

-- name: count_copies_ahead
UPDATE nhip.ahead SET n = %(times)s * n

-- name: copy_pings
INSERT INTO nhip.health_event
SELECT time - %(back)s, id, subject, check_id, status, latency_ms, interval_s, grace_s, data, partition, "offset",
       appended_at - %(back)s
FROM nhip.health_event WHERE time >= %(begin)s AND time < %(end)s

-- name: copy_intervals
INSERT INTO nhip.health_interval (subject, planned, check_id, lower, upper, state, cover)
SELECT subject, planned, check_id, greatest(lower, %(begin)s) - %(back)s, least(upper, %(end)s) - %(back)s, state, cover
FROM nhip.health_interval WHERE upper > %(begin)s AND lower < %(end)s AND least(upper, %(end)s) > greatest(lower, %(begin)s)

-- name: copy_days
INSERT INTO nhip.health_day (subject, day, up, down, maintenance)
SELECT subject, day - %(days)s::int, up, down, maintenance
FROM nhip.health_day WHERE day >= %(first)s AND day < %(past)s

-- name: known_since
UPDATE nhip.system_state SET first_at = %(first)s

-- name: observed
-- Observed in one piece a day, with half a minute between them.
INSERT INTO nhip.observed_time (topic, partition, lower, upper)
SELECT topic, partition, day, day + interval '1 day' - interval '30 seconds'
FROM nhip.partition CROSS JOIN generate_series(now() - interval '1 year', now(), interval '1 day') AS day

-- name: sizes
SELECT relname, n, pg_size_pretty(size) FROM (
    SELECT 'health_event' AS relname, count(*) AS n, hypertable_size('nhip.health_event') AS size FROM nhip.health_event
    UNION ALL SELECT 'health_interval', count(*), pg_total_relation_size('nhip.health_interval') FROM nhip.health_interval
    UNION ALL SELECT 'dossier_event', count(*), pg_total_relation_size('nhip.dossier_event') FROM nhip.dossier_event
    UNION ALL SELECT 'dossier_state', count(*), pg_total_relation_size('nhip.dossier_state') FROM nhip.dossier_state
    UNION ALL SELECT 'report_event', count(*), pg_total_relation_size('nhip.report_event') FROM nhip.report_event
    UNION ALL SELECT 'cell', count(*), pg_total_relation_size('nhip.cell') FROM nhip.cell
) s
