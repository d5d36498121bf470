-- The observed time of a stream from `since` on, in microseconds: years of spans are not read for a day's uptime. What
-- comes before `since` is told wrongly or not at all.
DROP FUNCTION nhip.observed(text);
CREATE FUNCTION nhip.observed(of_stream text, since timestamptz DEFAULT '-infinity')
RETURNS TABLE (lower bigint, upper bigint)
LANGUAGE sql STABLE AS $$
    SELECT board.microseconds(pg_catalog.lower(r)), board.microseconds(pg_catalog.upper(r))
    FROM (
        SELECT range_intersect_agg(seen) * tstzmultirange(tstzrange(min(first), NULL)) AS everywhere
        FROM (
            SELECT range_agg(tstzrange(o.lower, o.upper)) + tstzmultirange(tstzrange(NULL, known.first)) AS seen, known.first
            FROM nhip.partition p
            CROSS JOIN LATERAL (
                SELECT min(k.lower) AS first,
                       (SELECT max(b.lower) FROM nhip.observed_time b
                        WHERE b.topic = p.topic AND b.partition = p.partition AND b.lower <= observed.since) AS standing
                FROM nhip.observed_time k WHERE k.topic = p.topic AND k.partition = p.partition
            ) known
            JOIN nhip.observed_time o ON o.topic = p.topic AND o.partition = p.partition
                                     AND o.lower >= coalesce(known.standing, '-infinity')
            WHERE p.stream = of_stream
            GROUP BY p.topic, p.partition, known.first
        ) partitions
    ) stream, unnest(everywhere) r
$$;

-- Observed time of each system over the civil days [first, past), in microseconds; `due` is what could have been seen.
-- A silence is down time within observed time, once that was longer than the ping before the silence spoke for.
CREATE OR REPLACE FUNCTION board.uptime(first date, past date, as_of timestamptz DEFAULT now())
RETURNS TABLE (system_id text, up bigint, down bigint, maintenance bigint, due bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nhip, pg_temp SET jit = off AS $$
    WITH period AS (
        SELECT board.microseconds(uptime.first::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh') AS lower,
               board.microseconds(least(uptime.past::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh', uptime.as_of)) AS upper
    ), span AS MATERIALIZED (
        SELECT s.lower, s.upper
        FROM nhip.observed('health', uptime.first::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh') s
    ), day AS (
        SELECT d.* FROM nhip.health_day d WHERE d.day >= uptime.first AND d.day < uptime.past
    ), piece AS (
        SELECT s.subject, greatest(t.lower, p.lower) AS lower, least(t.upper, p.upper) AS upper, t.state, t.cover, t.up
        FROM nhip.system_state s CROSS JOIN period p
        CROSS JOIN LATERAL jsonb_to_recordset(s.tail)
            AS t (lower bigint, upper bigint, state text, cover bigint, up boolean)
        WHERE t.lower < p.upper AND t.upper > p.lower
        UNION ALL
        SELECT d.subject, t.lower, t.upper, t.state, t.cover, t.up
        FROM day d
        CROSS JOIN LATERAL jsonb_to_recordset(d.silent)
            AS t (lower bigint, upper bigint, state text, cover bigint, up boolean)
        WHERE d.silent IS NOT NULL
    ), part AS (
        SELECT d.subject, d.up, d.down, d.maintenance FROM day d
        UNION ALL
        SELECT p.subject,
               CASE p.state WHEN 'up' THEN p.upper - p.lower
                            WHEN 'silent' THEN CASE WHEN p.up THEN p.upper - p.lower - silent.down ELSE 0 END ELSE 0 END,
               CASE p.state WHEN 'down' THEN p.upper - p.lower WHEN 'silent' THEN silent.down ELSE 0 END,
               CASE p.state WHEN 'maintenance' THEN p.upper - p.lower ELSE 0 END
        FROM piece p CROSS JOIN LATERAL (
            SELECT coalesce(sum(greatest(least(p.upper, s.upper) - greatest(p.lower, s.lower + p.cover), 0)), 0) AS down
            FROM span s
        ) silent
    ), total AS (
        SELECT subject, sum(up) AS up, sum(down) AS down, sum(maintenance) AS maintenance FROM part GROUP BY subject
    )
    SELECT s.subject, coalesce(t.up, 0)::bigint, coalesce(t.down, 0)::bigint, coalesce(t.maintenance, 0)::bigint,
           greatest(p.upper - greatest(p.lower, board.microseconds(s.first_at)), 0)
    FROM nhip.system_state s CROSS JOIN period p LEFT JOIN total t USING (subject)
    WHERE board.microseconds(s.first_at) < p.upper
$$;

CREATE FUNCTION nhip.length(stretches tstzmultirange) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT coalesce(sum(board.microseconds(upper(r)) - board.microseconds(lower(r))), 0)::bigint FROM unnest(stretches) r $$;

-- What every system's checks and planned work were between two moments. The intervals of a check do not overlap, so the
-- first is the one that stands at `since`; what came after `until` is not read. `cover` of a silence, as in its interval.
CREATE FUNCTION nhip.held(since timestamptz, until timestamptz)
RETURNS TABLE (subject text, planned boolean, check_id text, during tstzmultirange, state text, cover interval)
LANGUAGE sql STABLE AS $$
    WITH known AS MATERIALIZED (
        SELECT s.subject, c.key AS check_id, (c.value ->> 0)::bigint AS last, (c.value ->> 1)::bigint AS spoken_for,
               coalesce((SELECT max(i.lower) FROM nhip.health_interval i
                         WHERE i.subject = s.subject AND NOT i.planned AND i.check_id = c.key AND i.lower <= held.since),
                        '-infinity') AS first
        FROM nhip.system_state s CROSS JOIN LATERAL jsonb_each(s.fold -> 'checks') c
        WHERE coalesce((s.terms -> c.key ->> 4)::boolean, true)
    ), stretch AS MATERIALIZED (
        SELECT k.subject, false AS planned, k.check_id, one.lower, one.upper, one.state, one.cover
        FROM known k CROSS JOIN LATERAL (
            SELECT i.lower, i.upper, i.state, i.cover FROM nhip.health_interval i
            WHERE i.subject = k.subject AND NOT i.planned AND i.check_id = k.check_id
              AND i.lower >= k.first AND i.lower < held.until
            OFFSET 0  -- check by check: the planner would rather read every interval there is
        ) one
        UNION ALL
        SELECT k.subject, false, k.check_id, timestamptz 'epoch' + k.spoken_for * interval '1 microsecond', 'infinity',
               'silent', k.spoken_for - k.last
        FROM known k
        UNION ALL
        SELECT i.subject, true, i.check_id, i.lower, i.upper, i.state, 0
        FROM nhip.health_interval i WHERE i.planned AND i.upper > held.since
    )
    SELECT h.subject, h.planned, h.check_id,
           tstzmultirange(tstzrange(greatest(h.lower, held.since), least(h.upper, held.until))), h.state,
           h.cover * interval '1 microsecond'
    FROM stretch h WHERE h.lower < held.until AND h.upper > held.since
$$;

-- Observed time of each system from `since` up to now, in microseconds, as board.uptime tells it of civil days: the day that
-- `since` cuts is put together from its intervals, as streams/health/uptime.py does, those after it from what is kept of
-- them. A system is as bad as its worst check that is not itself worked on; a silence is down within observed time, once
-- that was longer than the ping before the silence spoke for.
CREATE FUNCTION board.uptime_since(since timestamptz)
RETURNS TABLE (system_id text, up bigint, down bigint, maintenance bigint, due bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nhip, pg_temp SET jit = off AS $$
    WITH cut AS (
        SELECT d.first, least(d.first::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh', now()) AS until
        FROM (SELECT board.civil_day(uptime_since.since - interval '1 microsecond') + 1 AS first) d
    ), span AS MATERIALIZED (
        SELECT timestamptz 'epoch' + o.lower * interval '1 microsecond' AS lower,
               timestamptz 'epoch' + o.upper * interval '1 microsecond' AS upper
        FROM nhip.observed('health', uptime_since.since) o
    ), held AS MATERIALIZED (
        SELECT h.* FROM cut CROSS JOIN LATERAL nhip.held(uptime_since.since, cut.until) h
    ), work AS (
        SELECT h.subject, h.check_id, range_agg(h.during) AS during FROM held h WHERE h.planned GROUP BY h.subject, h.check_id
    ), unplanned AS (
        SELECT h.subject, h.state, h.cover, h.during AS known,
               h.during - coalesce(own.during, '{}') - coalesce(whole.during, '{}') AS during
        FROM held h
        LEFT JOIN work own ON own.subject = h.subject AND own.check_id = h.check_id
        LEFT JOIN work whole ON whole.subject = h.subject AND whole.check_id = ''
        WHERE NOT h.planned
    ), system AS (
        SELECT u.subject, range_agg(u.known) - range_agg(u.during) AS maintenance,
               coalesce(range_agg(u.during) FILTER (WHERE u.state IN ('up', 'degraded')), '{}') AS well,
               coalesce(range_agg(CASE u.state WHEN 'down' THEN u.during
                                               WHEN 'silent' THEN u.during * silent.down ELSE '{}' END), '{}') AS down
        FROM unplanned u LEFT JOIN LATERAL (
            SELECT coalesce(range_agg(tstzrange(s.lower + u.cover, greatest(s.upper, s.lower + u.cover))), '{}') AS down
            FROM span s
        ) silent ON u.state = 'silent'
        GROUP BY u.subject
    ), part AS (
        SELECT s.subject, nhip.length(s.well - s.down) AS up, nhip.length(s.down) AS down,
               nhip.length(s.maintenance) AS maintenance, 0::bigint AS due
        FROM system s
        UNION ALL
        SELECT s.subject, 0, 0, 0,
               board.microseconds(cut.until) - board.microseconds(greatest(uptime_since.since, s.first_at))
        FROM system_state s JOIN cut ON s.first_at < cut.until
        UNION ALL
        SELECT u.system_id, u.up, u.down, u.maintenance, u.due
        FROM cut CROSS JOIN LATERAL board.uptime(cut.first, board.civil_day(now()) + 1, now()) u
        WHERE cut.first <= board.civil_day(now())
    )
    SELECT p.subject, sum(p.up)::bigint, sum(p.down)::bigint, sum(p.maintenance)::bigint, sum(p.due)::bigint
    FROM part p GROUP BY p.subject
$$;
