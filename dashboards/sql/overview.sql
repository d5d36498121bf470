-- name: as_of
SELECT to_char(now() AT TIME ZONE 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD HH24:MI:SS') AS as_of

-- name: data_age
SELECT date_part('epoch', now() - max(fresh) FILTER (WHERE stream = 'reports'))  AS reports,
       date_part('epoch', now() - max(fresh) FILTER (WHERE stream = 'dossiers')) AS dossiers,
       date_part('epoch', now() - max(fresh) FILTER (WHERE stream = 'health'))   AS health
FROM board.stream_pulse

-- name: paused_count
SELECT sum(paused)::bigint AS paused FROM board.stream_pulse

-- name: count
SELECT numerator
FROM board.figure('{indicator}', $__timeFrom()::timestamptz, $__timeTo()::timestamptz,
                  ARRAY[${agency:sqlstring}]::text[])

-- name: ratio
SELECT shown
FROM board.figure('{indicator}', $__timeFrom()::timestamptz, $__timeTo()::timestamptz,
                  ARRAY[${agency:sqlstring}]::text[])

-- name: figures
SELECT i.name AS indicator, f.shown, f.numerator, f.denominator
FROM unnest(ARRAY['reports.received', 'reports.processed', 'dossiers.received', 'dossiers.on_time',
                  'dossiers.online_eligible', 'health.uptime']) WITH ORDINALITY AS i (name, place)
CROSS JOIN LATERAL board.figure(i.name, $__timeFrom()::timestamptz, $__timeTo()::timestamptz,
                                ARRAY[${agency:sqlstring}]::text[]) f
ORDER BY i.place

-- name: streams
SELECT stream, stored, round(per_minute)::bigint AS per_minute, lag, duplicates, dead_letters,
       date_part('epoch', now() - fresh) AS age
FROM board.stream_pulse JOIN board.stream_rate USING (stream)
ORDER BY array_position(ARRAY['reports', 'dossiers', 'health'], stream)

-- name: by_day
SELECT to_char(day, 'YYYY-MM-DD') AS day, who, shown, numerator, denominator
FROM board.figure_by_day(${indicator:sqlstring}, $__timeFrom()::timestamptz, $__timeTo()::timestamptz,
                         ARRAY[${agency:sqlstring}]::text[])
ORDER BY day DESC, who

-- name: uptime
SELECT system_id, shown, percent, down_s, coverage
FROM board.uptime_by_system($__timeFrom()::timestamptz, $__timeTo()::timestamptz)
ORDER BY percent NULLS LAST, system_id

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
       sum(letters) FILTER (WHERE reason NOT IN (
           'tombstone', 'not_json', 'not_cloudevents', 'unknown_type', 'invalid_data', 'subject_mismatch',
           'outside_horizon', 'conflict', 'refused_by_database', 'poison')) AS other
FROM board.dead_letters($__timeFrom()::timestamptz, $__timeTo()::timestamptz, '$__interval'::interval)
GROUP BY bucket
ORDER BY bucket

-- name: paused
SELECT stream, topic, partition, paused_at, next_offset, lag
FROM board.partition_pulse
WHERE paused IS NOT NULL
ORDER BY paused_at

-- name: agencies
SELECT agency AS __value, CASE agency WHEN 'unassigned' THEN '{unassigned}' ELSE agency END AS __text
FROM board.agency
ORDER BY agency
