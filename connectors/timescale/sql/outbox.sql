-- name: put
INSERT INTO nhip.outbox (key, channel, alert, firing, notice, body)
SELECT * FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::jsonb[])
ON CONFLICT DO NOTHING

-- name: told
-- The channels that were told of a firing.
SELECT DISTINCT channel FROM nhip.outbox WHERE alert = %s AND firing = %s AND notice = 'firing'

-- name: lease
-- Taken for a while: whoever dies over it leaves it to the next one.
UPDATE nhip.outbox o
SET due_at = now() + interval '1 second' * %s, attempts = o.attempts + 1
FROM (SELECT key FROM nhip.outbox
      WHERE channel = %s AND delivered_at IS NULL AND failed IS NULL AND due_at <= now()
      ORDER BY due_at LIMIT %s FOR UPDATE SKIP LOCKED) due
WHERE o.key = due.key
RETURNING o.key, o.body, o.attempts, o.created_at

-- name: delivered
UPDATE nhip.outbox SET delivered_at = now(), fault = NULL WHERE key = ANY (%s)

-- name: later
UPDATE nhip.outbox SET due_at = now() + interval '1 second' * %s, fault = %s WHERE key = ANY (%s)

-- name: failed
UPDATE nhip.outbox SET failed = %s WHERE key = ANY (%s)

-- name: give_up
UPDATE nhip.outbox SET failed = 'given up: ' || coalesce(fault, 'nobody took it')
WHERE created_at < now() - %s::interval AND delivered_at IS NULL AND failed IS NULL

-- name: forget_links
DELETE FROM nhip.used_link WHERE used_at < now() - %s::interval

-- name: tidy
DELETE FROM nhip.outbox WHERE key IN (
    SELECT o.key FROM nhip.outbox o
    WHERE o.created_at < now() - %s::interval AND (o.delivered_at IS NOT NULL OR o.failed IS NOT NULL)
      AND (o.notice = 'step'
           OR NOT EXISTS (SELECT FROM nhip.alert a WHERE a.id = o.alert AND (a.state <> 'resolved' OR a.told)))
    LIMIT %s
)
RETURNING key

-- name: active
-- What Alertmanager is to show: alerts that were told and are not over, and for a quarter of an hour those that are.
SELECT a.id, a.rule, a.labels, a.severity, a.since, a.fired_at, a.resolved_at, a.reason_vi, a.reason_en
FROM nhip.alert a
WHERE a.told OR (a.episode > 0 AND a.resolved_at > now() - interval '15 minutes')
ORDER BY a.id

-- name: alive
-- Whether the whole way from the gateway to the ticker is open: canaries come through, and it looks.
SELECT coalesce(bool_and(t.ticked_at > now() - interval '10 seconds' AND t.observed_to > now() - interval '10 seconds'),
                false)
FROM nhip.tick t
