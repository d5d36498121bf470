-- name: lock_reports
SELECT subject, cells FROM nhip.report_state WHERE subject = ANY(%s) ORDER BY subject FOR UPDATE

-- name: lock_dossiers
SELECT subject, cells FROM nhip.dossier_state WHERE subject = ANY(%s) ORDER BY subject FOR UPDATE

-- name: read_reports
SELECT subject, type, time, source, event_id, data::text FROM nhip.report_event WHERE subject = ANY(%s)

-- name: read_dossiers
SELECT subject, type, time, source, event_id, data::text FROM nhip.dossier_event WHERE subject = ANY(%s)

-- name: copy_reports
COPY nhip.report_state (subject, state, agency, kind, received_at, changed_at, due_at, ended_at, overdue_at, flags, cells,
                        catalogue, detail)
FROM STDIN (FORMAT binary)

-- name: copy_dossiers
COPY nhip.dossier_state (subject, state, agency, kind, received_at, changed_at, due_at, ended_at, overdue_at, flags, cells,
                         catalogue, detail)
FROM STDIN (FORMAT binary)

-- name: copy_states
COPY staged_state (subject, state, agency, kind, received_at, changed_at, due_at, ended_at, overdue_at, flags, cells,
                   catalogue, detail)
FROM STDIN (FORMAT binary)

-- name: update_reports
UPDATE nhip.report_state t
SET state = s.state, agency = s.agency, kind = s.kind, received_at = s.received_at, changed_at = s.changed_at,
    due_at = s.due_at, ended_at = s.ended_at, overdue_at = s.overdue_at, flags = s.flags, cells = s.cells,
    catalogue = s.catalogue, detail = s.detail
FROM staged_state s WHERE t.subject = s.subject AND t.subject = ANY(%s)

-- name: update_dossiers
UPDATE nhip.dossier_state t
SET state = s.state, agency = s.agency, kind = s.kind, received_at = s.received_at, changed_at = s.changed_at,
    due_at = s.due_at, ended_at = s.ended_at, overdue_at = s.overdue_at, flags = s.flags, cells = s.cells,
    catalogue = s.catalogue, detail = s.detail
FROM staged_state s WHERE t.subject = s.subject AND t.subject = ANY(%s)

-- name: delete_reports
DELETE FROM nhip.report_state WHERE subject = ANY(%s)

-- name: delete_dossiers
DELETE FROM nhip.dossier_state WHERE subject = ANY(%s)
