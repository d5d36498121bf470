-- name: streams
SELECT stream, stored, duplicates, dead_letters, newest, extract(epoch FROM now() - fresh)::float8
FROM board.stream_pulse ORDER BY stream

-- name: indicator
SELECT coalesce(sum(numerator), 0)::bigint, sum(denominator)::bigint FROM board.indicator(%s, %s, %s, now())

-- name: histogram
SELECT bucket, n FROM board.histogram(%s, %s, %s, now())

-- name: uptime
SELECT coalesce(sum(up), 0)::bigint, coalesce(sum(up + down), 0)::bigint,
       coalesce(sum(up + down + maintenance), 0)::bigint, coalesce(sum(due), 0)::bigint
FROM board.uptime(%s, %s, now())
