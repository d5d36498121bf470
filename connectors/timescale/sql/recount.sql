-- name: reports
SELECT e.subject, s.catalogue, e.type, e.time, e.source, e.event_id, e.data::text
FROM nhip.report_event e LEFT JOIN nhip.report_state s USING (subject) ORDER BY e.subject COLLATE "C"

-- name: dossiers
SELECT e.subject, s.catalogue, e.type, e.time, e.source, e.event_id, e.data::text
FROM nhip.dossier_event e LEFT JOIN nhip.dossier_state s USING (subject) ORDER BY e.subject COLLATE "C"

-- name: health
SELECT subject, time, id::text, check_id, status, interval_s, grace_s FROM nhip.health_event
ORDER BY subject COLLATE "C", time

-- name: report_states
SELECT subject, state, agency, kind, received_at, changed_at, due_at, ended_at, overdue_at, flags, detail,
       cells
FROM nhip.report_state ORDER BY subject COLLATE "C"

-- name: dossier_states
SELECT subject, state, agency, kind, received_at, changed_at, due_at, ended_at, overdue_at, flags, detail,
       cells
FROM nhip.dossier_state ORDER BY subject COLLATE "C"

-- name: cells
-- Those of a stream, and those that are of none.
SELECT vector, axis, within, grain, cohort, day, who, n FROM nhip.named_cell
WHERE vector = %s OR vector LIKE %s OR vector IS NULL

-- name: ahead
SELECT measure, place, cohort, moment, n FROM nhip.ahead WHERE measure LIKE %s AND n <> 0

-- name: lanes
SELECT name, lane - 1 FROM nhip.measure

-- name: intervals
SELECT subject, first_at, fold, terms, planned, check_id, lower, upper, state, cover
FROM board.system_intervals(%(before)s, %(after)s, %(of)s) ORDER BY subject COLLATE "C"

-- name: system_states
SELECT subject, first_at, last_at, fold, tail, terms FROM nhip.system_state ORDER BY subject COLLATE "C"

-- name: strays
-- What is kept of systems that are none.
SELECT what, subject FROM (
    SELECT 'intervals' AS what, subject FROM nhip.health_interval UNION
    SELECT 'days', subject FROM nhip.health_day UNION
    SELECT 'checkpoints', subject FROM nhip.health_checkpoint
) kept
WHERE NOT EXISTS (SELECT FROM nhip.system_state s WHERE s.subject = kept.subject)

-- name: checkpoints
SELECT before, fold FROM nhip.health_checkpoint WHERE subject = %s ORDER BY before

-- name: intervals_of
SELECT planned, check_id, lower, upper, state, cover FROM nhip.health_interval WHERE subject = %s

-- name: days_of
SELECT day, up, down, maintenance, silent FROM nhip.health_day
WHERE subject = %s AND ((up, down, maintenance) <> (0, 0, 0) OR silent IS NOT NULL)

-- name: counts
SELECT stream, sum(records), sum(stored), sum(duplicates), sum(dead_letters) FROM nhip.partition GROUP BY stream

-- name: events_by_stream
SELECT 'reports', count(*) FROM nhip.report_event UNION ALL
SELECT 'dossiers', count(*) FROM nhip.dossier_event UNION ALL
SELECT 'health', count(*) FROM nhip.health_event

-- name: dead_letters_by_stream
SELECT stream, count(*) FROM nhip.dead_letter GROUP BY stream
