-- name: keys
SELECT hash, name, scopes, agencies, sandbox, expires_at FROM gate.key

-- name: use
SELECT gate.use(%s)

-- name: event
SELECT stream, appended_at, reason, path, detail FROM gate.event(%s, %s, %s, %s)
