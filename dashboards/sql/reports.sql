-- name: overdue_list
SELECT r.report_id, coalesce(c.{name}, r.category) AS category, r.state, r.agency AS code,
       coalesce(a.name, CASE r.agency WHEN 'unassigned' THEN '{unassigned}' ELSE r.agency END) AS agency, a.phone,
       r.due_at, date_part('epoch', now() - r.overdue_at) AS late
FROM board.report r
LEFT JOIN board.entry c ON c.kind = 'category' AND c.code = r.category
LEFT JOIN board.entry a ON a.kind = 'agency' AND a.code = r.agency
WHERE r.open AND r.overdue_at < now()
  AND ((ARRAY[${agency:sqlstring}]::text[])[1] IS NULL OR r.agency = ANY (ARRAY[${agency:sqlstring}]::text[]))
  AND ((ARRAY[${area:sqlstring}]::text[])[1] IS NULL OR r.area = ANY (ARRAY[${area:sqlstring}]::text[]))
ORDER BY r.overdue_at
LIMIT 50

-- name: by_agency
SELECT f.who AS code, coalesce(a.name, CASE f.who WHEN 'unassigned' THEN '{unassigned}' ELSE f.who END) AS agency, a.phone,
       coalesce(sum(f.numerator) FILTER (WHERE i.name = 'reports.open'), 0)::bigint     AS open,
       coalesce(sum(f.numerator) FILTER (WHERE i.name = 'reports.due_soon'), 0)::bigint AS due_soon,
       coalesce(sum(f.numerator) FILTER (WHERE i.name = 'reports.overdue'), 0)::bigint  AS overdue,
       board.percent(sum(f.numerator) FILTER (WHERE i.name = 'reports.on_time')::bigint,
                     sum(f.denominator) FILTER (WHERE i.name = 'reports.on_time')::bigint) AS on_time
FROM board.days($__timeFrom()::timestamptz, $__timeTo()::timestamptz) d
CROSS JOIN unnest(ARRAY['reports.open', 'reports.due_soon', 'reports.overdue', 'reports.on_time']) AS i (name)
CROSS JOIN LATERAL board.indicator(i.name, d.first, d.past, now(), 'agency') f
LEFT JOIN board.entry a ON a.kind = 'agency' AND a.code = f.who
WHERE (ARRAY[${agency:sqlstring}]::text[])[1] IS NULL OR f.who = ANY (ARRAY[${agency:sqlstring}]::text[])
GROUP BY f.who, a.name, a.phone
ORDER BY overdue DESC, due_soon DESC, open DESC
LIMIT 50

-- name: received_by
-- All of them are counted already; of some agencies or areas, which are not counted together, the reports are.
SELECT coalesce(c.{name}, f.who) AS {axis}, sum(f.n)::bigint AS received
FROM board.days($__timeFrom()::timestamptz, $__timeTo()::timestamptz) d
CROSS JOIN LATERAL (
    SELECT i.who, i.numerator AS n
    FROM board.indicator('reports.received', d.first, d.past, now(), '{axis}') i
    WHERE (ARRAY[${agency:sqlstring}]::text[])[1] IS NULL AND (ARRAY[${area:sqlstring}]::text[])[1] IS NULL
    UNION ALL
    SELECT coalesce(r.{axis}, 'unassigned'), count(*)
    FROM board.report r
    WHERE r.received_at >= d.first::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'
      AND r.received_at < d.past::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'
      AND coalesce((ARRAY[${agency:sqlstring}]::text[])[1], (ARRAY[${area:sqlstring}]::text[])[1]) IS NOT NULL
      AND ((ARRAY[${agency:sqlstring}]::text[])[1] IS NULL OR r.agency = ANY (ARRAY[${agency:sqlstring}]::text[]))
      AND ((ARRAY[${area:sqlstring}]::text[])[1] IS NULL OR r.area = ANY (ARRAY[${area:sqlstring}]::text[]))
    GROUP BY 1
) f
LEFT JOIN board.entry c ON c.kind = '{axis}' AND c.code = f.who
WHERE f.n > 0
GROUP BY c.{name}, f.who
ORDER BY received DESC, {axis}
LIMIT 12

-- name: places
WITH found AS (
    SELECT r.lat, r.lon, r.report_id, coalesce(c.{name}, r.category) AS category, NULL AS label, 1 AS weight,
           CASE WHEN NOT r.open THEN 0 WHEN r.overdue_at < now() THEN 2 ELSE 1 END AS standing
    FROM board.report r
    LEFT JOIN board.entry c ON c.kind = 'category' AND c.code = r.category
    WHERE $__timeFilter(r.received_at) AND r.lat IS NOT NULL AND r.lon IS NOT NULL
      AND ((ARRAY[${agency:sqlstring}]::text[])[1] IS NULL OR r.agency = ANY (ARRAY[${agency:sqlstring}]::text[]))
      AND ((ARRAY[${area:sqlstring}]::text[])[1] IS NULL OR r.area = ANY (ARRAY[${area:sqlstring}]::text[]))
    ORDER BY r.received_at DESC
    LIMIT 1000
)
SELECT lat, lon, report_id, category, label, weight, standing FROM found
UNION ALL
SELECT a.lat, a.lon, NULL, NULL, a.name, 0, NULL
FROM board.entry a
WHERE a.kind = 'area' AND a.lat IS NOT NULL AND a.lon IS NOT NULL AND EXISTS (SELECT FROM found)
  AND NOT EXISTS (SELECT FROM board.entry b WHERE b.kind = 'area' AND b.parent = a.code)

-- name: received_over_time
SELECT time_bucket('$__interval'::interval, r.received_at, 'Asia/Ho_Chi_Minh') AS time,
       count(*) FILTER (WHERE r.priority IS DISTINCT FROM 'urgent') AS normal,
       count(*) FILTER (WHERE r.priority = 'urgent')                AS urgent
FROM board.report r
WHERE $__timeFilter(r.received_at)
  AND ((ARRAY[${agency:sqlstring}]::text[])[1] IS NULL OR r.agency = ANY (ARRAY[${agency:sqlstring}]::text[]))
  AND ((ARRAY[${area:sqlstring}]::text[])[1] IS NULL OR r.area = ANY (ARRAY[${area:sqlstring}]::text[]))
GROUP BY 1
ORDER BY 1

-- name: by_channel
SELECT count(*) FILTER (WHERE r.channel = 'app')     AS app,
       count(*) FILTER (WHERE r.channel = 'phone')   AS phone,
       count(*) FILTER (WHERE r.channel = 'web')     AS web,
       count(*) FILTER (WHERE r.channel = 'zalo')    AS zalo,
       count(*) FILTER (WHERE r.channel = 'counter') AS counter,
       count(*) FILTER (WHERE coalesce(r.channel, '') NOT IN ('app', 'phone', 'web', 'zalo', 'counter')) AS other
FROM board.report r
WHERE $__timeFilter(r.received_at)
  AND ((ARRAY[${agency:sqlstring}]::text[])[1] IS NULL OR r.agency = ANY (ARRAY[${agency:sqlstring}]::text[]))
  AND ((ARRAY[${area:sqlstring}]::text[])[1] IS NULL OR r.area = ANY (ARRAY[${area:sqlstring}]::text[]))
HAVING count(*) > 0

-- name: hot_spots
SELECT coalesce(c.{name}, a.labels ->> 'category') AS category, a.labels ->> 'place' AS place,
       date_part('epoch', now() - a.since) AS since, a.{reason} AS reason, a.acknowledged_by
FROM board.alert a
LEFT JOIN board.entry c ON c.kind = 'category' AND c.code = a.labels ->> 'category'
WHERE a.state <> 'resolved' AND a.labels ->> 'category' IS NOT NULL AND a.labels ->> 'place' IS NOT NULL
ORDER BY a.since
LIMIT 20

-- name: areas
SELECT code AS __value, name AS __text FROM board.entry WHERE kind = 'area' ORDER BY name
