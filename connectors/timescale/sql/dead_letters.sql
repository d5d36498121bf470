-- name: list
SELECT topic, partition, "offset", stream, reason, path, detail, source, event_id, recorded_at, retried_at
FROM nhip.dead_letter
WHERE dropped_at IS NULL AND (%(reason)s::text IS NULL OR reason = %(reason)s)
  AND (%(stream)s::text IS NULL OR stream = %(stream)s)
ORDER BY recorded_at DESC, topic, partition, "offset" DESC
LIMIT %(limit)s

-- name: raw
-- An address means the newest letter there; older ones are of a topic that was recreated.
SELECT key, value FROM nhip.dead_letter WHERE (topic, partition, "offset") = (%s, %s, %s) AND dropped_at IS NULL
ORDER BY appended_at DESC LIMIT 1

-- name: show
SELECT topic, partition, "offset", stream, reason, path, detail, source, event_id, recorded_at, retried_at
FROM nhip.dead_letter WHERE (topic, partition, "offset") = (%s, %s, %s) AND dropped_at IS NULL
ORDER BY appended_at DESC LIMIT 1

-- name: mark_retried
UPDATE nhip.dead_letter SET retried_at = now()
WHERE (topic, partition, "offset", appended_at) = (
    SELECT topic, partition, "offset", appended_at FROM nhip.dead_letter
    WHERE (topic, partition, "offset") = (%s, %s, %s) AND dropped_at IS NULL ORDER BY appended_at DESC LIMIT 1
)

-- name: drop
UPDATE nhip.dead_letter SET dropped_at = now(), key = NULL, value = NULL
WHERE (topic, partition, "offset", appended_at) = (
    SELECT topic, partition, "offset", appended_at FROM nhip.dead_letter
    WHERE (topic, partition, "offset") = (%s, %s, %s) AND dropped_at IS NULL ORDER BY appended_at DESC LIMIT 1
)

-- name: erase
UPDATE nhip.dead_letter SET key = NULL, value = NULL
WHERE recorded_at < now() - %s AND (key IS NOT NULL OR value IS NOT NULL)
