-- name: touched
-- Each dossier changes counters on three days: of its receipt, of its date coming due, of its end. A few agencies and
-- fields have most of them.
CREATE UNLOGGED TABLE touched AS
SELECT date '2026-01-01' + (n %% 365)::int AS day,
       'agency-' || floor(%(agencies)s * random() ^ 2)::int AS agency, f.field, 'procedure-' || f.field || '-' || n %% 10
           AS procedure, (ARRAY['online', 'counter', 'post'])[1 + n %% 3] AS channel
FROM generate_series(1, %(dossiers)s * 3) AS n
CROSS JOIN LATERAL (SELECT 'field-' || floor(%(fields)s * random() ^ 2 + 0 * n)::int AS field) f

-- name: rows
-- An axis at a grain, with counters of as many measures as there are, written day by day as a province's days come.
INSERT INTO nhip.cell (vector, axis, within, grain, cohort, day, who, n)
SELECT 'dossiers', %(axis)s, {within}, %(grain)s, '0001-01-01', date_trunc(%(length)s, day)::date, {who},
       array_fill(count(*), ARRAY[(SELECT max(lane) FROM nhip.measure WHERE vector = 'dossiers')])
FROM touched GROUP BY 3, 6, 7 ORDER BY 6

-- name: years_before
INSERT INTO nhip.cell
SELECT vector, axis, within, grain, cohort, (day - y * interval '1 year')::date, who, n
FROM nhip.cell CROSS JOIN generate_series(1, %(years)s) AS y WHERE grain = 'Y'
