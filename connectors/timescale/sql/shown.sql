-- name: standing
SELECT agency, catalogue FROM board.standing(%s, %s)

-- name: history
SELECT type, moment, source, id, data::text, partition, "offset", appended_at FROM nhip.history(%s, %s)

-- name: gate_history
SELECT type, moment, source, id, data::text, partition, "offset", appended_at FROM gate.history(%s, %s)

-- name: system_now
SELECT state, since, jsonb_build_object('vi', reason_vi, 'en', reason_en), parent, heartbeat_at, latency_ms, cert_days,
       queue_length, decided_at, checks
FROM board.system WHERE system_id = %s

-- name: pings
SELECT moment, id::text, check_id, status, latency_ms, interval_s, grace_s, data, concat_ws('/', %s::text, partition, "offset")
FROM nhip.pings_of(%s, %s, %s, %s)

-- name: gate_pings
SELECT moment, id::text, check_id, status, latency_ms, interval_s, grace_s, data, concat_ws('/', %s::text, partition, "offset")
FROM gate.pings_of(%s, %s, %s, %s)

-- name: reports
SELECT report_id AS id, state, agency, category, area, channel, priority, received_at, changed_at, due_at, ended_at, open,
       overdue, flags
FROM board.report
WHERE report_id > %(after)s AND (%(state)s::text IS NULL OR state = %(state)s)
ORDER BY report_id LIMIT %(most)s

-- name: reports_of
SELECT r.* FROM unnest(%(agencies)s::text[]) AS a (code) CROSS JOIN LATERAL (
    SELECT report_id AS id, state, agency, category, area, channel, priority, received_at, changed_at, due_at, ended_at, open,
           overdue, flags
    FROM board.report
    WHERE agency = a.code AND report_id > %(after)s AND (%(state)s::text IS NULL OR state = %(state)s)
    ORDER BY report_id LIMIT %(most)s
) r ORDER BY id LIMIT %(most)s

-- name: dossiers
SELECT dossier_id AS id, state, agency, field, received_at, changed_at, due_at, ended_at, open, overdue, flags
FROM board.dossier
WHERE dossier_id > %(after)s AND (%(state)s::text IS NULL OR state = %(state)s)
ORDER BY dossier_id LIMIT %(most)s

-- name: dossiers_of
SELECT d.* FROM unnest(%(agencies)s::text[]) AS a (code) CROSS JOIN LATERAL (
    SELECT dossier_id AS id, state, agency, field, received_at, changed_at, due_at, ended_at, open, overdue, flags
    FROM board.dossier
    WHERE agency = a.code AND dossier_id > %(after)s AND (%(state)s::text IS NULL OR state = %(state)s)
    ORDER BY dossier_id LIMIT %(most)s
) d ORDER BY id LIMIT %(most)s

-- name: systems
SELECT system_id AS id, name, name_en, parent, state, since, jsonb_build_object('vi', reason_vi, 'en', reason_en) AS reason,
       heartbeat_age_s, latency_ms, cert_days, queue_length
FROM board.watched
WHERE system_id > %(after)s AND (%(state)s::text IS NULL OR state = %(state)s)
ORDER BY system_id LIMIT %(most)s
