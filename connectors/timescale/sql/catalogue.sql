-- name: in_force
SELECT version FROM nhip.catalogue_in_force ORDER BY number DESC LIMIT 1

-- name: content
SELECT content::text FROM nhip.catalogue WHERE version = %s

-- name: lock
LOCK TABLE nhip.catalogue_in_force IN EXCLUSIVE MODE

-- name: keep
INSERT INTO nhip.catalogue (version, name, content) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING

-- name: put_in_force
INSERT INTO nhip.catalogue_in_force (version) VALUES (%s)
