-- What became of each episode of an alert, without digests. `told`: somebody heard of it, for it was not suppressed all the
-- time; `handled`: a person acknowledged, silenced or resolved it.
CREATE VIEW board.alert_episode AS
SELECT e.alert, e.episode, a.rule, a.severity, a.labels ->> 'system' AS system_id, e.fired_at, e.acknowledged_at,
       e.resolved_at, e.told, e.handled
FROM (
    SELECT s.alert, s.episode,
           min(s.at) FILTER (WHERE s.step = 'fired') AS fired_at,
           min(s.at) FILTER (WHERE s.step = 'acknowledged') AS acknowledged_at,
           CASE WHEN (array_agg(s.step ORDER BY s.number DESC)
                      FILTER (WHERE s.step IN ('fired', 'reopened', 'resolved')))[1] = 'resolved'
                THEN max(s.at) FILTER (WHERE s.step = 'resolved') END AS resolved_at,
           bool_or(s.step = 'unsuppressed')
           OR min(s.at) FILTER (WHERE s.step = 'fired')
              IS DISTINCT FROM min(s.at) FILTER (WHERE s.step = 'suppressed') AS told,
           bool_or(s.who IS NOT NULL) AS handled
    FROM nhip.alert_step s
    WHERE s.episode > 0
    GROUP BY s.alert, s.episode
) e JOIN nhip.alert a ON a.id = e.alert
WHERE NOT a.passing AND e.fired_at IS NOT NULL;
