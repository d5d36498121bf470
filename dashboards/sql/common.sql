-- name: as_of
SELECT to_char(now() AT TIME ZONE 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD HH24:MI:SS') AS as_of

-- name: data_age
SELECT date_part('epoch', now() - max(fresh) FILTER (WHERE stream = 'reports'))  AS reports,
       date_part('epoch', now() - max(fresh) FILTER (WHERE stream = 'dossiers')) AS dossiers,
       date_part('epoch', now() - max(fresh) FILTER (WHERE stream = 'health'))   AS health
FROM board.stream_pulse

-- name: count
SELECT numerator
FROM board.figure('{indicator}', $__timeFrom()::timestamptz, $__timeTo()::timestamptz,
                  ARRAY[${agency:sqlstring}]::text[])

-- name: ratio
SELECT regexp_replace(shown, ',[0-9]+', '') AS shown
FROM board.figure('{indicator}', $__timeFrom()::timestamptz, $__timeTo()::timestamptz,
                  ARRAY[${agency:sqlstring}]::text[])

-- name: streams
SELECT stream, stored, round(per_minute)::bigint AS per_minute, lag, duplicates, dead_letters,
       date_part('epoch', now() - fresh) AS age
FROM board.stream_pulse JOIN board.stream_rate USING (stream)
ORDER BY array_position(ARRAY['reports', 'dossiers', 'health'], stream)

-- name: dead_letters
SELECT bucket AS time,
       sum(letters) FILTER (WHERE reason = 'tombstone')           AS tombstone,
       sum(letters) FILTER (WHERE reason = 'not_json')            AS not_json,
       sum(letters) FILTER (WHERE reason = 'not_cloudevents')     AS not_cloudevents,
       sum(letters) FILTER (WHERE reason = 'unknown_type')        AS unknown_type,
       sum(letters) FILTER (WHERE reason = 'invalid_data')        AS invalid_data,
       sum(letters) FILTER (WHERE reason = 'subject_mismatch')    AS subject_mismatch,
       sum(letters) FILTER (WHERE reason = 'outside_horizon')     AS outside_horizon,
       sum(letters) FILTER (WHERE reason = 'conflict')            AS conflict,
       sum(letters) FILTER (WHERE reason = 'refused_by_database') AS refused_by_database,
       sum(letters) FILTER (WHERE reason = 'poison')              AS poison,
       sum(letters) FILTER (WHERE reason = 'pruned')              AS pruned,
       sum(letters) FILTER (WHERE reason NOT IN (
           'tombstone', 'not_json', 'not_cloudevents', 'unknown_type', 'invalid_data', 'subject_mismatch',
           'outside_horizon', 'conflict', 'refused_by_database', 'poison',
           'pruned')) AS other
FROM board.dead_letters($__timeFrom()::timestamptz, $__timeTo()::timestamptz, '$__interval'::interval)
GROUP BY bucket
ORDER BY bucket

-- name: paused
SELECT stream, topic, partition, paused_at, next_offset, lag
FROM board.partition_pulse
WHERE paused IS NOT NULL
ORDER BY paused_at

-- name: agencies
SELECT a.agency AS __value,
       coalesce(e.name, CASE a.agency WHEN 'unassigned' THEN '{unassigned}' ELSE a.agency END) AS __text
FROM board.agency a LEFT JOIN board.entry e ON e.kind = 'agency' AND e.code = a.agency
ORDER BY a.agency = 'unassigned', __text

-- name: alert_marks
SELECT fired_at AS time, coalesce(resolved_at, now()) AS timeend, concat_ws(': ', o.{name}, {reason}) AS text, rule AS tags
FROM board.alert a CROSS JOIN LATERAL board.about(a.labels) o
WHERE fired_at < $__timeTo()::timestamptz AND coalesce(resolved_at, now()) > $__timeFrom()::timestamptz
ORDER BY fired_at DESC
LIMIT 200

-- name: maintenance_marks
SELECT m.since AS time, m.until AS timeend, coalesce(e.{name}, m.system_id) AS text, m.system_id AS tags
FROM board.maintenance($__timeFrom()::timestamptz, $__timeTo()::timestamptz) m
LEFT JOIN board.entry e ON e.kind = 'system' AND e.code = m.system_id
ORDER BY m.since DESC
LIMIT 200

-- name: alarms
SELECT id, concat_ws(': ', o.{name}, {reason}) AS reason
FROM board.alert a CROSS JOIN LATERAL board.about(a.labels) o
WHERE severity = 'critical' AND state = 'firing'
ORDER BY fired_at DESC
LIMIT 20

-- name: directives
SELECT number, agency_name AS agency, kind, text, due_at, CASE WHEN overdue THEN 'late' ELSE state END AS state
FROM board.directive
WHERE open AND ((ARRAY[${agency:sqlstring}]::text[])[1] IS NULL OR agency = ANY (ARRAY[${agency:sqlstring}]::text[]))
ORDER BY due_at
LIMIT 50
