-- name: errors
SELECT subject, count(*) FILTER (WHERE status = 'fail'), count(*)
FROM nhip.health_event WHERE time >= %s AND time < %s AND status IN ('ok', 'degraded', 'fail') GROUP BY subject

-- name: latencies
-- Buckets as in streams/indicators/histogram.py, from a millisecond on.
SELECT subject, CASE WHEN latency_ms < 1 THEN 0 ELSE least(1 + floor(4 * ln(latency_ms) / ln(2))::int, 80) END, count(*)
FROM nhip.health_event WHERE time >= %s AND time < %s AND latency_ms IS NOT NULL GROUP BY 1, 2

-- name: documents
SELECT subject, sum(electronic)::bigint, sum(sent)::bigint
FROM (
    SELECT subject, least(greatest((data -> 'metrics' ->> 'documents_electronic')::float8, 0), 1e12) AS electronic,
           least(greatest((data -> 'metrics' ->> 'documents_sent')::float8, 0), 1e12) AS sent
    FROM nhip.health_event
    WHERE time >= %s AND time < %s AND data -> 'metrics' ?& ARRAY['documents_electronic', 'documents_sent']
) counted
GROUP BY subject

-- name: queues
SELECT subject, max((data ->> 'queue_length')::bigint), NULL::bigint
FROM nhip.health_event WHERE time >= %s AND time < %s AND data ? 'queue_length' GROUP BY subject

-- name: certificates
SELECT subject, min((data ->> 'cert_days')::bigint), NULL::bigint
FROM nhip.health_event WHERE time >= %s AND time < %s AND data ? 'cert_days' GROUP BY subject

-- name: heartbeats
SELECT s.subject, floor(extract(epoch FROM %(until)s - last.time))::bigint
FROM nhip.system_state s CROSS JOIN LATERAL (
    SELECT e.time FROM nhip.health_event e
    WHERE e.subject = s.subject AND e.time < %(until)s AND e.status IN ('ok', 'degraded', 'fail')
    ORDER BY e.time DESC LIMIT 1
) last
