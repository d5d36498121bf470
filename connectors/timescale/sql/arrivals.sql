-- name: totals
-- How much of a day has come in so far, by flow: what the counters of indicators say, which costs the same however much.
SELECT 'dossiers:' || who, numerator FROM board.indicator('dossiers.received', %(day)s, %(day)s + 1, now(), 'channel')
UNION ALL
SELECT 'reports:' || who, numerator FROM board.indicator('reports.received', %(day)s, %(day)s + 1, now(), 'channel')
UNION ALL
SELECT 'category:' || who, numerator FROM board.indicator('reports.received', %(day)s, %(day)s + 1, now(), 'category')

-- name: keep
-- What came while a system that carries it did not answer is not usual.
INSERT INTO nhip.arrival (at, flow, n, usual)
SELECT %(at)s, u.flow, u.n, NOT %(special)s AND NOT EXISTS (
    SELECT FROM nhip.decision d
    WHERE d.kind = 'system' AND u.systems ? d.id AND d.state IN ('down', 'unreachable', 'maintenance'))
FROM jsonb_to_recordset(%(counts)s) AS u (flow text, n bigint, systems jsonb)
ON CONFLICT DO NOTHING

-- name: keep_usual
-- The hour of the week that has just ended, of the last twelve weeks: median and MAD of the weeks in which it was counted
-- whole and was like others.
INSERT INTO nhip.usual_arrival (flow, hour, weeks, median, mad)
SELECT m.flow, %(hour_of_week)s, m.weeks, m.median,
       (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY abs(x - m.median)) FROM unnest(m.each) x)
FROM (
    SELECT h.flow, count(*) AS weeks, array_agg(h.n) AS each, percentile_cont(0.5) WITHIN GROUP (ORDER BY h.n) AS median
    FROM (
        SELECT a.flow, sum(a.n) AS n
        FROM generate_series(0, 11) AS w (week)
        JOIN nhip.arrival a ON a.at >= %(hour)s - w.week * interval '7 days'
                           AND a.at < %(hour)s - w.week * interval '7 days' + interval '1 hour'
        GROUP BY a.flow, w.week
        HAVING count(*) = 12 AND bool_and(a.usual)
    ) h GROUP BY h.flow
) m
ON CONFLICT (flow, hour) DO UPDATE SET weeks = excluded.weeks, median = excluded.median, mad = excluded.mad

-- name: forget
DELETE FROM nhip.arrival WHERE at < %s - interval '13 weeks'

-- name: counts
SELECT flow, board.microseconds(at), n FROM nhip.arrival WHERE at >= %s

-- name: usual
SELECT flow, hour, weeks, median, mad FROM nhip.usual_arrival

-- name: sightings
-- Where reports of a category usually come from at this hour of the day: how many an hour, of the last four weeks.
SELECT kind, round((detail ->> 'lat')::numeric, 2)::text || ',' || round((detail ->> 'lon')::numeric, 2)::text,
       (count(*) / 28.0)::float8
FROM nhip.report_state
WHERE received_at > %(now)s - interval '28 days' AND received_at <= %(now)s - interval '2 hours'
  AND extract(hour FROM received_at AT TIME ZONE 'Asia/Ho_Chi_Minh')
    = extract(hour FROM %(now)s AT TIME ZONE 'Asia/Ho_Chi_Minh')
  AND detail ? 'lat' AND detail ? 'lon'
GROUP BY 1, 2 HAVING count(*) >= 4
