-- name: read
-- Held to the end of the transaction, the lock of this reading makes a pruning wait; the rows are read once it is had.
SELECT at FROM nhip.floor WHERE stream = %s

-- name: stay
-- Before the snapshot of a transaction that reads everything is taken: chunks are dropped from under snapshots too.
LOCK TABLE nhip.floor IN ACCESS SHARE MODE

-- name: patience
SELECT set_config('lock_timeout', %s, true)

-- name: move_alone
LOCK TABLE nhip.floor IN ACCESS EXCLUSIVE MODE

-- name: oldest
SELECT min(time) FROM nhip.health_event

-- name: beats
-- Of each system known before the floor: its last checkpoint there, and its beats from that one up to the floor.
SELECT s.subject, s.terms, c.before, c.fold, e.time, e.id::text, e.check_id, e.status, e.interval_s, e.grace_s
FROM nhip.system_state s
LEFT JOIN LATERAL (
    SELECT before, fold FROM nhip.health_checkpoint k
    WHERE k.subject = s.subject AND k.before <= %(floor)s ORDER BY k.before DESC LIMIT 1
) c ON true
LEFT JOIN LATERAL (
    SELECT * FROM nhip.health_event h
    WHERE h.subject = s.subject AND h.time >= coalesce(c.before, '-infinity') AND h.time < %(floor)s
      AND h.time >= %(oldest)s
) e ON true
WHERE s.first_at < %(floor)s
ORDER BY s.subject, e.time

-- name: keep
INSERT INTO nhip.health_checkpoint (subject, before, fold) VALUES (%s, %s, %s)
ON CONFLICT (subject, before) DO UPDATE SET fold = excluded.fold

-- name: forget_checkpoints
DELETE FROM nhip.health_checkpoint WHERE before < %s

-- name: count
SELECT count(*) FROM nhip.health_event WHERE time < %s

-- name: has_chunks
SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'timescaledb')

-- name: drop_chunks
SELECT drop_chunks('nhip.health_event', older_than => %s)

-- name: delete
DELETE FROM nhip.health_event WHERE time < %s

-- name: move
INSERT INTO nhip.floor AS f (stream, at, pruned) VALUES (%s, %s, %s)
ON CONFLICT (stream) DO UPDATE SET at = excluded.at, pruned = f.pruned + excluded.pruned

-- name: pruned
SELECT stream, pruned FROM nhip.floor
