-- What figures of systems are made of, for roles that see `board` alone (the gateway's GET /v1/kpis).

CREATE VIEW board.observed_time AS
SELECT p.stream, o.topic, o.partition, o.lower, o.upper
FROM nhip.observed_time o JOIN nhip.partition p USING (topic, partition);

CREATE FUNCTION board.system_intervals(before timestamptz, after timestamptz, one text)
RETURNS TABLE (subject text, first_at timestamptz, fold jsonb, terms jsonb, planned boolean, check_id text,
               lower timestamptz, upper timestamptz, state text, cover bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nhip, pg_temp AS $$
    SELECT s.subject, s.first_at, s.fold, s.terms, i.planned, i.check_id, i.lower, i.upper, i.state, i.cover
    FROM nhip.system_state s
    LEFT JOIN nhip.health_interval i ON i.subject = s.subject AND i.lower < before AND i.upper > after
    WHERE s.first_at < before AND (one IS NULL OR s.subject = one)
$$;

CREATE FUNCTION board.system_pings(begin timestamptz, until timestamptz)
RETURNS TABLE (subject text, status text, latency_ms float8, cert_days bigint, queue_length bigint,
               documents_sent float8, documents_electronic float8)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nhip, pg_temp AS $$
    SELECT e.subject, e.status, e.latency_ms, (e.data ->> 'cert_days')::bigint, (e.data ->> 'queue_length')::bigint,
           (e.data -> 'metrics' ->> 'documents_sent')::float8, (e.data -> 'metrics' ->> 'documents_electronic')::float8
    FROM nhip.health_event e
    WHERE e.time >= begin AND e.time < until AND e.status IN ('ok', 'degraded', 'fail')
$$;

CREATE FUNCTION board.heartbeats(until timestamptz) RETURNS TABLE (subject text, at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nhip, pg_temp AS $$
    SELECT s.subject, last.time
    FROM nhip.system_state s CROSS JOIN LATERAL (
        SELECT e.time FROM nhip.health_event e
        WHERE e.subject = s.subject AND e.time < until AND e.status IN ('ok', 'degraded', 'fail')
        ORDER BY e.time DESC LIMIT 1
    ) last
$$;
