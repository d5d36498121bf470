-- name: events_dossiers
SELECT type, time, source, event_id, data::text, partition, "offset", appended_at
FROM nhip.dossier_event WHERE subject = %s ORDER BY time, source, event_id

-- name: events_reports
SELECT type, time, source, event_id, data::text, partition, "offset", appended_at
FROM nhip.report_event WHERE subject = %s ORDER BY time, source, event_id
