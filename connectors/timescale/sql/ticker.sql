-- name: elect
SELECT pg_try_advisory_lock(%s)

-- name: clock
SELECT now()

-- name: observed
SELECT lower, upper FROM nhip.observed('health') ORDER BY lower DESC LIMIT 1

-- name: versions
SELECT subject, version FROM nhip.system_state

-- name: folds
SELECT subject, version, fold FROM nhip.system_state WHERE subject = ANY(%s)

-- name: pings
-- The last ping of each check; two of one moment say the same or nobody knows which is last.
SELECT DISTINCT ON (u.subject, u.check_id)
       u.subject, u.check_id, e.interval_s, e.grace_s, e.latency_ms, e.data
FROM unnest(%(subjects)s::text[], %(checks)s::text[], %(times)s::timestamptz[]) AS u (subject, check_id, time)
JOIN nhip.health_event e ON e.subject = u.subject AND e.time = u.time AND e.check_id = u.check_id AND e.status <> 'start'
WHERE e.time BETWEEN %(first)s AND %(last)s  -- spares the planner all other chunks
ORDER BY u.subject, u.check_id, e.id

-- name: planned
-- Systems on which planned work ended within the last minutes, and when.
SELECT subject, board.microseconds(max(upper)) FROM nhip.health_interval
WHERE planned AND upper > now() - interval '5 minutes' AND upper <= now() GROUP BY subject

-- name: decisions
SELECT kind, id, state, board.microseconds(since), reason_vi, reason_en, data FROM nhip.decision

-- name: put_decisions
INSERT INTO nhip.decision (kind, id, state, since, reason_vi, reason_en, data, decided_at)
SELECT kind, id, state, timestamptz 'epoch' + since * interval '1 microsecond', reason_vi, reason_en, data, now()
FROM jsonb_to_recordset(%s) AS u (kind text, id text, state text, since bigint, reason_vi text, reason_en text, data jsonb)
ON CONFLICT (kind, id) DO UPDATE
SET state = excluded.state, since = excluded.since, reason_vi = excluded.reason_vi, reason_en = excluded.reason_en,
    data = excluded.data, decided_at = excluded.decided_at

-- name: end_decisions
DELETE FROM nhip.decision d USING unnest(%s::text[], %s::text[]) AS u (kind, id) WHERE d.kind = u.kind AND d.id = u.id

-- name: keep_tick
INSERT INTO nhip.tick (single, ticked_at, observed_to) VALUES (true, now(), %s)
ON CONFLICT (single) DO UPDATE SET ticked_at = excluded.ticked_at, observed_to = excluded.observed_to
