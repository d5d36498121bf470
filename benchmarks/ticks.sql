-- name: systems
INSERT INTO nhip.system_state (subject, first_at, last_at, fold, tail, beats_since, terms, version)
SELECT subject, at, at, fold, '[]', 0, '{}', 1
FROM unnest(%s::text[], %s::timestamptz[], %s::jsonb[]) AS u (subject, at, fold)
ON CONFLICT (subject) DO UPDATE
SET last_at = excluded.last_at, fold = excluded.fold, version = nhip.system_state.version + 1

-- name: pings
INSERT INTO nhip.health_event (time, id, subject, check_id, status, interval_s, grace_s, data, partition, "offset", appended_at)
SELECT at, gen_random_uuid(), subject, 'web', 'fail', 600, 60, '{"error": "HTTP 502"}', 0, 0, at
FROM unnest(%s::text[], %s::timestamptz[]) AS u (subject, at)

-- name: partitions
INSERT INTO nhip.partition (topic, partition, stream, cluster_id, next_offset, end_offset, appended_at)
SELECT 'nhip.' || stream, n, stream, 'bench', 1, 1, now() + interval '1 day'
FROM unnest(ARRAY['reports', 'dossiers', 'health']) AS s (stream), generate_series(0, 5) AS n

-- name: observed
INSERT INTO nhip.observed_time (topic, partition, lower, upper)
SELECT topic, partition, date_trunc('day', now()) - interval '1 hour', now() FROM nhip.partition
ON CONFLICT (topic, partition, lower) DO UPDATE SET upper = excluded.upper

-- name: history
INSERT INTO nhip.alert (id, rule, labels, severity, state, since, reason_vi, reason_en, evidence, level, episode, relapses,
                        told, fired_at, resolved_at, by_hand)
SELECT left(md5(n::text), 16), 'system-down', jsonb_build_object('system', 'old-' || n), 'critical', 'resolved',
       at, 'mất tín hiệu', 'silent', '{}', 0, 1, 0, false, at, at + interval '10 minutes', false
FROM generate_series(1, %s) AS n, LATERAL (SELECT now() - n * interval '1 minute' - interval '1 day') AS t (at)

-- name: steps
INSERT INTO nhip.alert_step (alert, episode, step, at)
SELECT a.id, 1, s.step, CASE s.step WHEN 'fired' THEN a.fired_at ELSE a.resolved_at END
FROM nhip.alert a, (VALUES ('fired'), ('resolved')) AS s (step)

-- name: standing
SELECT count(*) FILTER (WHERE state <> 'resolved'), count(*) FILTER (WHERE state = 'resolved') FROM nhip.alert
