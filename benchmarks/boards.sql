-- name: touched
-- Each dossier changes counters on three days: of its receipt, of its date coming due, of its end. A few agencies and
-- fields have most of them.
CREATE UNLOGGED TABLE touched AS
SELECT date '2026-01-01' + (n %% 365)::int AS day,
       'agency-' || floor(%(agencies)s * random() ^ 2)::int AS agency, f.field, 'procedure-' || f.field || '-' || n %% 10
           AS procedure, (ARRAY['online', 'counter', 'post'])[1 + n %% 3] AS channel
FROM generate_series(1, %(dossiers)s * 3) AS n
CROSS JOIN LATERAL (SELECT 'field-' || floor(%(fields)s * random() ^ 2 + 0 * n)::int AS field) f

-- name: series
INSERT INTO nhip.series (vector, axis, grain) VALUES ('dossiers', %(axis)s, %(grain)s)

-- name: codes
INSERT INTO nhip.code (code)
SELECT DISTINCT v.code FROM touched CROSS JOIN LATERAL (VALUES (''), (agency), (field), (procedure), (channel)) AS v (code)

-- name: rows
-- An axis at a grain, with counters of as many measures as there are, written day by day as a province's days come.
WITH counted AS (
    SELECT {within} AS within, date_trunc(%(length)s, day)::date AS day, {who} AS who, count(*) AS n
    FROM touched GROUP BY 1, 2, 3
)
INSERT INTO nhip.cell (series, within, cohort, day, who, n)
SELECT s.id, w.id, '0001-01-01', c.day, o.id,
       array_fill(c.n, ARRAY[(SELECT max(lane) FROM nhip.measure WHERE vector = 'dossiers')])
FROM counted c JOIN nhip.series s ON (s.vector, s.axis, s.grain) = ('dossiers', %(axis)s, %(grain)s)
JOIN nhip.code w ON w.code = c.within JOIN nhip.code o ON o.code = c.who ORDER BY c.day

-- name: years_before
INSERT INTO nhip.cell
SELECT series, within, cohort, (day - y * interval '1 year')::date, who, n
FROM nhip.cell CROSS JOIN generate_series(1, %(years)s) AS y
WHERE series IN (SELECT id FROM nhip.series WHERE grain = 'Y')
