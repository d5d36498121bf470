-- name: send
INSERT INTO people.directive (agency, kind, text, due_at, subjects, state, sent_at, sent_by)
VALUES (%s, %s, %s, %s, %s, 'sent', now(), %s)
RETURNING number, agency, kind, text, due_at, subjects, state, sent_at, sent_by, answer, acknowledged_at, done_at, closed_at

-- name: list
SELECT number, agency, kind, text, due_at, subjects, state, sent_at, sent_by, answer, acknowledged_at, done_at, closed_at
FROM people.directive
WHERE (%(states)s::text[] IS NULL OR state = ANY (%(states)s))
  AND (%(agencies)s::text[] IS NULL OR agency = ANY (%(agencies)s))
  AND (%(before)s::bigint IS NULL OR number < %(before)s)
ORDER BY number DESC
LIMIT %(most)s

-- name: find
SELECT number, agency, kind, text, due_at, subjects, state, sent_at, sent_by, answer, acknowledged_at, done_at, closed_at
FROM people.directive WHERE number = %s

-- name: lock
SELECT number, agency, kind, text, due_at, subjects, state, sent_at, sent_by, answer, acknowledged_at, done_at, closed_at
FROM people.directive WHERE number = %s FOR UPDATE

-- name: keep
UPDATE people.directive
SET state = %(state)s, answer = %(answer)s, acknowledged_at = %(acknowledged_at)s, done_at = %(done_at)s,
    closed_at = %(closed_at)s
WHERE number = %(number)s

-- name: agency
-- Whether the catalogue knows the agency; a catalogue without agencies knows them all.
SELECT NOT EXISTS (SELECT FROM board.entry WHERE kind = 'agency')
    OR EXISTS (SELECT FROM board.entry WHERE kind = 'agency' AND code = %s)

-- name: overdue_agencies
SELECT o.kind, o.agency, coalesce(e.name, o.agency), count(*), min(o.overdue_at)
FROM (SELECT 'dossiers' AS kind, agency, overdue_at FROM board.dossier WHERE open AND overdue_at < now()
      UNION ALL
      SELECT 'reports', agency, overdue_at FROM board.report WHERE open AND overdue_at < now()) o
LEFT JOIN board.entry e ON e.kind = 'agency' AND e.code = o.agency
WHERE o.agency IS NOT NULL AND o.agency <> 'unassigned'
GROUP BY o.kind, o.agency, e.name
ORDER BY o.kind, count(*) DESC
LIMIT 200

-- name: overdue_dossiers
SELECT dossier_id, field, due_at FROM board.dossier
WHERE open AND overdue_at < now() AND agency = %s ORDER BY overdue_at LIMIT %s

-- name: overdue_reports
SELECT report_id, category, due_at FROM board.report
WHERE open AND overdue_at < now() AND agency = %s ORDER BY overdue_at LIMIT %s
