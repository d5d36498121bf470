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
SELECT coalesce(p.{name}, '–') AS parent, w.{name} AS system, w.state, date_part('epoch', now() - w.since) AS since,
       max(up.shown) FILTER (WHERE up.days = 1) AS day, max(up.shown) FILTER (WHERE up.days = 7) AS week,
       max(up.shown) FILTER (WHERE up.days = 30) AS month,
       string_agg(up.coverage::text, ' · ' ORDER BY up.days) || ' %' AS coverage,
       w.heartbeat_age_s AS heartbeat, round(w.latency_ms)::bigint AS latency, w.cert_days, w.queue_length
FROM board.watched w
LEFT JOIN board.watched p ON p.system_id = w.parent
LEFT JOIN up ON up.system_id = w.system_id
GROUP BY p.{name}, w.{name}, w.state, w.since, w.heartbeat_age_s, w.latency_ms, w.cert_days, w.queue_length, p.system_id,
         w.system_id
ORDER BY coalesce(p.system_id, w.system_id), p.system_id NULLS FIRST, w.system_id

-- name: timeline
SELECT t.at AS time, coalesce(w.{name}, t.system_id) AS metric,
       array_position(ARRAY['up', 'degraded', 'silent', 'maintenance', 'down'], t.state) AS value
FROM board.timeline($__timeFrom()::timestamptz, $__timeTo()::timestamptz, '$__interval'::interval) t
LEFT JOIN board.watched w USING (system_id)
ORDER BY coalesce(w.parent, system_id), w.parent NULLS FIRST, system_id, t.at

-- name: certificates
SELECT {name} AS system, cert_days FROM board.watched WHERE cert_days IS NOT NULL ORDER BY cert_days, 1 LIMIT 10

-- name: queues
SELECT {name} AS system, queue_length FROM board.watched WHERE queue_length IS NOT NULL ORDER BY queue_length DESC, 1 LIMIT 10

-- name: probes
SELECT probe, date_part('epoch', now() - since) AS since, {reason} AS reason FROM board.silent_probe ORDER BY since
