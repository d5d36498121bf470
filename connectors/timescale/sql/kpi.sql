-- name: indicator
SELECT within, who, numerator, denominator FROM board.indicator(%s, %s, %s, %s, %s, %s)

-- name: indicator_by_day
SELECT day, within, who, numerator, denominator FROM board.indicator_by_day(%s, %s, %s, %s, %s, %s)

-- name: histogram
SELECT within, who, bucket, n FROM board.histogram(%s, %s, %s, %s, %s, %s)

-- name: uptime
SELECT system_id, up, down, maintenance, due FROM board.uptime(%s, %s, %s)

-- name: fresh
SELECT fresh FROM board.stream_pulse WHERE stream = %s

-- name: catalogue
SELECT content FROM board.catalogue
