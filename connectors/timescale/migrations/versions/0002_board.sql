-- The contract for Grafana, the wallboard and the API: views and functions. Nobody else reads the base tables.

CREATE VIEW board.stream_pulse AS
SELECT stream,
       sum(records)::bigint      AS records,
       sum(stored)::bigint       AS stored,
       sum(duplicates)::bigint   AS duplicates,
       sum(conflicts)::bigint    AS conflicts,
       sum(dead_letters)::bigint AS dead_letters,
       sum(greatest(end_offset - next_offset, 0))::bigint AS lag,
       count(*) FILTER (WHERE paused IS NOT NULL) AS paused,
       max(appended_at)          AS newest,
       min(greatest(p.appended_at, f.fresh_at)) AS fresh  -- data age = now - fresh: everything before it is counted
FROM nhip.partition p LEFT JOIN nhip.freshness f USING (topic, partition)
GROUP BY stream;

CREATE VIEW board.partition_pulse AS
SELECT stream, topic, partition, next_offset, greatest(end_offset - next_offset, 0) AS lag,
       records, stored, duplicates, conflicts, dead_letters, appended_at, paused, paused_at
FROM nhip.partition;

CREATE VIEW board.dead_letter_reason AS
SELECT stream, reason, date_trunc('hour', recorded_at) AS hour, count(*) AS letters
FROM nhip.dead_letter
WHERE dropped_at IS NULL
GROUP BY 1, 2, 3;

CREATE FUNCTION board.civil_day(moment timestamptz) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT (moment AT TIME ZONE 'Asia/Ho_Chi_Minh')::date $$;

-- One term of an indicator, for the civil days [first, past) as they stood at as_of (now, or the end of a day).
-- Work whose due date is still to come today counts as overdue in today's cell but not yet at as_of: taken back here.
CREATE FUNCTION board.term(measure text, read text, first date, past date, as_of timestamptz)
RETURNS TABLE (agency text, kind text, n bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nhip, pg_temp AS $$
    SELECT c.agency, c.kind, c.n
    FROM nhip.cell c
    WHERE c.measure = term.measure
      AND c.day < term.past AND c.day <= board.civil_day(term.as_of)
      AND (term.read <> 'flow' OR c.day >= term.first)
      AND (term.read <> 'cohort' OR c.cohort >= term.first AND c.cohort < term.past)
    UNION ALL
    SELECT d.agency, d.kind, -1
    FROM nhip.dossier_state d
    WHERE term.measure = 'dossiers.overdue' AND d.ended_at IS NULL
      AND d.overdue_at >= term.as_of
      AND board.civil_day(d.overdue_at) = board.civil_day(term.as_of)
      AND board.civil_day(term.as_of) < term.past
$$;

-- An indicator by agency for the civil days [first, past); denominator is null for counts.
CREATE FUNCTION board.indicator(name text, first date, past date, as_of timestamptz DEFAULT now())
RETURNS TABLE (agency text, kind text, numerator bigint, denominator bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nhip, pg_temp AS $$
    SELECT v.agency, v.kind,
           coalesce(sum(v.n * t.sign) FILTER (WHERE t.side = 'numerator'), 0)::bigint,
           CASE WHEN (SELECT bool_or(side = 'denominator') FROM nhip.indicator_term WHERE indicator = name)
                THEN coalesce(sum(v.n * t.sign) FILTER (WHERE t.side = 'denominator'), 0)::bigint END
    FROM nhip.indicator_term t
    CROSS JOIN LATERAL board.term(t.measure, t.read, indicator.first, indicator.past, indicator.as_of) v
    WHERE t.indicator = indicator.name
    GROUP BY v.agency, v.kind
$$;

-- Observed time of each system over the civil days [first, past), in microseconds; `due` is what could have been seen:
-- the time since its last ping only counts as missed once that ping no longer speaks for it.
CREATE FUNCTION board.uptime(first date, past date, as_of timestamptz DEFAULT now())
RETURNS TABLE (system_id text, up bigint, down bigint, maintenance bigint, due bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nhip, pg_temp AS $$
    SELECT s.subject,
           coalesce(sum(d.up), 0)::bigint, coalesce(sum(d.down), 0)::bigint, coalesce(sum(d.maintenance), 0)::bigint,
           greatest((extract(epoch FROM
               least(uptime.past::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh',
                     CASE WHEN uptime.as_of <= s.spoken_for THEN s.last_at ELSE uptime.as_of END)
               - greatest(uptime.first::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh', s.first_at)) * 1000000)::bigint, 0)
    FROM nhip.system_state s
    LEFT JOIN nhip.health_day d ON d.subject = s.subject AND d.day >= uptime.first AND d.day < uptime.past
    WHERE s.first_at < least(uptime.past::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh', uptime.as_of)
    GROUP BY s.subject
$$;

-- Percent with a decimal comma and two places, truncated, as the province publishes it; N/A for a zero denominator.
CREATE FUNCTION board.percent(numerator bigint, denominator bigint) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN coalesce(denominator, 0) = 0 THEN 'N/A'
           ELSE (numerator * 10000 / denominator) / 100 || ','
                || lpad(((numerator * 10000 / denominator) % 100)::text, 2, '0') || ' %' END
$$;
