-- name: alerts
-- Every firing that was open at some time of the day, as the audit has it; `reason` is the last one.
SELECT a.id, a.rule, a.labels, a.severity, a.reason_vi, a.reason_en, e.fired_at, e.taken_at, e.taken_by,
       CASE WHEN e.resolved_at >= e.opened_at THEN e.resolved_at END
FROM (
    SELECT alert, min(at) FILTER (WHERE step = 'fired') AS fired_at,
           max(at) FILTER (WHERE step IN ('fired', 'reopened')) AS opened_at,
           min(at) FILTER (WHERE step = 'acknowledged') AS taken_at,
           (array_agg(who ORDER BY at) FILTER (WHERE step = 'acknowledged'))[1] AS taken_by,
           max(at) FILTER (WHERE step = 'resolved') AS resolved_at
    FROM board.alert_step WHERE at < %(upper)s GROUP BY alert, episode
) e JOIN board.alert a ON a.id = e.alert
WHERE e.fired_at IS NOT NULL AND (e.resolved_at IS NULL OR e.resolved_at < e.opened_at OR e.resolved_at >= %(lower)s)
ORDER BY array_position(ARRAY['critical', 'warning', 'info'], a.severity), e.fired_at, a.id

-- name: restatements
-- What late events changed in closed periods that day: by period and measure.
SELECT first, past, measure, count(DISTINCT subject), sum(new - old)::bigint
FROM board.restatement
WHERE recorded_at >= %(lower)s AND recorded_at < %(upper)s
GROUP BY 1, 2, 3 ORDER BY 1, 2, 3

-- name: directives
SELECT number, agency, kind, text, subjects, sent_at, due_at,
       CASE WHEN done_at < %(upper)s THEN done_at END, CASE WHEN closed_at < %(upper)s THEN closed_at END
FROM board.directive
WHERE sent_at < %(upper)s AND (closed_at IS NULL OR closed_at >= %(lower)s)
ORDER BY due_at, number

-- name: shift_log
SELECT at, who, to_whom, text FROM board.shift_log
WHERE at >= %(lower)s AND at < %(upper)s ORDER BY at, who
