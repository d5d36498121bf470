-- name: keys
SELECT hash, name, scopes, agencies, sandbox, expires_at FROM gate.key

-- name: use
SELECT gate.use(%s)

-- name: event
SELECT stream, appended_at, reason, path, detail FROM gate.event(%s, %s, %s, %s)

-- name: catalogue_version
SELECT version FROM gate.catalogue

-- name: catalogue_content
SELECT content FROM gate.catalogue WHERE version = %s

-- name: requests
SELECT report_id, state, open, category, agency, received_at, changed_at, due_at, lat, lon, description, address, media
FROM gate.service_request
WHERE received_at >= %(first)s AND received_at <= %(last)s
  AND (%(codes)s::text[] IS NULL OR category = ANY (%(codes)s))
  AND (%(open)s::boolean IS NULL OR open = %(open)s)
  AND (%(updated_after)s::timestamptz IS NULL OR changed_at >= %(updated_after)s)
  AND (%(updated_before)s::timestamptz IS NULL OR changed_at <= %(updated_before)s)
ORDER BY received_at DESC, report_id
LIMIT %(most)s OFFSET %(skip)s

-- name: requests_by_id
SELECT report_id, state, open, category, agency, received_at, changed_at, due_at, lat, lon, description, address, media
FROM gate.service_request WHERE report_id = ANY (%s) ORDER BY received_at DESC, report_id

-- name: known_dossier_events
SELECT gate.known_dossier_events(%s::uuid[])

-- name: dossier_snapshots
SELECT dossier, told_at, data FROM gate.dossier_snapshots(%s)
