-- Counters in rows (docs/decisions/0005-cells.md): few writes an event, and few reads a question however old the history.

DROP VIEW board.agency;
DROP FUNCTION board.figure, board.figure_by_day, board.indicator, board.term;
DROP TABLE nhip.cell;

-- Where each measure has its place in the rows of its vector. Given out as measures are first counted, never changed.
CREATE TABLE nhip.measure (
    name   text PRIMARY KEY,
    vector text NOT NULL,
    lane   int NOT NULL,                         -- from 1, as arrays are
    UNIQUE (vector, lane)
);

-- A row counts everything of one vector (a stream, or one histogram) at one address of streams/rollup.py.
CREATE TABLE nhip.cell (
    vector text COLLATE "C" NOT NULL,
    axis   text COLLATE "C" NOT NULL,
    within text COLLATE "C" NOT NULL,
    grain  text COLLATE "C" NOT NULL,
    cohort date NOT NULL,
    day    date NOT NULL,
    who    text COLLATE "C" NOT NULL,
    n      bigint[] NOT NULL,
    PRIMARY KEY (vector, axis, within, grain, cohort, day, who)
) WITH (fillfactor = 70);

-- What is still to come after the last events of subjects. A cell counts it on the whole of its day: until the moment
-- has come, readers take it back.
CREATE TABLE nhip.ahead (
    measure text COLLATE "C" NOT NULL,
    place   text[] NOT NULL,
    cohort  date NOT NULL,
    moment  timestamptz NOT NULL,
    n       bigint NOT NULL,
    PRIMARY KEY (moment, measure, place, cohort)
) WITH (fillfactor = 70);

-- What each stream can be grouped by, and where in a place it stands; written by `nhip setup`, as the terms are.
CREATE TABLE nhip.dimension (
    stream   text NOT NULL,
    name     text NOT NULL,
    position int NOT NULL,
    PRIMARY KEY (stream, name)
);

ALTER TABLE nhip.report_state ADD COLUMN catalogue text;    -- the version that it was folded with
ALTER TABLE nhip.dossier_state ADD COLUMN catalogue text;
UPDATE nhip.report_state SET cells = '[]';
UPDATE nhip.dossier_state SET cells = '[]';

-- Which rows answer a term for [first, past), of which [first, finish) has been: as conditions on nhip.cell. Whole months
-- and years are read as such.
CREATE FUNCTION nhip.ranges(read text, first date, past date, finish date) RETURNS SETOF text
LANGUAGE sql IMMUTABLE AS $$
    SELECT format('c.grain = %L AND ', r.grain)
           || CASE WHEN r.cohort = none THEN 'c.cohort = ' || quote_literal(none)  -- lets the index go on to the day
                   ELSE format('c.cohort >= %L AND c.cohort < %L', r.cohort, r.cohorts_end) END
           || format(' AND c.day >= %L AND c.day < %L', r.day, r.days_end)
    FROM (SELECT date_trunc('month', ranges.first - 1 + interval '1 month')::date AS begin_month,
                 date_trunc('month', ranges.past)::date                        AS past_month,
                 date_trunc('month', ranges.finish)::date                      AS end_month,
                 date_trunc('year', ranges.finish)::date                       AS end_year,
                 date '0001-01-01' AS none, date '0001-01-02' AS one) m
    CROSS JOIN LATERAL (VALUES
        ('level', 'Y', none, one, none, end_year),
        ('level', 'M', none, one, end_year, end_month),
        ('level', 'D', none, one, end_month, ranges.finish),
        ('flow', 'D', none, one, ranges.first, least(begin_month, ranges.finish)),
        ('flow', 'M', none, one, begin_month, end_month),
        ('flow', 'D', none, one, greatest(begin_month, end_month), ranges.finish),
        ('cohort', 'DD', ranges.first, least(begin_month, ranges.past), none, ranges.finish),
        ('cohort', 'MM', begin_month, past_month, none, end_month),
        ('cohort', 'MD', begin_month, past_month, end_month, ranges.finish),
        ('cohort', 'DD', greatest(begin_month, past_month), ranges.past, none, ranges.finish)
    ) AS r (read, grain, cohort, cohorts_end, day, days_end)
    WHERE r.read = ranges.read AND r.cohort < r.cohorts_end AND r.day < r.days_end
$$;

-- The axis whose rows sum to the whole: the one of the fewest values, the last of a stream's dimensions.
CREATE FUNCTION nhip.whole(indicator text) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT name FROM nhip.dimension WHERE stream = split_part(indicator, '.', 1) ORDER BY position DESC LIMIT 1
$$;

-- What `within` of an axis to read: for a pair those asked for, or every agency; else the one there is.
CREATE FUNCTION nhip.withins(indicator text, axis text, asked text[]) RETURNS text[]
LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN strpos(axis, ',') = 0 THEN ARRAY['']
                WHEN asked IS NOT NULL THEN asked
                ELSE ARRAY(SELECT DISTINCT c.who FROM nhip.cell c
                           WHERE c.vector = split_part(indicator, '.', 1) AND c.axis = split_part(withins.axis, ',', 1)
                             AND c.within = '' AND c.grain IN ('Y', 'MM')) END
$$;

-- The two sides of an indicator from a row's counters, a vector and a way of reading each; `n` names the counters.
CREATE FUNCTION nhip.sides(indicator text)
RETURNS TABLE (vector text, read text, numerator text, denominator text)
LANGUAGE sql STABLE AS $$
    SELECT m.vector, t.read,
           coalesce(string_agg(format('%s * coalesce(c.n[%s], 0)', t.sign, m.lane), ' + ')
                    FILTER (WHERE t.side = 'numerator'), '0'),
           coalesce(string_agg(format('%s * coalesce(c.n[%s], 0)', t.sign, m.lane), ' + ')
                    FILTER (WHERE t.side = 'denominator'), '0')
    FROM nhip.indicator_term t JOIN nhip.measure m ON m.name = t.measure
    WHERE t.indicator = sides.indicator
    GROUP BY m.vector, t.read
$$;

-- What counts today but has not come at `as_of`, to be taken back: of [first, past), by term.
CREATE FUNCTION nhip.to_come(indicator text, first date, past date, as_of timestamptz)
RETURNS TABLE (place text[], side text, n bigint)
LANGUAGE sql STABLE AS $$
    SELECT a.place, t.side, -t.sign * a.n
    FROM nhip.ahead a JOIN nhip.indicator_term t ON t.measure = a.measure
    WHERE t.indicator = to_come.indicator
      AND a.moment >= to_come.as_of
      AND a.moment < (board.civil_day(to_come.as_of) + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'
      AND board.civil_day(to_come.as_of) < to_come.past
      AND CASE t.read WHEN 'cohort' THEN a.cohort >= to_come.first AND a.cohort < to_come.past
                      WHEN 'flow' THEN a.cohort = '0001-01-01' AND board.civil_day(to_come.as_of) >= to_come.first
                      ELSE a.cohort = '0001-01-01' END
$$;

-- Where a place stands on an axis, as expressions over `a.place`.
CREATE FUNCTION nhip.stands(indicator text, axis text, OUT within text, OUT who text)
LANGUAGE sql STABLE AS $$
    SELECT coalesce(max(format('a.place[%s]', d.position)) FILTER (WHERE p.number < p.many), ''''''),
           max(format('a.place[%s]', d.position)) FILTER (WHERE p.number = p.many)
    FROM (SELECT u.name, u.number, count(*) OVER () AS many
          FROM unnest(string_to_array(axis, ',')) WITH ORDINALITY AS u (name, number)) p
    JOIN nhip.dimension d ON d.stream = split_part(indicator, '.', 1) AND d.name = p.name
$$;

CREATE FUNCTION nhip.has_denominator(indicator text) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM nhip.indicator_term t
                   WHERE t.indicator = has_denominator.indicator AND t.side = 'denominator')
$$;

-- An indicator for the civil days [first, past) as they stood at as_of (now, or the end of a day), on an axis such as
-- 'agency' or 'agency,field' (within agencies, or all); without an axis the whole. `denominator` is null for counts.
CREATE FUNCTION board.indicator(name text, first date, past date, as_of timestamptz DEFAULT now(),
                                axis text DEFAULT NULL, within_these text[] DEFAULT NULL)
RETURNS TABLE (within text, who text, numerator bigint, denominator bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = nhip, pg_temp SET jit = off
    SET max_parallel_workers_per_gather = 0 SET enable_seqscan = off AS $$
DECLARE
    finish   date := least(past, board.civil_day(as_of) + 1);
    the_axis text := coalesce(axis, nhip.whole(name));
    these    text[] := nhip.withins(name, the_axis, within_these);
    place    record := nhip.stands(name, the_axis);
    branches text;
BEGIN
    SELECT string_agg(format('SELECT c.within, c.who, %s AS numerator, %s AS denominator FROM nhip.cell c'
                             ' WHERE c.vector = %L AND c.axis = %L AND c.within = ANY (%L) AND %s',
                             s.numerator, s.denominator, s.vector, the_axis, these, r.condition), ' UNION ALL ')
    INTO branches
    FROM nhip.sides(name) s CROSS JOIN LATERAL nhip.ranges(s.read, first, past, finish) AS r (condition);
    IF branches IS NULL THEN
        RETURN;
    END IF;
    RETURN QUERY EXECUTE format(
        'SELECT %s, %s, coalesce(sum(i.numerator), 0)::bigint, CASE WHEN $1 THEN coalesce(sum(i.denominator), 0)::bigint END'
        ' FROM (%s UNION ALL'
        ' SELECT %s, %s, CASE WHEN a.side = ''numerator'' THEN a.n ELSE 0 END,'
        ' CASE WHEN a.side = ''denominator'' THEN a.n ELSE 0 END FROM nhip.to_come($2, $3, $4, $5) a'
        ' WHERE $6 IS NULL OR %s = ANY ($6)) i GROUP BY 1, 2',
        CASE WHEN strpos(axis, ',') > 0 THEN 'i.within' ELSE '''''::text' END, CASE WHEN axis IS NULL THEN '''''::text' ELSE 'i.who' END,
        branches, place.within, place.who, place.within)
    USING nhip.has_denominator(name), name, first, past, as_of, within_these;
END
$$;

-- The same for each day of [first, past), as it stood at its end: the level before the first day, and every day's change.
CREATE FUNCTION board.indicator_by_day(name text, first date, past date, as_of timestamptz DEFAULT now(),
                                       axis text DEFAULT NULL, within_these text[] DEFAULT NULL)
RETURNS TABLE (day date, within text, who text, numerator bigint, denominator bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = nhip, pg_temp SET jit = off
    SET max_parallel_workers_per_gather = 0 SET enable_seqscan = off AS $$
#variable_conflict use_column
DECLARE
    finish   date := least(past, board.civil_day(as_of) + 1);
    the_axis text := coalesce(axis, nhip.whole(name));
    these    text[] := nhip.withins(name, the_axis, within_these);
    place    record := nhip.stands(name, the_axis);
    branches text;
BEGIN
    SELECT string_agg(format('SELECT %s AS day, c.within, c.who, %L::boolean AS stays, %s AS numerator, %s AS denominator'
                             ' FROM nhip.cell c WHERE c.vector = %L AND c.axis = %L AND c.within = ANY (%L) AND %s',
                             r.day, r.stays, s.numerator, s.denominator, s.vector, the_axis, these, r.condition),
                      ' UNION ALL ')
    INTO branches
    FROM nhip.sides(name) s
    CROSS JOIN LATERAL (
        SELECT format('%L::date', first - 1) AS day, true AS stays, b.condition
        FROM nhip.ranges('level', first, first, first) AS b (condition) WHERE s.read = 'level'
        UNION ALL
        SELECT 'c.day', s.read = 'level',
               CASE s.read
                   WHEN 'cohort' THEN format('c.grain = ''DD'' AND c.cohort >= %L AND c.cohort < %L AND c.cohort = c.day',
                                             first, finish)
                   ELSE format('c.grain = ''D'' AND c.cohort = ''0001-01-01'' AND c.day >= %L AND c.day < %L',
                               first, finish) END
    ) r;
    IF branches IS NULL THEN
        RETURN;
    END IF;
    RETURN QUERY EXECUTE format(
        'WITH changed AS ('
        '  SELECT i.day, %1$s AS within, %2$s AS who, i.stays, sum(i.numerator) AS numerator,'
        '         sum(i.denominator) AS denominator FROM ('
        '    %3$s UNION ALL'
        '    SELECT board.civil_day($5), %4$s, %5$s, false, CASE WHEN a.side = ''numerator'' THEN a.n ELSE 0 END,'
        '           CASE WHEN a.side = ''denominator'' THEN a.n ELSE 0 END'
        '    FROM nhip.to_come($2, board.civil_day($5), $4, $5) a'
        '    WHERE board.civil_day($5) >= $3 AND ($6 IS NULL OR %4$s = ANY ($6))'
        '  ) i GROUP BY 1, 2, 3, 4),'
        ' standing AS ('
        '  SELECT d.day::date AS day, w.within, w.who,'
        '         coalesce(f.numerator, 0) + sum(coalesce(l.numerator, 0)) OVER g AS numerator,'
        '         coalesce(f.denominator, 0) + sum(coalesce(l.denominator, 0)) OVER g AS denominator'
        '  FROM (SELECT DISTINCT c.within, c.who FROM changed c) w'
        '  CROSS JOIN generate_series(($3 - 1)::timestamp, ($7 - 1)::timestamp, interval ''1 day'') AS d (day)'
        '  LEFT JOIN changed f ON NOT f.stays AND (f.within, f.who, f.day) = (w.within, w.who, d.day::date)'
        '  LEFT JOIN changed l ON l.stays AND (l.within, l.who, l.day) = (w.within, w.who, d.day::date)'
        '  WINDOW g AS (PARTITION BY w.within, w.who ORDER BY d.day))'
        ' SELECT s.day, s.within, s.who, s.numerator::bigint, CASE WHEN $1 THEN s.denominator::bigint END'
        ' FROM standing s WHERE s.day >= $3 AND (s.numerator, s.denominator) <> (0, 0)',
        CASE WHEN strpos(axis, ',') > 0 THEN 'i.within' ELSE '''''::text' END,
        CASE WHEN axis IS NULL THEN '''''::text' ELSE 'i.who' END, branches, place.within, place.who)
    USING nhip.has_denominator(name), name, first, past, as_of, within_these, finish;
END
$$;

-- The buckets of a duration for [first, past), from 0 (streams/indicators/histogram.py); its one term names a histogram.
CREATE FUNCTION board.histogram(name text, first date, past date, as_of timestamptz DEFAULT now(),
                                axis text DEFAULT NULL, within_these text[] DEFAULT NULL)
RETURNS TABLE (within text, who text, bucket int, n bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = nhip, pg_temp SET jit = off
    SET max_parallel_workers_per_gather = 0 SET enable_seqscan = off AS $$
DECLARE
    finish   date := least(past, board.civil_day(as_of) + 1);
    the_axis text := coalesce(axis, nhip.whole(name));
    branches text;
BEGIN
    SELECT string_agg(format('SELECT c.within, c.who, c.n FROM nhip.cell c'
                             ' WHERE c.vector = %L AND c.axis = %L AND c.within = ANY (%L) AND %s',
                             t.measure, the_axis, nhip.withins(name, the_axis, within_these), r.condition), ' UNION ALL ')
    INTO branches
    FROM nhip.indicator_term t CROSS JOIN LATERAL nhip.ranges(t.read, first, past, finish) AS r (condition)
    WHERE t.indicator = name;
    IF branches IS NOT NULL THEN
        RETURN QUERY EXECUTE format(
            'SELECT %s, %s, u.bucket::int - 1, sum(u.n)::bigint FROM (%s) i'
            ' CROSS JOIN LATERAL unnest(i.n) WITH ORDINALITY AS u (n, bucket) WHERE u.n <> 0 GROUP BY 1, 2, 3',
            CASE WHEN strpos(axis, ',') > 0 THEN 'i.within' ELSE '''''::text' END,
            CASE WHEN axis IS NULL THEN '''''::text' ELSE 'i.who' END, branches);
    END IF;
END
$$;

-- One indicator of the days a range touches, as it stands now, of some agencies or of all (NULL first). A count has no
-- denominator and is not shown in percent; health.uptime is counted in seconds and has no agencies.
CREATE FUNCTION board.figure(name text, lower timestamptz, upper timestamptz, agencies text[])
RETURNS TABLE (numerator bigint, denominator bigint, shown text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nhip, pg_temp SET jit = off AS $$
    SELECT c.numerator, c.denominator,
           CASE WHEN c.denominator IS NOT NULL THEN board.percent(c.numerator, c.denominator) END
    FROM (
        SELECT coalesce(sum(i.numerator), 0)::bigint AS numerator,
               CASE WHEN nhip.has_denominator(figure.name) THEN coalesce(sum(i.denominator), 0)::bigint END AS denominator
        FROM board.days(figure.lower, figure.upper) d
        CROSS JOIN LATERAL board.indicator(figure.name, d.first, d.past, now(),
                                           CASE WHEN figure.agencies[1] IS NOT NULL THEN 'agency' END) i
        WHERE figure.agencies[1] IS NULL OR i.who = ANY (figure.agencies)
    ) c
    WHERE figure.name <> 'health.uptime'
    UNION ALL
    SELECT u.up / 1000000, (u.up + u.down) / 1000000, board.uptime_shown(u.up, u.down, u.maintenance, u.due)
    FROM (
        SELECT coalesce(sum(s.up), 0)::bigint AS up, coalesce(sum(s.down), 0)::bigint AS down,
               coalesce(sum(s.maintenance), 0)::bigint AS maintenance, coalesce(sum(s.due), 0)::bigint AS due
        FROM board.days(figure.lower, figure.upper) d
        CROSS JOIN LATERAL board.uptime(d.first, d.past, now()) s
    ) u
    WHERE figure.name = 'health.uptime'
$$;

-- The same by day and agency (or system), each day as it stood at its end; the newest fourteen days of the range.
CREATE FUNCTION board.figure_by_day(name text, lower timestamptz, upper timestamptz, agencies text[])
RETURNS TABLE (day date, who text, numerator bigint, denominator bigint, shown text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nhip, pg_temp SET jit = off AS $$
    WITH touched AS (
        SELECT greatest(r.first, r.past - 14) AS first, r.past
        FROM (SELECT d.first, least(d.past, board.civil_day(now()) + 1) AS past
              FROM board.days(figure_by_day.lower, figure_by_day.upper) d) r
        WHERE r.first < r.past
    )
    SELECT i.day, i.who, i.numerator, i.denominator,
           CASE WHEN i.denominator IS NOT NULL THEN board.percent(i.numerator, i.denominator) END
    FROM touched t
    CROSS JOIN LATERAL board.indicator_by_day(figure_by_day.name, t.first, t.past, now(), 'agency') i
    WHERE figure_by_day.agencies[1] IS NULL OR i.who = ANY (figure_by_day.agencies)
    UNION ALL
    SELECT g.day::date, u.system_id, u.up / 1000000, (u.up + u.down) / 1000000,
           board.uptime_shown(u.up, u.down, u.maintenance, u.due)
    FROM touched t
    CROSS JOIN LATERAL generate_series(t.first::timestamp, (t.past - 1)::timestamp, interval '1 day') AS g (day)
    CROSS JOIN LATERAL board.uptime(g.day::date, g.day::date + 1, now()) u
    WHERE figure_by_day.name = 'health.uptime'
$$;

-- Every agency that has ever counted.
CREATE VIEW board.agency AS
SELECT DISTINCT c.who::text AS agency
FROM nhip.cell c
WHERE c.vector IN ('reports', 'dossiers') AND c.axis = 'agency' AND c.within = '' AND c.grain IN ('Y', 'MM');
