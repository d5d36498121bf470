-- name: entries
SELECT number, at, who, text, alerts, subjects FROM people.shift_entry
WHERE (%(before)s::bigint IS NULL OR number < %(before)s) ORDER BY number DESC LIMIT %(most)s

-- name: add
INSERT INTO people.shift_entry (who, text, alerts, subjects) VALUES (%s, %s, %s, %s)
RETURNING number, at, who, text, alerts, subjects

-- name: unknown_alerts
SELECT a FROM unnest(%s::text[]) a WHERE NOT EXISTS (SELECT FROM board.alert WHERE id = a) ORDER BY a

-- name: handovers
SELECT number, written_at, outgoing, text, alerts, directives, incoming, confirmed_at FROM people.handover
ORDER BY number DESC LIMIT %s

-- name: hand_over
-- What is open goes along as it stands, so that it can be looked up what was known at the time.
INSERT INTO people.handover (outgoing, text, alerts, directives)
SELECT %s, %s,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('id', id, 'labels', labels, 'severity', severity, 'state', state, 'since', since,
                                                     'reason_vi', reason_vi, 'reason_en', reason_en) ORDER BY since),
                        '[]') FROM board.alert WHERE state IN ('firing', 'acknowledged', 'suppressed')),
       (SELECT coalesce(jsonb_agg(jsonb_build_object('number', number, 'agency', agency, 'text', text, 'state', state,
                                                     'due_at', due_at) ORDER BY due_at), '[]')
        FROM people.directive WHERE state <> 'closed')
ON CONFLICT DO NOTHING
RETURNING number, written_at, outgoing, text, alerts, directives, incoming, confirmed_at

-- name: lock
SELECT number, written_at, outgoing, text, alerts, directives, incoming, confirmed_at FROM people.handover
WHERE number = %s FOR UPDATE

-- name: confirm
UPDATE people.handover SET incoming = %s, confirmed_at = %s WHERE number = %s
