-- name: partitions
SELECT stream, partition, next_offset, lag, stored, duplicates, dead_letters,
       date_part('epoch', now() - appended_at) AS newest
FROM board.partition_pulse
ORDER BY stream, partition

-- name: reasons
SELECT stream, reason, sum(letters)::bigint AS letters
FROM board.dead_letter_reason
WHERE $__timeFilter(hour)
GROUP BY stream, reason
ORDER BY letters DESC

-- name: losses
SELECT topic, partition, next_offset - first_offset AS records, recorded_at FROM board.loss ORDER BY recorded_at DESC LIMIT 50

-- name: gaps
SELECT since, until, date_part('epoch', until - since) AS seconds
FROM board.gaps($__timeFrom()::timestamptz, $__timeTo()::timestamptz)
ORDER BY since DESC
LIMIT 50

-- name: size
SELECT "table", bytes FROM board.size ORDER BY bytes DESC LIMIT 8

-- name: tick
SELECT date_part('epoch', now() - ticked_at) AS ticked, date_part('epoch', now() - observed_to) AS observed FROM board.tick
