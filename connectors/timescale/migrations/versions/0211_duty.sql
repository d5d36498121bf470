-- Who is on duty, and when what is maintained, for boards.

-- The shifts of the catalogue in force with their people; taken out of its JSON once, as nhip.entry is.
CREATE MATERIALIZED VIEW nhip.shift AS
SELECT s.value ->> 'name' AS shift,
       ((s.value ->> 'first')::date + (s.value ->> 'handover')::time) AT TIME ZONE 'Asia/Ho_Chi_Minh' AS first,
       (s.value ->> 'days')::int AS days, turn.number::int - 1 AS turn,
       jsonb_array_length(s.value -> 'people') AS turns, p.value ->> 'name' AS name, p.value ->> 'phone' AS phone
FROM (SELECT k.content FROM nhip.catalogue_in_force f JOIN nhip.catalogue k USING (version)
      ORDER BY f.number DESC LIMIT 1) c
CROSS JOIN LATERAL jsonb_array_elements(c.content -> 'shifts') s
CROSS JOIN LATERAL jsonb_array_elements_text(s.value -> 'people') WITH ORDINALITY AS turn (person, number)
JOIN LATERAL jsonb_array_elements(c.content -> 'people') p ON p.value ->> 'id' = turn.person;

-- Who has each duty now (streams/catalogue/rules.py, Shift.on_duty), and until when.
CREATE VIEW board.on_duty AS
SELECT s.shift, s.name, s.phone, s.first + (o.turn + 1) * s.days * interval '24 hours' AS until
FROM nhip.shift s
CROSS JOIN LATERAL (SELECT floor(extract(epoch FROM now() - s.first) / (86400 * s.days))::int AS turn) o
WHERE o.turn >= 0 AND s.turn = o.turn % s.turns;

-- Whoever puts a catalogue in force refreshes what was taken out of it.
CREATE OR REPLACE FUNCTION nhip.refresh_entries() RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = nhip, pg_temp AS $$
    REFRESH MATERIALIZED VIEW nhip.entry;
    REFRESH MATERIALIZED VIEW nhip.shift
$$;

-- When each system was maintained, within a range of time.
CREATE FUNCTION board.maintenance(lower timestamptz, upper timestamptz)
RETURNS TABLE (system_id text, since timestamptz, until timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nhip, pg_temp AS $$
    SELECT i.subject, min(i.lower), i.upper
    FROM nhip.health_interval i
    WHERE i.planned AND i.upper > maintenance.lower AND i.lower < maintenance.upper
    GROUP BY i.subject, i.upper
$$;
