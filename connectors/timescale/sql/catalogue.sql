-- name: in_force
SELECT version FROM nhip.catalogue_in_force ORDER BY number DESC LIMIT 1

-- name: content
SELECT content FROM board.catalogue_version WHERE version = %s

-- name: is_empty
SELECT NOT EXISTS (SELECT FROM nhip.report_state) AND NOT EXISTS (SELECT FROM nhip.dossier_state)
   AND NOT EXISTS (SELECT FROM nhip.system_state)

-- name: codes_of_reports
-- One pass over the events for all codes: (section, code, events, first, last).
SELECT CASE WHEN grouping(agency) = 0 THEN 'agencies' WHEN grouping(category) = 0 THEN 'categories' ELSE 'areas' END,
       coalesce(agency, category, area), count(*), min(time), max(time)
FROM (SELECT data->>'agency' AS agency, data->>'category' AS category, data->>'area' AS area, time
      FROM nhip.report_event) e
GROUP BY GROUPING SETS (agency, category, area)
HAVING coalesce(agency, category, area) IS NOT NULL

-- name: codes_of_dossiers
SELECT CASE WHEN grouping(agency) = 0 THEN 'agencies' WHEN grouping(procedure) = 0 THEN 'procedures' ELSE 'fields' END,
       coalesce(agency, procedure, field), count(*), min(time), max(time)
FROM (SELECT data->>'agency' AS agency, data->>'procedure' AS procedure, data->>'field' AS field, time
      FROM nhip.dossier_event) e
GROUP BY GROUPING SETS (agency, procedure, field)
HAVING coalesce(agency, procedure, field) IS NOT NULL

-- name: codes_of_health
SELECT 'systems', subject, 1, first_at, last_at FROM nhip.system_state

-- name: lock
LOCK TABLE nhip.catalogue_in_force IN EXCLUSIVE MODE

-- name: keep
INSERT INTO nhip.catalogue (version, name, content) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING

-- name: put_in_force
INSERT INTO nhip.catalogue_in_force (version) VALUES (%s)

-- name: name_entries
SELECT nhip.refresh_entries()

-- name: systems_now
SELECT system_id, state, since, jsonb_build_object('vi', reason_vi, 'en', reason_en), heartbeat_at FROM board.system
