-- name: lock
SELECT subject, first_at, fold, beats_since, terms FROM nhip.system_state WHERE subject = ANY(%s) ORDER BY subject FOR UPDATE

-- name: known
SELECT subject FROM nhip.system_state WHERE subject = ANY(%s)

-- name: insert_missing
INSERT INTO nhip.system_state (subject, first_at, last_at, fold, tail, beats_since, terms)
SELECT subject, first_at, first_at, '{"last": null, "checks": {}, "maintenance": {}}', '[]', 0, terms
FROM unnest(%s::text[], %s::timestamptz[], %s::jsonb[]) AS u (subject, first_at, terms)
ON CONFLICT DO NOTHING

-- name: snapshot
-- When a system was first heard, and what it was at the floor if that was before; of one without pings there is nothing.
SELECT CASE WHEN k.fold IS NULL THEN e.time ELSE s.first_at END, k.fold
FROM nhip.system_state s
LEFT JOIN nhip.health_checkpoint k ON k.subject = s.subject AND k.before = %s
LEFT JOIN LATERAL (
    SELECT h.time FROM nhip.health_event h WHERE h.subject = s.subject ORDER BY h.time LIMIT 1
) e ON true
WHERE s.subject = %s AND (k.fold IS NOT NULL OR e.time IS NOT NULL)

-- name: keep_terms
UPDATE nhip.system_state SET terms = %s, first_at = %s WHERE subject = %s

-- name: forget_days
DELETE FROM nhip.health_day WHERE subject = %s AND day > %s

-- name: update
UPDATE nhip.system_state t
SET first_at = least(t.first_at, u.first_at), last_at = u.last_at, fold = u.fold, tail = u.tail,
    beats_since = u.beats_since, version = t.version + 1
FROM unnest(%s::text[], %s::timestamptz[], %s::timestamptz[], %s::jsonb[], %s::jsonb[], %s::int[])
     AS u (subject, first_at, last_at, fold, tail, beats_since)
WHERE t.subject = u.subject

-- name: checkpoint_before
SELECT before, fold FROM nhip.health_checkpoint WHERE subject = %s AND before <= %s ORDER BY before DESC LIMIT 1

-- name: checkpoint_after
SELECT before, fold FROM nhip.health_checkpoint WHERE subject = %s AND before > %s ORDER BY before LIMIT 1

-- name: read_beats
SELECT time, id::text, check_id, status, interval_s, grace_s FROM nhip.health_event
WHERE subject = %s AND time >= %s AND time < %s AND time <= %s

-- name: delete_checkpoints
DELETE FROM nhip.health_checkpoint WHERE subject = %s AND before > %s AND before < %s

-- name: delete_intervals
DELETE FROM nhip.health_interval i
USING unnest(%s::boolean[], %s::text[], %s::timestamptz[]) AS d (planned, check_id, lower)
WHERE i.subject = %s AND (i.planned, i.check_id, i.lower) = (d.planned, d.check_id, d.lower)

-- name: intervals_begun
SELECT planned, check_id, lower FROM nhip.health_interval WHERE subject = %s AND lower >= %s AND lower < %s

-- name: put_checkpoints
INSERT INTO nhip.health_checkpoint (subject, before, fold)
SELECT * FROM unnest(%s::text[], %s::timestamptz[], %s::jsonb[])
ON CONFLICT (subject, before) DO UPDATE SET fold = excluded.fold

-- name: put_intervals
INSERT INTO nhip.health_interval AS i (subject, planned, check_id, lower, upper, state, cover)
SELECT * FROM unnest(%s::text[], %s::boolean[], %s::text[], %s::timestamptz[], %s::timestamptz[], %s::text[],
                     %s::bigint[])
ON CONFLICT (subject, planned, check_id, lower) DO UPDATE
SET upper = excluded.upper, state = excluded.state, cover = excluded.cover

-- name: read_intervals
SELECT i.subject, i.planned, i.check_id, i.lower, i.upper, i.state, i.cover
FROM unnest(%s::text[], %s::timestamptz[], %s::timestamptz[]) AS u (subject, lower, upper)
JOIN nhip.health_interval i ON i.subject = u.subject AND i.upper > u.lower AND i.lower < u.upper

-- name: put_days
INSERT INTO nhip.health_day AS d (subject, day, up, down, maintenance, silent)
SELECT * FROM unnest(%s::text[], %s::date[], %s::bigint[], %s::bigint[], %s::bigint[], %s::jsonb[])
ON CONFLICT (subject, day) DO UPDATE
SET up = excluded.up, down = excluded.down, maintenance = excluded.maintenance, silent = excluded.silent
