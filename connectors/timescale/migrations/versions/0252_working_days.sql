-- Days that are worked, for boards: what falls due, people count by them.

-- Out of the calendar in force (streams/calendar/calendar.py, Calendar.exceptions), once, as nhip.entry is; the nation's
-- holidays are known to 2060. Where no catalogue was loaded, Monday to Friday.
CREATE MATERIALIZED VIEW nhip.working_day AS
WITH calendar AS (
    SELECT k.content -> 'calendar' AS told FROM nhip.catalogue_in_force f JOIN nhip.catalogue k USING (version)
    ORDER BY f.number DESC LIMIT 1
), week AS (
    SELECT w.number, coalesce(jsonb_array_length(c.told -> 'week' -> w.name) > 0, w.number < 6) AS worked
    FROM unnest(ARRAY['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'])
        WITH ORDINALITY AS w (name, number)
    LEFT JOIN calendar c ON true
), exception AS (                                -- the weekday as which a day is worked, 0 for none; a higher rank wins
    SELECT (h.value ->> 'day')::date AS day, 1 AS rank, 0 AS worked_as
    FROM calendar c CROSS JOIN LATERAL jsonb_array_elements((c.told -> 'holidays') || (c.told -> 'extra_holidays')) h
    UNION ALL
    SELECT s.value::date, 2, 1 FROM calendar c CROSS JOIN LATERAL jsonb_array_elements_text(c.told -> 'swapped_days') s
    UNION ALL
    SELECT d.at::date, 3, 0
    FROM calendar c CROSS JOIN LATERAL jsonb_array_elements(c.told -> 'closures') l
    CROSS JOIN LATERAL generate_series((l.value ->> 'first')::timestamp, (l.value ->> 'last')::timestamp, '1 day') d (at)
    UNION ALL
    SELECT (m.value ->> 'day')::date, 4, extract(isodow FROM (m.value ->> 'stands_for')::date)::int
    FROM calendar c CROSS JOIN LATERAL jsonb_array_elements(c.told -> 'make_up_days') m
), highest AS (
    SELECT DISTINCT ON (day) day, worked_as FROM exception ORDER BY day, rank DESC
)
SELECT d.at::date AS day
FROM generate_series(timestamp '2025-01-01', timestamp '2060-12-31', '1 day') d (at)
LEFT JOIN highest h ON h.day = d.at::date
JOIN week w ON w.number = coalesce(h.worked_as, extract(isodow FROM d.at)) AND w.worked;

CREATE UNIQUE INDEX working_day_day ON nhip.working_day (day);

CREATE OR REPLACE FUNCTION nhip.refresh_entries() RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = nhip, pg_temp AS $$
    REFRESH MATERIALIZED VIEW nhip.entry;
    REFRESH MATERIALIZED VIEW nhip.shift;
    REFRESH MATERIALIZED VIEW nhip.stand_in;
    REFRESH MATERIALIZED VIEW nhip.working_day
$$;

-- The next working days, `first` too where it is worked; each from the end of the one before it, or from the beginning of
-- `first`, so that what falls on days off is met on the working day after them.
CREATE FUNCTION board.working_days(first date, many int) RETURNS TABLE (day date, lower timestamptz, upper timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nhip, pg_temp ROWS 10 AS $$
    SELECT w.day, lag(w.day + 1, 1, working_days.first) OVER (ORDER BY w.day)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh',
           (w.day + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'
    FROM nhip.working_day w WHERE w.day >= working_days.first ORDER BY w.day LIMIT working_days.many
$$;
