-- name: alone
SELECT pg_try_advisory_xact_lock(7064112390163221766)

-- name: reckoned
SELECT period, as_of FROM nhip.qd766 WHERE agency = ''

-- name: keep
INSERT INTO nhip.qd766 (period, agency, as_of, lines) VALUES (%s, %s, %s, %s)
ON CONFLICT (period, agency) DO UPDATE SET as_of = excluded.as_of, lines = excluded.lines
