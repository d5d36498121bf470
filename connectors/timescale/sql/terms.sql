-- name: forget
WITH terms AS (DELETE FROM nhip.indicator_term) DELETE FROM nhip.dimension

-- name: dimension
INSERT INTO nhip.dimension (stream, name, position) VALUES (%s, %s, %s)

-- name: term
INSERT INTO nhip.indicator_term (indicator, side, measure, read, sign) VALUES (%s, %s, %s, %s, %s)
