-- name: reports
-- Subjects of a state, of events, or of both; in the order of their index.
SELECT subject FROM (
    (SELECT subject FROM nhip.report_state WHERE subject > %(after)s ORDER BY subject LIMIT %(limit)s) UNION
    (SELECT DISTINCT subject FROM nhip.report_event WHERE subject > %(after)s ORDER BY subject LIMIT %(limit)s)
) s ORDER BY subject LIMIT %(limit)s

-- name: dossiers
SELECT subject FROM (
    (SELECT subject FROM nhip.dossier_state WHERE subject > %(after)s ORDER BY subject LIMIT %(limit)s) UNION
    (SELECT DISTINCT subject FROM nhip.dossier_event WHERE subject > %(after)s ORDER BY subject LIMIT %(limit)s)
) s ORDER BY subject LIMIT %(limit)s

-- name: systems
SELECT subject FROM nhip.system_state WHERE subject > %(after)s ORDER BY subject LIMIT %(limit)s

-- name: lock_cells
LOCK TABLE nhip.measure, nhip.series, nhip.code, nhip.cell, nhip.ahead IN SHARE ROW EXCLUSIVE MODE

-- name: forget_cells
-- Those of the stream, and those that are of none.
DELETE FROM nhip.cell
WHERE series NOT IN (SELECT id FROM nhip.series WHERE vector <> %(stream)s AND vector NOT LIKE %(stream)s || '.%%')

-- name: forget_ahead
DELETE FROM nhip.ahead WHERE measure LIKE %(stream)s || '.%%'

-- name: contributions_reports
SELECT cells FROM nhip.report_state

-- name: contributions_dossiers
SELECT cells FROM nhip.dossier_state

-- name: clear_staging
TRUNCATE staged_cell, staged_ahead
