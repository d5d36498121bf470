-- name: errors
SELECT subject, count(*) FILTER (WHERE status = 'fail'), count(*) FROM board.system_pings(%s, %s) GROUP BY subject

-- name: latencies
-- Buckets as in streams/indicators/histogram.py, from a millisecond on.
SELECT subject, CASE WHEN latency_ms < 1 THEN 0 ELSE least(1 + floor(4 * ln(latency_ms) / ln(2))::int, 80) END, count(*)
FROM board.system_pings(%s, %s) WHERE latency_ms IS NOT NULL GROUP BY 1, 2

-- name: documents
SELECT subject, sum(least(greatest(documents_electronic, 0), 1e12))::bigint,
       sum(least(greatest(documents_sent, 0), 1e12))::bigint
FROM board.system_pings(%s, %s) WHERE documents_electronic IS NOT NULL AND documents_sent IS NOT NULL GROUP BY subject

-- name: queues
SELECT subject, max(queue_length), NULL::bigint
FROM board.system_pings(%s, %s) WHERE queue_length IS NOT NULL GROUP BY subject

-- name: certificates
SELECT subject, min(cert_days), NULL::bigint
FROM board.system_pings(%s, %s) WHERE cert_days IS NOT NULL GROUP BY subject

-- name: heartbeats
SELECT subject, floor(extract(epoch FROM %(until)s - at))::bigint FROM board.heartbeats(%(until)s)

-- name: acknowledgements
-- Each episode of an alert once: from when it fired to the first who took it on. One that nobody took is not counted.
SELECT a.labels ->> 'system', floor(sum(extract(epoch FROM e.taken_at - e.fired_at)))::bigint, count(*)
FROM (
    SELECT alert, min(at) FILTER (WHERE step = 'fired') AS fired_at, min(at) FILTER (WHERE step = 'acknowledged') AS taken_at
    FROM board.alert_step GROUP BY alert, episode
) e JOIN board.alert a ON a.id = e.alert
WHERE a.labels ? 'system' AND e.taken_at >= %s AND e.taken_at < %s
GROUP BY 1

-- name: alerts
SELECT coalesce(system_id, rule), count(*), NULL::bigint
FROM board.alert_episode WHERE told AND fired_at >= %s AND fired_at < %s GROUP BY 1

-- name: alerts_resolved
SELECT coalesce(system_id, rule), floor(sum(extract(epoch FROM resolved_at - fired_at)))::bigint, count(*)
FROM board.alert_episode WHERE told AND resolved_at >= %s AND resolved_at < %s GROUP BY 1

-- name: alerts_noise
SELECT coalesce(system_id, rule), count(*) FILTER (WHERE NOT handled), count(*)
FROM board.alert_episode WHERE told AND resolved_at >= %s AND resolved_at < %s GROUP BY 1
