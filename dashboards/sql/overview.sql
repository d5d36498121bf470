-- name: to_do
SELECT t.kind, coalesce(s.{name}, t.what) AS what,
       coalesce(a.{name}, CASE t.agency WHEN 'unassigned' THEN '{unassigned}' ELSE t.agency END) AS agency, a.phone, t.n,
       date_part('epoch', now() - t.since) AS age
FROM board.to_do(5, ARRAY[${agency:sqlstring}]::text[]) t
LEFT JOIN board.entry a ON a.kind = 'agency' AND a.code = t.agency
LEFT JOIN board.entry s ON s.kind = 'system' AND s.code = t.what

-- name: on_duty
SELECT coalesce({title}, shift) AS shift, name, phone, to_char(until AT TIME ZONE 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD HH24:MI') AS until
FROM board.on_duty
ORDER BY shift

-- name: paused_count
SELECT sum(paused)::bigint AS paused FROM board.stream_pulse

-- name: figures
SELECT i.name AS indicator,
       coalesce(f.shown, translate(to_char(f.numerator, 'FM999,999,999,990'), ',', '{thousands}')
                         || CASE split_part(i.name, '.', 1) WHEN 'reports' THEN ' {reports}' ELSE ' {dossiers}' END) AS shown,
       f.numerator, f.denominator
FROM unnest(ARRAY['reports.received', 'reports.processed', 'dossiers.received', 'dossiers.on_time',
                  'dossiers.online_eligible', 'health.uptime']) WITH ORDINALITY AS i (name, place)
CROSS JOIN LATERAL board.figure(i.name, $__timeFrom()::timestamptz, $__timeTo()::timestamptz,
                                ARRAY[${agency:sqlstring}]::text[]) f
ORDER BY i.place

-- name: by_day
SELECT to_char(f.day, 'YYYY-MM-DD') AS day, coalesce(e.{name}, f.who) AS who,
       coalesce(f.shown, translate(to_char(f.numerator, 'FM999,999,999,990'), ',', '{thousands}')
                         || CASE split_part(${indicator:sqlstring}, '.', 1)
                                 WHEN 'reports' THEN ' {reports}' ELSE ' {dossiers}' END) AS shown,
       f.numerator, f.denominator
FROM board.figure_by_day(${indicator:sqlstring}, $__timeFrom()::timestamptz, $__timeTo()::timestamptz,
                         ARRAY[${agency:sqlstring}]::text[]) f
LEFT JOIN board.entry e
       ON e.kind = CASE ${indicator:sqlstring} WHEN 'health.uptime' THEN 'system' ELSE 'agency' END AND e.code = f.who
ORDER BY f.day DESC, who

-- name: uptime
SELECT coalesce(e.{name}, u.system_id) AS system, u.shown, u.percent, u.down_s, u.coverage
FROM board.uptime_by_system($__timeFrom()::timestamptz, $__timeTo()::timestamptz) u
LEFT JOIN board.entry e ON e.kind = 'system' AND e.code = u.system_id
ORDER BY u.percent NULLS LAST, system
