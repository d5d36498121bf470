-- name: begin
-- What this session changes is no news to it.
SELECT set_config('nhip.ticker', 'on', false)

-- name: standing
-- Those that are open, wait to be told of, or were resolved by hand.
SELECT id, rule, labels, severity, state, board.microseconds(since), reason_vi, reason_en, evidence, level, episode,
       relapses, told, board.microseconds(fired_at), board.microseconds(clear_since), board.microseconds(resolved_at),
       by_hand, board.microseconds(acknowledged_at), acknowledged_by, suppressed_by,
       board.microseconds(silenced_until), silenced_by, passing
FROM nhip.alert
WHERE state <> 'resolved' OR told OR by_hand

-- name: touched
-- What people have done since the last look.
UPDATE nhip.alert SET touched = false WHERE touched
RETURNING id, rule, labels, severity, state, board.microseconds(since), reason_vi, reason_en, evidence, level, episode,
       relapses, told, board.microseconds(fired_at), board.microseconds(clear_since), board.microseconds(resolved_at),
       by_hand, board.microseconds(acknowledged_at), acknowledged_by, suppressed_by,
       board.microseconds(silenced_until), silenced_by, passing

-- name: named
SELECT id, rule, labels, severity, state, board.microseconds(since), reason_vi, reason_en, evidence, level, episode,
       relapses, told, board.microseconds(fired_at), board.microseconds(clear_since), board.microseconds(resolved_at),
       by_hand, board.microseconds(acknowledged_at), acknowledged_by, suppressed_by,
       board.microseconds(silenced_until), silenced_by, passing
FROM nhip.alert WHERE id = ANY (%s)

-- name: locked
-- Nobody acts on them until this transaction ends.
SELECT id, rule, labels, severity, state, board.microseconds(since), reason_vi, reason_en, evidence, level, episode,
       relapses, told, board.microseconds(fired_at), board.microseconds(clear_since), board.microseconds(resolved_at),
       by_hand, board.microseconds(acknowledged_at), acknowledged_by, suppressed_by,
       board.microseconds(silenced_until), silenced_by, passing
FROM nhip.alert WHERE id = ANY (%s) ORDER BY id FOR UPDATE

-- name: keep
INSERT INTO nhip.alert SELECT * FROM jsonb_populate_recordset(NULL::nhip.alert, %s)
ON CONFLICT (id) DO UPDATE SET
    (rule, labels, severity, state, since, reason_vi, reason_en, evidence, level, episode, relapses, told, fired_at,
     clear_since, resolved_at, by_hand, acknowledged_at, acknowledged_by, suppressed_by, silenced_until, silenced_by,
     passing, touched)
  = (excluded.rule, excluded.labels, excluded.severity, excluded.state, excluded.since, excluded.reason_vi,
     excluded.reason_en, excluded.evidence, excluded.level, excluded.episode, excluded.relapses, excluded.told,
     excluded.fired_at, excluded.clear_since, excluded.resolved_at, excluded.by_hand, excluded.acknowledged_at,
     excluded.acknowledged_by, excluded.suppressed_by, excluded.silenced_until, excluded.silenced_by,
     excluded.passing, false)

-- name: note
INSERT INTO nhip.alert_step (alert, episode, step, note_vi, note)
SELECT alert, episode, step, nullif(note_vi, ''), nullif(note, '')
FROM unnest(%s::text[], %s::int[], %s::text[], %s::text[], %s::text[]) AS u (alert, episode, step, note_vi, note)

-- name: list
SELECT id, rule, labels, severity, state, since, reason_vi, reason_en, evidence, episode, relapses, fired_at, resolved_at,
       acknowledged_at, acknowledged_by, suppressed_by, silenced_until, silenced_by
FROM board.alert
WHERE (%(states)s::text[] IS NULL OR state = ANY (%(states)s))
  AND (%(agencies)s::text[] IS NULL OR labels ->> 'agency' = ANY (%(agencies)s))
  AND (%(after)s::timestamptz IS NULL OR (since, id) < (%(after)s, %(after_id)s))
ORDER BY since DESC, id DESC
LIMIT %(most)s

-- name: find
SELECT id, rule, labels, severity, state, since, reason_vi, reason_en, evidence, episode, relapses, fired_at, resolved_at,
       acknowledged_at, acknowledged_by, suppressed_by, silenced_until, silenced_by
FROM board.alert WHERE id = %s

-- name: hand
SELECT * FROM people.act(%s, %s, %s, %s, %s, %s, %s)

-- name: follow
SELECT gate.follow(%s, %s, %s, %s, %s, %s)

-- name: history
SELECT episode, step, at, who, note, note_vi FROM board.alert_step WHERE alert = %s ORDER BY number

-- name: partitions
SELECT p.stream, p.topic, p.partition, greatest(p.end_offset - p.next_offset, 0), p.next_offset,
       board.microseconds(greatest(p.appended_at, f.fresh_at)), p.paused, board.microseconds(p.paused_at), p.recreated,
       CASE WHEN p.window_start > now() - interval '10 minutes' THEN p.window_records ELSE 0 END,
       CASE WHEN p.window_start > now() - interval '10 minutes' THEN p.window_refused ELSE 0 END,
       (SELECT board.microseconds(max(l.recorded_at)) FROM nhip.loss l
        WHERE l.topic = p.topic AND l.partition = p.partition AND l.recorded_at > now() - interval '1 hour')
FROM nhip.partition p LEFT JOIN nhip.freshness f USING (topic, partition)
ORDER BY p.topic, p.partition

-- name: unanswered
SELECT subject, kind, agency, detail ->> 'area', received_at
FROM nhip.report_state
WHERE received_at > now() - interval '7 days' AND ended_at IS NULL
  AND detail ->> 'priority' = 'urgent' AND detail ->> 'responded_at' IS NULL
ORDER BY received_at

-- name: sightings
SELECT subject, kind, received_at, (detail ->> 'lat')::float8, (detail ->> 'lon')::float8
FROM nhip.report_state
WHERE received_at > now() - interval '1 minute' * %s AND received_at <= now() AND detail ? 'lat' AND detail ? 'lon'

-- name: unfinished
-- Dossiers in work that were overdue at a moment, or will be until a later one.
SELECT agency, count(*) FILTER (WHERE overdue_at <= %(at)s), count(*) FILTER (WHERE overdue_at > %(at)s), min(overdue_at)
FROM nhip.dossier_state
WHERE ended_at IS NULL AND overdue_at <= %(until)s
GROUP BY agency ORDER BY agency

-- name: dead_channels
-- Channels with a message that was tried three times in vain, or that have refused one and taken none since.
SELECT o.channel, board.microseconds(min(o.created_at)),
       (array_agg(coalesce(o.failed, o.fault, 'no answer') ORDER BY o.created_at DESC))[1]
FROM nhip.outbox o
LEFT JOIN (SELECT channel, max(delivered_at) AS at FROM nhip.outbox
           WHERE created_at > now() - interval '1 day' GROUP BY channel) taken USING (channel)
WHERE o.created_at > now() - interval '1 day' AND o.delivered_at IS NULL
  AND (o.failed IS NULL AND o.attempts >= 3 OR o.failed IS NOT NULL AND o.created_at > coalesce(taken.at, '-infinity'))
GROUP BY o.channel
ORDER BY o.channel

-- name: database_bytes
SELECT pg_database_size(current_database())
