-- Silence (docs/decisions/0006-freshness.md): what no ping says is judged by the time that canaries show as observed.

-- The spans in which canaries of the gateway came through a partition, at most five seconds apart; append times.
CREATE TABLE nhip.observed_time (
    topic     text NOT NULL,
    partition int NOT NULL,
    lower     timestamptz NOT NULL,
    upper     timestamptz NOT NULL,
    PRIMARY KEY (topic, partition, lower)
) WITH (fillfactor = 50);
ALTER TABLE nhip.partition ADD COLUMN canaries bigint NOT NULL DEFAULT 0;  -- records that are none of ours to count

-- `tail`: what a system is from its last beat on, until further ones come. `version` counts its changes.
ALTER TABLE nhip.system_state
    DROP COLUMN spoken_for,
    ADD COLUMN tail jsonb NOT NULL DEFAULT '[]',
    ADD COLUMN version bigint NOT NULL DEFAULT 0;
ALTER TABLE nhip.health_interval ADD COLUMN cover bigint NOT NULL DEFAULT 0;  -- of a silence: how long the ping before spoke
ALTER TABLE nhip.health_day ADD COLUMN silent jsonb;                          -- pieces, as in `tail`

CREATE OR REPLACE VIEW board.partition_pulse AS
SELECT stream, topic, partition, next_offset, greatest(end_offset - next_offset, 0) AS lag,
       records, stored, duplicates, conflicts, dead_letters, appended_at, paused, paused_at, canaries
FROM nhip.partition;

CREATE FUNCTION board.microseconds(moment timestamptz) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT (extract(epoch FROM moment) * 1000000)::bigint $$;

-- The time in which every partition of a stream was observed, in microseconds. A partition counts from its first canary.
CREATE FUNCTION nhip.observed(of_stream text) RETURNS TABLE (lower bigint, upper bigint)
LANGUAGE sql STABLE AS $$
    SELECT board.microseconds(pg_catalog.lower(r)), board.microseconds(pg_catalog.upper(r))
    FROM (
        SELECT range_intersect_agg(seen) * tstzmultirange(tstzrange(min(first), NULL)) AS everywhere
        FROM (
            SELECT range_agg(tstzrange(o.lower, o.upper)) + tstzmultirange(tstzrange(NULL, min(o.lower))) AS seen,
                   min(o.lower) AS first
            FROM nhip.observed_time o JOIN nhip.partition p USING (topic, partition)
            WHERE p.stream = of_stream
            GROUP BY topic, partition
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
        SELECT s.lower, s.upper FROM nhip.observed('health') s
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
