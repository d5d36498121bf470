-- name: keep
WITH latest AS (
    SELECT lower, upper FROM nhip.observed_time
    WHERE topic = %(topic)s AND partition = %(partition)s ORDER BY lower DESC LIMIT 1
)
INSERT INTO nhip.observed_time AS o (topic, partition, lower, upper)
SELECT %(topic)s, %(partition)s,
       coalesce((SELECT lower FROM latest WHERE upper >= %(lower)s - make_interval(secs => %(gap)s)), %(lower)s), %(upper)s
ON CONFLICT (topic, partition, lower) DO UPDATE SET upper = greatest(o.upper, excluded.upper)

-- name: read
SELECT topic, partition, lower, upper FROM board.observed_time WHERE stream = %s ORDER BY topic, partition, lower
