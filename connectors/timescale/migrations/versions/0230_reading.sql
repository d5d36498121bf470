-- One subject with its history: for `nhip show` all that is stored of it, for the gateway nothing that a citizen wrote.

CREATE INDEX report_state_agency ON nhip.report_state (agency, subject);
CREATE INDEX dossier_state_agency ON nhip.dossier_state (agency, subject);

-- Catalogues by version: states say by which of them they were folded.
CREATE VIEW board.catalogue_version AS SELECT version, content::text AS content FROM nhip.catalogue;

-- Where a report or dossier stands now, and by which catalogue that was found.
CREATE FUNCTION board.standing(stream text, subject text) RETURNS TABLE (agency text, catalogue text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nhip, pg_temp AS $$
    SELECT s.agency, s.catalogue FROM nhip.report_state s
    WHERE standing.stream = 'reports' AND s.subject = standing.subject
    UNION ALL
    SELECT s.agency, s.catalogue FROM nhip.dossier_state s
    WHERE standing.stream = 'dossiers' AND s.subject = standing.subject
$$;

CREATE FUNCTION nhip.history(stream text, subject text)
RETURNS TABLE (type text, moment timestamptz, source text, id text, data jsonb, partition int, "offset" bigint,
               appended_at timestamptz)
LANGUAGE sql STABLE AS $$
    SELECT e.type, e.time, e.source, e.event_id, e.data, e.partition, e."offset", e.appended_at
    FROM nhip.report_event e WHERE history.stream = 'reports' AND e.subject = history.subject
    UNION ALL
    SELECT e.type, e.time, e.source, e.event_id, e.data, e.partition, e."offset", e.appended_at
    FROM nhip.dossier_event e WHERE history.stream = 'dossiers' AND e.subject = history.subject
    ORDER BY 2, 3, 4
$$;

-- Without free text, media and pseudonym, and with the place to about 100 m: no fold reads any of these.
CREATE FUNCTION gate.history(stream text, subject text)
RETURNS TABLE (type text, moment timestamptz, source text, id text, data jsonb, partition int, "offset" bigint,
               appended_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nhip, pg_temp AS $$
    SELECT h.type, h.moment, h.source, h.id,
           nhip.without_text(h.data)
           || CASE WHEN h.data ? 'lat' AND h.data ? 'lon'
                   THEN jsonb_build_object('lat', round((h.data ->> 'lat')::numeric, 3),
                                           'lon', round((h.data ->> 'lon')::numeric, 3))
                   ELSE '{}' END,
           h.partition, h."offset", h.appended_at
    FROM nhip.history(stream, subject) h
$$;

-- Pings of a system before (moment, identity), the newest first.
CREATE FUNCTION nhip.pings_of(system text, before timestamptz, before_id uuid, many int)
RETURNS TABLE (moment timestamptz, id uuid, check_id text, status text, latency_ms float8, interval_s int, grace_s int,
               data jsonb, partition int, "offset" bigint)
LANGUAGE sql STABLE AS $$
    SELECT e.time, e.id, e.check_id, e.status, e.latency_ms, e.interval_s, e.grace_s, e.data, e.partition, e."offset"
    FROM nhip.health_event e
    WHERE e.subject = pings_of.system AND e.time <= pings_of.before
      AND (e.time, e.id) < (pings_of.before, pings_of.before_id)
    ORDER BY e.time DESC, e.id DESC LIMIT pings_of.many
$$;

-- Without what the system wrote about itself.
CREATE FUNCTION gate.pings_of(system text, before timestamptz, before_id uuid, many int)
RETURNS TABLE (moment timestamptz, id uuid, check_id text, status text, latency_ms float8, interval_s int, grace_s int,
               data jsonb, partition int, "offset" bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nhip, pg_temp AS $$
    SELECT p.moment, p.id, p.check_id, p.status, p.latency_ms, p.interval_s, p.grace_s, p.data - ARRAY['error', 'log'],
           p.partition, p."offset"
    FROM nhip.pings_of(system, before, before_id, many) p
$$;
