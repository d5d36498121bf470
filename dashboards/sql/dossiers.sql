-- name: matrix
SELECT coalesce(a.name, CASE f.within WHEN 'unassigned' THEN '{unassigned}' ELSE f.within END) AS agency,
       coalesce(e.{name}, CASE f.who WHEN 'unassigned' THEN '{unassigned}' ELSE f.who END) AS field,
       CASE WHEN f.denominator IS NULL THEN f.numerator ELSE f.numerator * 100 / nullif(f.denominator, 0) END AS value
FROM board.days($__timeFrom()::timestamptz, $__timeTo()::timestamptz) d
CROSS JOIN LATERAL (
    SELECT w.who
    FROM board.indicator('dossiers.stock', d.first, d.past, now(), 'agency') w
    WHERE (ARRAY[${agency:sqlstring}]::text[])[1] IS NULL OR w.who = ANY (ARRAY[${agency:sqlstring}]::text[])
    ORDER BY w.numerator DESC, w.who
    LIMIT 15
) most
CROSS JOIN LATERAL board.indicator(${indicator:sqlstring}, d.first, d.past, now(), 'agency,field', ARRAY[most.who]) f
LEFT JOIN board.entry a ON a.kind = 'agency' AND a.code = f.within
LEFT JOIN board.entry e ON e.kind = 'field' AND e.code = f.who
ORDER BY agency, field

-- name: by_agency
SELECT f.who AS code, coalesce(a.name, CASE f.who WHEN 'unassigned' THEN '{unassigned}' ELSE f.who END) AS agency, a.phone,
       coalesce(sum(f.numerator) FILTER (WHERE i.name = 'dossiers.stock'), 0)::bigint    AS stock,
       coalesce(sum(f.numerator) FILTER (WHERE i.name = 'dossiers.due_soon'), 0)::bigint AS due_soon,
       coalesce(sum(f.numerator) FILTER (WHERE i.name = 'dossiers.overdue'), 0)::bigint  AS overdue,
       coalesce(sum(f.numerator) FILTER (WHERE i.name = 'dossiers.waiting'), 0)::bigint  AS waiting,
       board.percent(sum(f.numerator) FILTER (WHERE i.name = 'dossiers.on_time')::bigint,
                     sum(f.denominator) FILTER (WHERE i.name = 'dossiers.on_time')::bigint) AS on_time,
       board.percent(sum(f.numerator) FILTER (WHERE i.name = 'dossiers.online')::bigint,
                     sum(f.denominator) FILTER (WHERE i.name = 'dossiers.online')::bigint) AS online
FROM board.days($__timeFrom()::timestamptz, $__timeTo()::timestamptz) d
CROSS JOIN unnest(ARRAY['dossiers.stock', 'dossiers.due_soon', 'dossiers.overdue', 'dossiers.waiting',
                        'dossiers.on_time', 'dossiers.online']) AS i (name)
CROSS JOIN LATERAL board.indicator(i.name, d.first, d.past, now(), 'agency') f
LEFT JOIN board.entry a ON a.kind = 'agency' AND a.code = f.who
WHERE (ARRAY[${agency:sqlstring}]::text[])[1] IS NULL OR f.who = ANY (ARRAY[${agency:sqlstring}]::text[])
GROUP BY f.who, a.name, a.phone
ORDER BY overdue DESC, due_soon DESC, stock DESC
LIMIT 50

-- name: overdue_list
SELECT o.dossier_id, coalesce(e.{name}, o.field) AS field, o.agency AS code,
       coalesce(a.name, CASE o.agency WHEN 'unassigned' THEN '{unassigned}' ELSE o.agency END) AS agency, a.phone, o.due_at,
       date_part('epoch', now() - o.overdue_at) AS late
FROM board.dossier o
LEFT JOIN board.entry e ON e.kind = 'field' AND e.code = o.field
LEFT JOIN board.entry a ON a.kind = 'agency' AND a.code = o.agency
WHERE o.open AND o.overdue_at < now()
  AND ((ARRAY[${agency:sqlstring}]::text[])[1] IS NULL OR o.agency = ANY (ARRAY[${agency:sqlstring}]::text[]))
ORDER BY o.overdue_at
LIMIT 50

-- name: to_come
SELECT to_char(d.day, 'DD/MM') AS day, count(o.dossier_id) AS dossiers
FROM board.working_days(board.civil_day(now()), 10) d
LEFT JOIN board.dossier o
    ON o.open AND o.overdue_at >= now() AND o.overdue_at > d.lower AND o.overdue_at <= d.upper
   AND ((ARRAY[${agency:sqlstring}]::text[])[1] IS NULL OR o.agency = ANY (ARRAY[${agency:sqlstring}]::text[]))
GROUP BY d.day
ORDER BY d.day

-- name: coverage
SELECT regexp_replace(
           board.percent(count(*) FILTER (WHERE o.due_at IS NOT NULL AND o.agency <> 'unassigned' AND o.field <> 'unassigned'),
                         count(*)), ',[0-9]+', '') AS coverage
FROM board.dossier o
WHERE o.open
  AND ((ARRAY[${agency:sqlstring}]::text[])[1] IS NULL OR o.agency = ANY (ARRAY[${agency:sqlstring}]::text[]))

-- name: in_and_out
SELECT to_char(f.day, 'DD/MM') AS day,
       coalesce(sum(f.numerator) FILTER (WHERE i.name = 'dossiers.received'), 0)::bigint AS received,
       coalesce(sum(f.numerator) FILTER (WHERE i.name = 'dossiers.finished'), 0)::bigint AS finished
FROM board.days($__timeFrom()::timestamptz, $__timeTo()::timestamptz) d
CROSS JOIN unnest(ARRAY['dossiers.received', 'dossiers.finished']) AS i (name)
CROSS JOIN LATERAL board.indicator_by_day(i.name, greatest(d.first, d.past - 62), d.past, now(), 'agency') f
WHERE (ARRAY[${agency:sqlstring}]::text[])[1] IS NULL OR f.who = ANY (ARRAY[${agency:sqlstring}]::text[])
GROUP BY f.day
ORDER BY f.day DESC
