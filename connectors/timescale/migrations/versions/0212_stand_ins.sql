-- Who stands in has the duty instead (streams/catalogue/rules.py, Override).
CREATE MATERIALIZED VIEW nhip.stand_in AS
SELECT s.value ->> 'name' AS shift, o.number AS place, p.value ->> 'name' AS name, p.value ->> 'phone' AS phone,
       (o.override ->> 'begins')::timestamptz AS begins, (o.override ->> 'ends')::timestamptz AS ends
FROM (SELECT k.content FROM nhip.catalogue_in_force f JOIN nhip.catalogue k USING (version)
      ORDER BY f.number DESC LIMIT 1) c
CROSS JOIN LATERAL jsonb_array_elements(c.content -> 'shifts') s
CROSS JOIN LATERAL jsonb_array_elements(s.value -> 'overrides') WITH ORDINALITY AS o (override, number)
JOIN LATERAL jsonb_array_elements(c.content -> 'people') p ON p.value ->> 'id' = o.override ->> 'person';

CREATE OR REPLACE FUNCTION nhip.refresh_entries() RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = nhip, pg_temp AS $$
    REFRESH MATERIALIZED VIEW nhip.entry;
    REFRESH MATERIALIZED VIEW nhip.shift;
    REFRESH MATERIALIZED VIEW nhip.stand_in
$$;

CREATE OR REPLACE VIEW board.on_duty AS
SELECT s.shift, coalesce(i.name, t.name) AS name, coalesce(i.phone, t.phone) AS phone,
       coalesce(i.ends, least(t.until, (SELECT min(n.begins) FROM nhip.stand_in n
                                        WHERE n.shift = s.shift AND n.begins > now()))) AS until
FROM (SELECT DISTINCT shift FROM nhip.shift) s
LEFT JOIN LATERAL (
    SELECT r.name, r.phone, r.first + (o.turn + 1) * r.days * interval '24 hours' AS until
    FROM nhip.shift r
    CROSS JOIN LATERAL (SELECT floor(extract(epoch FROM now() - r.first) / (86400 * r.days))::int AS turn) o
    WHERE r.shift = s.shift AND o.turn >= 0 AND r.turn = o.turn % r.turns
) t ON true
LEFT JOIN LATERAL (
    SELECT n.name, n.phone, n.ends FROM nhip.stand_in n
    WHERE n.shift = s.shift AND n.begins <= now() AND n.ends > now() ORDER BY n.place LIMIT 1
) i ON true
WHERE coalesce(i.name, t.name) IS NOT NULL;
