-- name: events_dossiers
SELECT type, time, source, event_id, data::text, partition, "offset", appended_at
FROM nhip.dossier_event WHERE subject = %s ORDER BY time, source, event_id

-- name: events_reports
SELECT type, time, source, event_id, data::text, partition, "offset", appended_at
FROM nhip.report_event WHERE subject = %s ORDER BY time, source, event_id

-- name: catalogue_dossiers
SELECT catalogue FROM nhip.dossier_state WHERE subject = %s

-- name: catalogue_reports
SELECT catalogue FROM nhip.report_state WHERE subject = %s

-- name: system_now
SELECT state, since, reason, parent, heartbeat_at, latency_ms, cert_days, queue_length, decided_at, checks
FROM board.system WHERE system_id = %s

-- name: last_pings
SELECT time, check_id, status, latency_ms, interval_s, grace_s, data, concat_ws('/', %s::text, partition, "offset")
FROM nhip.health_event WHERE subject = %s ORDER BY time DESC LIMIT %s
