-- name: standing
SELECT count(*) FILTER (WHERE state = 'firing' AND severity = 'critical') AS critical,
       count(*) FILTER (WHERE state = 'firing' AND severity = 'warning')  AS firing,
       count(*) FILTER (WHERE state = 'acknowledged')                     AS acknowledged,
       count(*) FILTER (WHERE state = 'suppressed')                       AS suppressed
FROM board.alert

-- name: open
SELECT severity, state, o.{name} AS about, {reason} AS reason, rule, date_part('epoch', now() - fired_at) AS age, acknowledged_by,
       date_part('epoch', now() - acknowledged_at) AS taken, relapses
FROM board.alert a CROSS JOIN LATERAL board.about(a.labels) o
WHERE state IN ('firing', 'acknowledged', 'suppressed')
ORDER BY array_position(ARRAY['firing', 'acknowledged', 'suppressed'], state),
         array_position(ARRAY['critical', 'warning', 'info'], severity), fired_at
LIMIT 50

-- name: by_rule
WITH episode AS (
    SELECT s.alert, s.episode, min(s.at) FILTER (WHERE s.step = 'fired')   AS fired,
           min(s.at) FILTER (WHERE s.step = 'acknowledged')                AS taken,
           max(s.at) FILTER (WHERE s.step = 'resolved')                    AS resolved,
           count(*) FILTER (WHERE s.step = 'reopened')                     AS reopened
    FROM board.alert_step s
    WHERE $__timeFilter(s.at)
    GROUP BY s.alert, s.episode
)
SELECT a.rule, count(e.fired) AS fired, date_part('epoch', avg(e.taken - e.fired)) AS to_take,
       date_part('epoch', avg(e.resolved - e.fired)) AS to_resolve, sum(e.reopened)::bigint AS reopened
FROM episode e JOIN board.alert a ON a.id = e.alert
GROUP BY a.rule
ORDER BY fired DESC, a.rule

-- name: steps
SELECT s.at, s.step, a.severity, o.{name} AS about, a.{reason} AS reason, s.who, s.{note} AS note
FROM board.alert_step s JOIN board.alert a ON a.id = s.alert CROSS JOIN LATERAL board.about(a.labels) o
WHERE $__timeFilter(s.at)
ORDER BY s.number DESC
LIMIT 50
