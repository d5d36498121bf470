-- name: indicator
SELECT agency, kind, numerator, denominator FROM board.indicator(%s, %s, %s, %s)

-- name: uptime
SELECT system_id, up, down, maintenance, due FROM board.uptime(%s, %s, %s)

-- name: fresh
SELECT fresh FROM board.stream_pulse WHERE stream = %s
