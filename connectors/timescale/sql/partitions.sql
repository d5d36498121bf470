-- name: lock
SELECT next_offset,
       CASE WHEN window_start > now() - interval '10 minutes' THEN window_records ELSE 0 END,
       CASE WHEN window_start > now() - interval '10 minutes' THEN window_refused ELSE 0 END,
       coalesce(unlimited_until > now(), false)
FROM nhip.partition WHERE topic = %s AND partition = %s FOR UPDATE

-- name: advance
UPDATE nhip.partition
SET next_offset = %(after)s,
    end_offset = greatest(%(end)s, %(after)s),
    appended_at = greatest(appended_at, %(newest)s),
    records = records + %(records)s,
    stored = stored + %(stored)s,
    duplicates = duplicates + %(duplicates)s,
    conflicts = conflicts + %(conflicts)s,
    dead_letters = dead_letters + %(refused)s,
    unknown_fields = unknown_fields + %(unknown_fields)s,
    canaries = canaries + %(canaries)s,
    window_records = CASE WHEN window_start > now() - interval '10 minutes' THEN window_records ELSE 0 END + %(records)s,
    window_refused = CASE WHEN window_start > now() - interval '10 minutes' THEN window_refused ELSE 0 END + %(refused)s,
    window_start = CASE WHEN window_start > now() - interval '10 minutes' THEN window_start ELSE now() END
WHERE topic = %(topic)s AND partition = %(partition)s

-- name: keep_dead_letter
INSERT INTO nhip.dead_letter
    (topic, partition, "offset", stream, reason, path, detail, source, event_id, key, value, appended_at)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
ON CONFLICT DO NOTHING

-- name: find
SELECT next_offset, cluster_id, paused FROM nhip.partition WHERE topic = %s AND partition = %s FOR UPDATE

-- name: begin
INSERT INTO nhip.partition (topic, partition, stream, cluster_id, next_offset, end_offset)
VALUES (%s, %s, %s, %s, %s, %s)
ON CONFLICT DO NOTHING

-- name: move
UPDATE nhip.partition SET next_offset = %s WHERE topic = %s AND partition = %s

-- name: record_loss
INSERT INTO nhip.loss (topic, partition, first_offset, next_offset) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING

-- name: adopted
UPDATE nhip.partition SET adopted = false, cluster_id = %s, next_offset = %s, end_offset = %s
WHERE topic = %s AND partition = %s AND adopted AND paused IS NULL

-- name: pause
UPDATE nhip.partition SET paused = %s, paused_at = now(), recreated = %s WHERE topic = %s AND partition = %s

-- name: paused
SELECT topic, partition, next_offset, paused, recreated, paused_at FROM nhip.partition
WHERE paused IS NOT NULL AND (%s::text IS NULL OR topic = %s) AND (%s::int IS NULL OR partition = %s)
ORDER BY topic, partition

-- name: let_go_on
UPDATE nhip.partition
SET paused = NULL, paused_at = NULL, adopted = recreated, recreated = false,
    unlimited_until = now() + interval '10 minutes', window_start = NULL
WHERE topic = %s AND partition = %s AND paused IS NOT NULL

-- name: keep_fresh
INSERT INTO nhip.freshness AS f (topic, partition, fresh_at)
SELECT * FROM unnest(%s::text[], %s::int[], %s::timestamptz[])
ON CONFLICT (topic, partition) DO UPDATE SET fresh_at = greatest(f.fresh_at, excluded.fresh_at)

-- name: behind
SELECT coalesce(sum(greatest(wanted.last + 1 - coalesce(p.next_offset, 0), 0)), 0)::bigint
FROM unnest(%s::text[], %s::int[], %s::bigint[]) AS wanted (topic, partition, last)
LEFT JOIN nhip.partition p USING (topic, partition)

-- name: counts
SELECT coalesce(sum(stored), 0)::bigint, coalesce(sum(duplicates), 0)::bigint, coalesce(sum(dead_letters), 0)::bigint
FROM nhip.partition WHERE topic = ANY (%s)
