-- name: create
INSERT INTO nhip.api_key (name, hash, scopes, agencies, sandbox, expires_at) VALUES (%s, %s, %s, %s, %s, %s)
ON CONFLICT DO NOTHING RETURNING name

-- name: list
SELECT name, scopes, agencies, sandbox, created_at, expires_at, revoked_at, used_at FROM nhip.api_key ORDER BY name

-- name: rotate
UPDATE nhip.api_key SET former_hash = hash, former_until = now() + %s, hash = %s
WHERE name = %s AND revoked_at IS NULL RETURNING name

-- name: revoke
UPDATE nhip.api_key SET revoked_at = now() WHERE name = %s AND revoked_at IS NULL RETURNING name
