-- name: summary
SELECT count(*) FILTER (WHERE state = 'up')                         AS up,
       count(*) FILTER (WHERE state IN ('degraded', 'late'))        AS degraded,
       count(*) FILTER (WHERE state = 'down')                       AS down,
       count(*) FILTER (WHERE state = 'unreachable')                AS unreachable,
       count(*) FILTER (WHERE state IN ('maintenance', 'paused'))   AS maintenance,
       count(*) FILTER (WHERE state IN ('unknown', 'new'))          AS unknown
FROM board.watched

-- name: systems
WITH up AS (
    SELECT p.days, u.system_id, board.uptime_shown(u.up, u.down, u.maintenance, u.due) AS shown,
           trunc((u.up + u.down + u.maintenance) * 100.0 / nullif(u.due, 0)) AS coverage
    FROM unnest(ARRAY[1, 7, 30]) AS p (days)
    CROSS JOIN LATERAL board.uptime_since(now() - p.days * interval '24 hours') u
)
SELECT CASE WHEN t.depth > 0 THEN repeat(U&'\00A0', 4 * t.depth - 4) || '↳ ' ELSE '' END || w.{name} AS system, w.state,
       date_part('epoch', now() - w.since) AS since, u.day, u.week, u.month, u.coverage,
       w.heartbeat_age_s AS heartbeat, round(w.latency_ms)::bigint AS latency, w.cert_days, w.queue_length
FROM board.system_tree t
JOIN board.watched w USING (system_id)
LEFT JOIN (
    SELECT system_id, max(shown) FILTER (WHERE days = 1) AS day, max(shown) FILTER (WHERE days = 7) AS week,
           max(shown) FILTER (WHERE days = 30) AS month, string_agg(coverage::text, ' · ' ORDER BY days) || ' %' AS coverage
    FROM up GROUP BY system_id
) u USING (system_id)
ORDER BY t.path

-- name: timeline
SELECT t.at AS time, coalesce(w.{name}, t.system_id) AS metric,
       array_position(ARRAY['up', 'degraded', 'silent', 'maintenance', 'down'], t.state) AS value
FROM board.timeline($__timeFrom()::timestamptz, $__timeTo()::timestamptz, '$__interval'::interval) t
LEFT JOIN board.watched w USING (system_id)
LEFT JOIN board.system_tree s USING (system_id)
ORDER BY s.path, t.system_id, t.at

-- name: certificates
SELECT {name} AS system, cert_days FROM board.watched WHERE cert_days IS NOT NULL ORDER BY cert_days, 1 LIMIT 10

-- name: queues
SELECT {name} AS system, queue_length FROM board.watched WHERE queue_length IS NOT NULL ORDER BY queue_length DESC, 1 LIMIT 10

-- name: probes
SELECT probe, date_part('epoch', now() - since) AS since, {reason} AS reason FROM board.silent_probe ORDER BY since
