-- name: copy_reports
COPY nhip.report_event (id, time, type, source, subject, event_id, data, partition, "offset", appended_at)
FROM STDIN (FORMAT binary)

-- name: copy_dossiers
COPY nhip.dossier_event (id, time, type, source, subject, event_id, data, partition, "offset", appended_at)
FROM STDIN (FORMAT binary)

-- name: stage_reports
COPY staged_event (id, time, type, source, subject, event_id, data, partition, "offset", appended_at)
FROM STDIN (FORMAT binary)

-- name: stage_dossiers
COPY staged_event (id, time, type, source, subject, event_id, data, partition, "offset", appended_at)
FROM STDIN (FORMAT binary)

-- name: insert_reports
INSERT INTO nhip.report_event (id, subject, type, time, source, event_id, data, partition, "offset", appended_at)
SELECT id, subject, type, time, source, event_id, data, partition, "offset", appended_at FROM staged_event
ON CONFLICT DO NOTHING

-- name: repeated_reports
-- Staged rows that were not inserted, whether they say the same, and the hashes of what stands and of what came: of
-- reports that were anonymised, without the text that is not there any more.
SELECT s."offset", (e.type, e.subject, e.time, e.data) IS NOT DISTINCT FROM (s.type, s.subject, s.time, c.data),
       md5(concat_ws(' ', e.type, e.subject, e.time, e.data)), md5(concat_ws(' ', s.type, s.subject, s.time, c.data))
FROM staged_event s JOIN nhip.report_event e USING (id)
LEFT JOIN nhip.report_tombstone t ON t.subject = e.subject
CROSS JOIN LATERAL (SELECT CASE WHEN t.subject IS NULL THEN s.data ELSE nhip.without_text(s.data) END AS data) c
WHERE (e.partition, e."offset", e.appended_at) <> (s.partition, s."offset", s.appended_at)

-- name: insert_dossiers
INSERT INTO nhip.dossier_event (id, subject, type, time, source, event_id, data, partition, "offset", appended_at)
SELECT id, subject, type, time, source, event_id, data, partition, "offset", appended_at FROM staged_event
ON CONFLICT DO NOTHING

-- name: repeated_dossiers
SELECT s."offset", (e.type, e.subject, e.time, e.data) IS NOT DISTINCT FROM (s.type, s.subject, s.time, s.data),
       md5(concat_ws(' ', e.type, e.subject, e.time, e.data)), md5(concat_ws(' ', s.type, s.subject, s.time, s.data))
FROM staged_event s JOIN nhip.dossier_event e USING (id)
WHERE (e.partition, e."offset", e.appended_at) <> (s.partition, s."offset", s.appended_at)

-- name: lock_chunks
-- The lock that making a chunk takes; ONLY, since existing chunks are not concerned.
LOCK TABLE ONLY nhip.health_event IN SHARE UPDATE EXCLUSIVE MODE

-- name: copy_health
COPY nhip.health_event (time, id, subject, check_id, status, latency_ms, interval_s, grace_s, data, partition, "offset",
                        appended_at)
FROM STDIN (FORMAT binary)

-- name: stage_health
COPY staged_health (time, id, subject, check_id, status, latency_ms, interval_s, grace_s, data, partition, "offset",
                    appended_at)
FROM STDIN (FORMAT binary)

-- name: insert_health
INSERT INTO nhip.health_event (time, id, subject, check_id, status, latency_ms, interval_s, grace_s, data, partition,
                               "offset", appended_at)
SELECT time, id, subject, check_id, status, latency_ms, interval_s, grace_s, data, partition, "offset", appended_at
FROM staged_health
ON CONFLICT DO NOTHING

-- name: repeated_health
SELECT s."offset",
       (e.subject, e.check_id, e.status, e.latency_ms, e.interval_s, e.grace_s, e.data)
           IS NOT DISTINCT FROM (s.subject, s.check_id, s.status, s.latency_ms, s.interval_s, s.grace_s, s.data),
       md5(concat_ws(' ', e.subject, e.check_id, e.status, e.latency_ms, e.interval_s, e.grace_s, e.data)),
       md5(concat_ws(' ', s.subject, s.check_id, s.status, s.latency_ms, s.interval_s, s.grace_s, s.data))
FROM staged_health s
JOIN nhip.health_event e USING (time, id)
WHERE e.time BETWEEN %s AND %s  -- spares the planner all other chunks
  AND (e.partition, e."offset", e.appended_at) <> (s.partition, s."offset", s.appended_at)
