-- What boards call a shift, in either language: its name is a word of the catalogue's routes.
DROP VIEW board.on_duty;
DROP MATERIALIZED VIEW nhip.shift;

-- The shifts of the catalogue in force with their people; taken out of its JSON once, as nhip.entry is.
CREATE MATERIALIZED VIEW nhip.shift AS
SELECT s.value ->> 'name' AS shift, s.value ->> 'title' AS title,
       coalesce(s.value ->> 'title_en', s.value ->> 'title') AS title_en,
       ((s.value ->> 'first')::date + (s.value ->> 'handover')::time) AT TIME ZONE 'Asia/Ho_Chi_Minh' AS first,
       (s.value ->> 'days')::int AS days, turn.number::int - 1 AS turn,
       jsonb_array_length(s.value -> 'people') AS turns, p.value ->> 'name' AS name, p.value ->> 'phone' AS phone
FROM (SELECT k.content FROM nhip.catalogue_in_force f JOIN nhip.catalogue k USING (version)
      ORDER BY f.number DESC LIMIT 1) c
CROSS JOIN LATERAL jsonb_array_elements(c.content -> 'shifts') s
CROSS JOIN LATERAL jsonb_array_elements_text(s.value -> 'people') WITH ORDINALITY AS turn (person, number)
JOIN LATERAL jsonb_array_elements(c.content -> 'people') p ON p.value ->> 'id' = turn.person;

-- Who has each duty now, who stands in before whose turn it is (streams/catalogue/rules.py, Shift.on_duty), and until when.
CREATE VIEW board.on_duty AS
SELECT s.shift, s.title, s.title_en, coalesce(i.name, t.name) AS name, coalesce(i.phone, t.phone) AS phone,
       coalesce(i.ends, least(t.until, (SELECT min(n.begins) FROM nhip.stand_in n
                                        WHERE n.shift = s.shift AND n.begins > now()))) AS until
FROM (SELECT DISTINCT shift, title, title_en FROM nhip.shift) s
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
