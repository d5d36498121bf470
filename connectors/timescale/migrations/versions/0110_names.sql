-- What boards need besides figures: names for codes, and lists of what is to be done.

-- What the catalogue in force calls each code. Boards ask for names all the time, so they are taken out of its JSON once:
-- whoever puts a catalogue in force refreshes this. Of a code that held at several times, what it is called last.
CREATE MATERIALIZED VIEW nhip.entry AS
SELECT DISTINCT ON (s.kind, coalesce(e ->> 'code', e ->> 'id'))
       s.kind, coalesce(e ->> 'code', e ->> 'id') AS code, coalesce(e ->> 'name', e ->> 'title') AS name,
       coalesce(e ->> 'name_en', e ->> 'name', e ->> 'title') AS name_en, e ->> 'parent' AS parent,
       e ->> 'duty_phone' AS phone, (e ->> 'lat')::float8 AS lat, (e ->> 'lon')::float8 AS lon
FROM (SELECT k.content FROM nhip.catalogue_in_force f JOIN nhip.catalogue k USING (version)
      ORDER BY f.number DESC LIMIT 1) c
CROSS JOIN LATERAL (VALUES ('agency', c.content -> 'agencies'), ('area', c.content -> 'areas'),
                           ('field', c.content -> 'fields'), ('procedure', c.content -> 'procedures'),
                           ('category', c.content -> 'categories'), ('system', c.content -> 'systems')) AS s (kind, entries)
CROSS JOIN LATERAL jsonb_array_elements(s.entries) e
ORDER BY s.kind, coalesce(e ->> 'code', e ->> 'id'), e ->> 'valid_to' DESC NULLS FIRST;
CREATE UNIQUE INDEX entry_code ON nhip.entry (kind, code);

-- Names by code; agencies with the phone of who is on duty, areas with their middle. Vietnamese where there is no other.
CREATE VIEW board.entry AS SELECT kind, code, name, name_en, parent, phone, lat, lon FROM nhip.entry;

-- What is open and overdue, and what is urgent, is looked up every few seconds.
CREATE INDEX report_state_overdue ON nhip.report_state (overdue_at) WHERE ended_at IS NULL;
CREATE INDEX report_state_urgent ON nhip.report_state (received_at)
    WHERE ended_at IS NULL AND detail ->> 'priority' = 'urgent';

-- Every dossier as it stands; `overdue` compares with the clock, so nothing is written when a date passes.
CREATE VIEW board.dossier AS
SELECT s.subject AS dossier_id, s.state, s.agency, s.kind AS field, s.received_at, s.changed_at, s.due_at, s.ended_at,
       s.ended_at IS NULL AS open, coalesce(s.ended_at IS NULL AND s.overdue_at < now(), false) AS overdue, s.overdue_at,
       s.flags
FROM nhip.dossier_state s;

-- Every system of the catalogue, heard or not, and every one that was heard without being there.
CREATE VIEW board.watched AS
SELECT coalesce(e.code, d.id) AS system_id, coalesce(e.name, d.id) AS name, coalesce(e.name_en, d.id) AS name_en,
       coalesce(e.parent, d.data ->> 'parent') AS parent, coalesce(d.state, 'new') AS state, d.since,
       coalesce(d.reason, '') AS reason,
       extract(epoch FROM now())::float8 - (d.data ->> 'heartbeat')::float8 / 1000000 AS heartbeat_age_s,
       (d.data ->> 'latency_ms')::float8 AS latency_ms, (d.data ->> 'cert_days')::int AS cert_days,
       (d.data ->> 'queue_length')::bigint AS queue_length
FROM (SELECT * FROM nhip.entry WHERE kind = 'system') e
FULL JOIN (SELECT * FROM nhip.decision WHERE kind = 'system') d ON d.id = e.code;

-- What each system was in each stretch of `width`: as bad as the worst of its checks in it. Silent: a ping was missed, which
-- means nothing by itself. What is not there was not heard.
CREATE FUNCTION board.timeline(lower timestamptz, upper timestamptz, width interval)
RETURNS TABLE (system_id text, at timestamptz, state text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nhip, pg_temp SET jit = off AS $$
    SELECT i.subject, b.at,
           (ARRAY['up', 'degraded', 'silent', 'maintenance', 'down'])[max(
               CASE i.state WHEN 'down' THEN 5 WHEN 'maintenance' THEN 4 WHEN 'silent' THEN 3 WHEN 'degraded' THEN 2
                            ELSE 1 END)]
    FROM nhip.system_state s
    JOIN nhip.health_interval i ON i.subject = s.subject AND i.upper > timeline.lower AND i.lower < timeline.upper
    CROSS JOIN LATERAL generate_series(
        public.time_bucket(timeline.width, greatest(i.lower, timeline.lower), 'Asia/Ho_Chi_Minh'),
        least(i.upper, timeline.upper, now()) - interval '1 microsecond', timeline.width) AS b (at)
    GROUP BY i.subject, b.at
$$;

-- What to see to first, of each kind the worst in turn: systems that are down, urgent reports, and agencies with overdue
-- reports or dossiers. `n` is how many, `since` when the oldest began to be so.
CREATE FUNCTION board.to_do(places int)
RETURNS TABLE (kind text, what text, agency text, n bigint, since timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nhip, pg_temp SET jit = off AS $$
    WITH found AS (
        (SELECT 'system' AS kind, 1 AS rank, d.id AS what, NULL AS agency, 1::bigint AS n, d.since
         FROM nhip.decision d WHERE d.kind = 'system' AND d.state = 'down'
         ORDER BY d.since LIMIT places)
        UNION ALL
        (SELECT 'urgent', 2, r.subject, r.agency, 1, r.received_at
         FROM nhip.report_state r WHERE r.ended_at IS NULL AND r.detail ->> 'priority' = 'urgent'
         ORDER BY r.received_at LIMIT places)
        UNION ALL
        (SELECT 'reports', 3, NULL, r.agency, count(*), min(r.overdue_at)
         FROM nhip.report_state r WHERE r.ended_at IS NULL AND r.overdue_at < now()
         GROUP BY r.agency ORDER BY min(r.overdue_at) LIMIT places)
        UNION ALL
        (SELECT 'dossiers', 4, NULL, d.agency, count(*), min(d.overdue_at)
         FROM nhip.dossier_state d WHERE d.ended_at IS NULL AND d.overdue_at < now()
         GROUP BY d.agency ORDER BY min(d.overdue_at) LIMIT places)
    )
    SELECT f.kind, f.what, f.agency, f.n, f.since
    FROM (SELECT *, row_number() OVER (PARTITION BY found.kind ORDER BY found.since) AS turn FROM found) f
    ORDER BY f.turn, f.rank LIMIT places
$$;

-- Records that the broker had deleted before they were read.
CREATE VIEW board.loss AS SELECT topic, partition, first_offset, next_offset, recorded_at FROM nhip.loss;

-- The time between stretches in which every partition of the pings was observed: silence then says nothing.
CREATE FUNCTION board.gaps(lower timestamptz, upper timestamptz) RETURNS TABLE (since timestamptz, until timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nhip, pg_temp AS $$
    SELECT timestamptz 'epoch' + g.since * interval '1 microsecond', timestamptz 'epoch' + g.until * interval '1 microsecond'
    FROM (SELECT o.upper AS since, lead(o.lower) OVER (ORDER BY o.lower) AS until FROM nhip.observed('health') o) g
    WHERE g.since < board.microseconds(gaps.upper) AND g.until > board.microseconds(gaps.lower)
$$;

-- Bytes on disk of what grows, with indexes; a hypertable's chunks are its children.
CREATE VIEW board.size AS
SELECT t.relname::text AS "table",
       (pg_total_relation_size(t.oid) + coalesce(sum(pg_total_relation_size(i.inhrelid)), 0))::bigint AS bytes
FROM pg_class t LEFT JOIN pg_inherits i ON i.inhparent = t.oid
WHERE t.relnamespace = 'nhip'::regnamespace AND t.relkind IN ('r', 'p') AND NOT t.relispartition
GROUP BY t.oid, t.relname;
