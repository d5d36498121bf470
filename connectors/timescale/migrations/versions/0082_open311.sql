-- Field reports as anyone may read them through Open311: never hidden ones, and the citizen's words, pictures and exact
-- place only once the report was made public (đã công khai). Before that the place is good to about 100 m.
CREATE VIEW gate.service_request AS
SELECT s.subject AS report_id, s.state, s.ended_at IS NULL AS open, s.kind AS category, s.agency,
       s.received_at, s.changed_at, s.due_at,
       CASE WHEN p.public THEN e.lat ELSE round(e.lat::numeric, 3)::float8 END AS lat,
       CASE WHEN p.public THEN e.lon ELSE round(e.lon::numeric, 3)::float8 END AS lon,
       CASE WHEN p.public THEN e.description END AS description,
       CASE WHEN p.public THEN e.address END AS address,
       CASE WHEN p.public THEN e.media END AS media
FROM nhip.report_state s
CROSS JOIN LATERAL (SELECT s.state IN ('published', 'confirmed') AS public) p
LEFT JOIN LATERAL (
    SELECT (data ->> 'lat')::float8 AS lat, (data ->> 'lon')::float8 AS lon, data ->> 'description' AS description,
           data ->> 'address' AS address, data -> 'media' ->> 0 AS media
    FROM nhip.report_event
    WHERE subject = s.subject AND type = 'vn.nhip.report.submitted'
    ORDER BY time, source, event_id LIMIT 1
) e ON true
WHERE s.state <> 'hidden' AND s.received_at IS NOT NULL;

CREATE INDEX report_state_newest ON nhip.report_state (received_at DESC, subject);

CREATE VIEW gate.catalogue AS
SELECT c.version, c.content::text AS content
FROM nhip.catalogue c JOIN nhip.catalogue_in_force f USING (version)
ORDER BY f.number DESC LIMIT 1;
