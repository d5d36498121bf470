-- name: lock_closings
LOCK TABLE nhip.closing IN ROW SHARE MODE

-- name: closed_until
SELECT max(past) FROM nhip.closing

-- name: restate
-- The clock's time, not the transaction's: it may have begun before the closing that it waited for.
INSERT INTO nhip.restatement (subject, measure, place, day, old, new, cause, recorded_at)
VALUES (%s, %s, %s, %s, %s, %s, %s, clock_timestamp())

-- name: closing
SELECT rows, closed_at, closed_by, signed_at, signed_by FROM board.closing WHERE (first, past) = (%s, %s)

-- name: close
INSERT INTO nhip.closing (first, past, rows, catalogue, closed_by, closed_at)
VALUES (%s, %s, %s, %s, %s, clock_timestamp())

-- name: quiet
-- Waits for batches that have looked for closings, and lets no other look before this one is committed.
LOCK TABLE nhip.closing IN EXCLUSIVE MODE

-- name: sign
UPDATE nhip.closing SET signed_at = now(), signed_by = %s WHERE (first, past) = (%s, %s) AND signed_at IS NULL

-- name: restatements
SELECT subject, measure, place, day, old, new, cause, recorded_at FROM board.restatement
WHERE (first, past) = (%s, %s) ORDER BY recorded_at, subject, measure
