-- name: reckoned
SELECT to_char(as_of AT TIME ZONE 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD HH24:MI:SS') AS reckoned
FROM board.qd766
WHERE period = board.period_of(${span:sqlstring}, $__timeTo()::timestamptz)
  AND agency = board.one_of(ARRAY[${agency:sqlstring}]::text[]) AND kind = 'whole'

-- name: whole
SELECT shown, maximum
FROM board.qd766
WHERE period = board.period_of(${span:sqlstring}, $__timeTo()::timestamptz)
  AND agency = board.one_of(ARRAY[${agency:sqlstring}]::text[]) AND kind = 'whole'

-- name: share
SELECT percent
FROM board.qd766
WHERE period = board.period_of(${span:sqlstring}, $__timeTo()::timestamptz)
  AND agency = board.one_of(ARRAY[${agency:sqlstring}]::text[]) AND kind = 'whole'

-- name: groups
SELECT {name} AS part, shown, maximum, percent
FROM board.qd766
WHERE period = board.period_of(${span:sqlstring}, $__timeTo()::timestamptz)
  AND agency = board.one_of(ARRAY[${agency:sqlstring}]::text[]) AND kind = 'group'
ORDER BY place

-- name: components
SELECT g.{name} AS part, c.{name} AS component, c.shown, c.maximum, c.numerator, c.denominator, c.threshold,
       c.{reason} AS reason
FROM board.qd766 c
CROSS JOIN LATERAL (
    SELECT w.name, w.name_en FROM board.qd766 w
    WHERE w.period = c.period AND w.agency = c.agency AND w.kind = 'group' AND w.place < c.place
    ORDER BY w.place DESC LIMIT 1
) g
WHERE c.period = board.period_of(${span:sqlstring}, $__timeTo()::timestamptz) AND c.agency = board.one_of(ARRAY[${agency:sqlstring}]::text[])
  AND c.kind = 'component'
ORDER BY c.place

-- name: by_month
SELECT to_char(to_date(w.period, 'YYYY-MM'), 'MM/YYYY') AS month, w.percent
FROM board.qd766 w
JOIN board.qd766 d ON d.period = w.period AND d.agency = w.agency AND d.id = 'on_time' AND d.denominator > 0
WHERE w.agency = board.one_of(ARRAY[${agency:sqlstring}]::text[]) AND w.kind = 'whole' AND w.period LIKE '____-__' AND w.period NOT LIKE '%Q%'
ORDER BY w.period

-- name: by_agency
SELECT q.agency AS code, coalesce(a.name, CASE q.agency WHEN 'unassigned' THEN '{unassigned}' ELSE q.agency END) AS agency,
       max(q.shown) FILTER (WHERE q.kind = 'whole') AS shown, max(q.maximum) FILTER (WHERE q.kind = 'whole') AS maximum,
       max(q.percent) FILTER (WHERE q.kind = 'whole') AS percent,
       max(q.shown) FILTER (WHERE q.id = 'transparency') AS transparency,
       max(q.shown) FILTER (WHERE q.id = 'progress') AS progress,
       max(q.shown) FILTER (WHERE q.id = 'digitisation') AS digitisation,
       max(q.shown) FILTER (WHERE q.id = 'online') AS online,
       max(q.shown) FILTER (WHERE q.id = 'satisfaction') AS satisfaction
FROM board.qd766 q
LEFT JOIN board.entry a ON a.kind = 'agency' AND a.code = q.agency
WHERE q.period = board.period_of(${span:sqlstring}, $__timeTo()::timestamptz) AND q.agency <> ''
  AND ((ARRAY[${agency:sqlstring}]::text[])[1] IS NULL OR q.agency = ANY (ARRAY[${agency:sqlstring}]::text[]))
GROUP BY q.agency, a.name
ORDER BY q.agency = 'unassigned', percent DESC NULLS LAST, agency
LIMIT 100
