-- name: lanes
SELECT name, lane - 1 FROM nhip.measure

-- name: lock_measures
LOCK TABLE nhip.measure IN SHARE ROW EXCLUSIVE MODE

-- name: place_measures
INSERT INTO nhip.measure (name, vector, lane)
SELECT u.name, split_part(u.name, '.', 1),
       (SELECT coalesce(max(m.lane), 0) FROM nhip.measure m WHERE m.vector = split_part(u.name, '.', 1))
       + row_number() OVER (PARTITION BY split_part(u.name, '.', 1) ORDER BY u.place)
FROM unnest(%s::text[]) WITH ORDINALITY AS u (name, place)
WHERE NOT EXISTS (SELECT FROM nhip.measure m WHERE m.name = u.name)

-- name: series
SELECT vector, axis, grain, id FROM nhip.series

-- name: place_series
-- What another transaction is placing is waited for, and read then.
INSERT INTO nhip.series (vector, axis, grain) SELECT * FROM unnest(%s::text[], %s::text[], %s::text[])
ON CONFLICT DO NOTHING

-- name: codes
SELECT code, id FROM nhip.code WHERE code = ANY (%s)

-- name: place_codes
INSERT INTO nhip.code (code) SELECT unnest(%s::text[]) ON CONFLICT DO NOTHING

-- name: copy_cells
COPY staged_cell (series, cohort, day, within, who, n) FROM STDIN (FORMAT binary)

-- name: copy_ahead
COPY staged_ahead (measure, place, cohort, moment, n) FROM STDIN

-- name: add_cells
INSERT INTO nhip.cell AS c (series, within, cohort, day, who, n)
SELECT series, within, cohort, day, who, n FROM staged_cell ORDER BY series, within, cohort, day, who
ON CONFLICT (series, within, cohort, day, who)
DO UPDATE SET n = ARRAY(SELECT coalesce(u.stands, 0) + coalesce(u.comes, 0)
                        FROM (SELECT unnest(c.n) AS stands, unnest(excluded.n) AS comes) u)

-- name: add_ahead
INSERT INTO nhip.ahead AS a (measure, place, cohort, moment, n)
SELECT measure, place, cohort, moment, n FROM staged_ahead
ORDER BY moment, measure COLLATE "C", place, cohort
ON CONFLICT (moment, measure, place, cohort) DO UPDATE SET n = a.n + excluded.n
