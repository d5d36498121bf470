-- For boards that are asked about a range of time: civil days, figures as they are shown, rates, dead letters.

-- The civil days that a range touches, [first, past): one that ends at midnight does not touch the day after.
CREATE FUNCTION board.days(lower timestamptz, upper timestamptz) RETURNS TABLE (first date, past date)
LANGUAGE sql STABLE AS $$
    SELECT board.civil_day(lower), board.civil_day(greatest(upper - interval '1 microsecond', lower)) + 1
$$;

-- Uptime as it is published, N/A where less than 90 % of what was due was observed (DOMAIN §2). Microseconds of many
-- systems over years overflow board.percent, hence numeric.
CREATE FUNCTION board.uptime_shown(up bigint, down bigint, maintenance bigint, due bigint) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN up + down = 0 OR due = 0 OR (up + down + maintenance)::numeric * 100 < due::numeric * 90 THEN 'N/A'
           ELSE board.percent(trunc(up::numeric * 10000 / (up + down))::bigint, 10000) END
$$;

-- One indicator of the days a range touches, as it stands now, of some agencies or of all (NULL first). A count has no
-- denominator and is not shown in percent; health.uptime is counted in seconds and has no agencies.
-- The planner takes a function for a thousand rows; compiling for them costs more than the answer, hence no jit.
CREATE FUNCTION board.figure(name text, lower timestamptz, upper timestamptz, agencies text[])
RETURNS TABLE (numerator bigint, denominator bigint, shown text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nhip, pg_temp SET jit = off AS $$
    SELECT c.numerator, c.denominator,
           CASE WHEN c.denominator IS NOT NULL THEN board.percent(c.numerator, c.denominator) END
    FROM (
        SELECT coalesce(sum(i.numerator), 0)::bigint AS numerator,
               CASE WHEN EXISTS (SELECT FROM nhip.indicator_term t
                                 WHERE t.indicator = figure.name AND t.side = 'denominator')
                    THEN coalesce(sum(i.denominator), 0)::bigint END AS denominator
        FROM board.days(figure.lower, figure.upper) d
        CROSS JOIN LATERAL board.indicator(figure.name, d.first, d.past, now()) i
        WHERE figure.agencies[1] IS NULL OR i.agency = ANY (figure.agencies)
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
        SELECT g.day::date AS day
        FROM (SELECT d.first, least(d.past, board.civil_day(now()) + 1) AS past
              FROM board.days(figure_by_day.lower, figure_by_day.upper) d) r
        CROSS JOIN LATERAL generate_series(greatest(r.first, r.past - 14)::timestamp, (r.past - 1)::timestamp,
                                           interval '1 day') AS g (day)
    )
    SELECT t.day, i.agency, sum(i.numerator)::bigint, sum(i.denominator)::bigint,
           CASE WHEN sum(i.denominator) IS NOT NULL
                THEN board.percent(sum(i.numerator)::bigint, sum(i.denominator)::bigint) END
    FROM touched t
    CROSS JOIN LATERAL board.indicator(figure_by_day.name, t.day, t.day + 1, now()) i
    WHERE figure_by_day.agencies[1] IS NULL OR i.agency = ANY (figure_by_day.agencies)
    GROUP BY t.day, i.agency
    UNION ALL
    SELECT t.day, u.system_id, u.up / 1000000, (u.up + u.down) / 1000000,
           board.uptime_shown(u.up, u.down, u.maintenance, u.due)
    FROM touched t
    CROSS JOIN LATERAL board.uptime(t.day, t.day + 1, now()) u
    WHERE figure_by_day.name = 'health.uptime'
$$;

-- Each system over the days a range touches; percent is null where the figure is N/A, coverage where nothing was due.
CREATE FUNCTION board.uptime_by_system(lower timestamptz, upper timestamptz)
RETURNS TABLE (system_id text, shown text, percent float8, down_s bigint, coverage int)
LANGUAGE sql STABLE AS $$
    SELECT u.system_id, s.shown, CASE WHEN s.shown <> 'N/A' THEN u.up * 100.0::float8 / (u.up + u.down) END,
           u.down / 1000000, trunc((u.up + u.down + u.maintenance) * 100.0 / nullif(u.due, 0))::int
    FROM board.days(lower, upper) d
    CROSS JOIN LATERAL board.uptime(d.first, d.past, now()) u
    CROSS JOIN LATERAL board.uptime_shown(u.up, u.down, u.maintenance, u.due) AS s (shown)
$$;

-- Records a minute, the mean since each partition's window began: ten minutes at most while records come, longer once
-- they stop (the window is not begun anew without a record). Low in the first ten seconds of a window.
CREATE VIEW board.stream_rate AS
SELECT stream,
       coalesce(sum(60 * window_records / greatest(date_part('epoch', now() - window_start), 10)), 0) AS per_minute
FROM nhip.partition
GROUP BY stream;

-- Dead letters by when they were refused, dropped and retried ones too: a past hour does not change when people tidy up.
CREATE FUNCTION board.dead_letters(lower timestamptz, upper timestamptz, width interval)
RETURNS TABLE (bucket timestamptz, reason text, letters bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nhip, pg_temp AS $$
    SELECT public.time_bucket(dead_letters.width, l.recorded_at, 'Asia/Ho_Chi_Minh'), l.reason, count(*)
    FROM nhip.dead_letter l
    WHERE l.recorded_at >= dead_letters.lower AND l.recorded_at < dead_letters.upper
    GROUP BY 1, 2
$$;

-- Every agency that has ever counted, by hops along the primary key: cells are many, measures and agencies are few.
CREATE VIEW board.agency AS
WITH RECURSIVE hop (measure, agency) AS (
    (SELECT measure, agency FROM nhip.cell ORDER BY measure, agency LIMIT 1)
    UNION ALL
    SELECT following.measure, following.agency
    FROM hop CROSS JOIN LATERAL (
        SELECT c.measure, c.agency FROM nhip.cell c WHERE (c.measure, c.agency) > (hop.measure, hop.agency)
        ORDER BY c.measure, c.agency LIMIT 1
    ) following
)
SELECT DISTINCT agency FROM hop;
