-- From a number down to the subjects and events behind it. Events come without what they say: who and when is enough.

-- Subjects that may count in [first, past), in the order of their ids, with all that each contributes.
CREATE FUNCTION board.contributors(stream text, first date, past date, beyond text, many int)
RETURNS TABLE (subject text, state text, agency text, kind text, received_at timestamptz, due_at timestamptz,
               ended_at timestamptz, flags text[], cells jsonb)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = nhip, pg_temp SET jit = off AS $$
BEGIN
    RETURN QUERY EXECUTE format(
        'SELECT s.subject, s.state, s.agency, s.kind, s.received_at, s.due_at, s.ended_at, s.flags, s.cells'
        ' FROM nhip.%I s WHERE s.subject > $1 AND (s.received_at IS NULL OR s.received_at < $3)'
        ' AND (s.ended_at IS NULL OR s.ended_at >= $2 OR s.changed_at >= $2) ORDER BY s.subject LIMIT $4',
        CASE stream WHEN 'reports' THEN 'report_state' ELSE 'dossier_state' END)
    USING beyond, first::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh', past::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh', many;
END
$$;

CREATE FUNCTION board.events_of(stream text, subjects text[])
RETURNS TABLE (subject text, moment timestamptz, type text, source text, id text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nhip, pg_temp AS $$
    SELECT e.subject, e.time, e.type, e.source, e.event_id
    FROM nhip.report_event e WHERE events_of.stream = 'reports' AND e.subject = ANY (events_of.subjects)
    UNION ALL
    SELECT e.subject, e.time, e.type, e.source, e.event_id
    FROM nhip.dossier_event e WHERE events_of.stream = 'dossiers' AND e.subject = ANY (events_of.subjects)
    ORDER BY 1, 2, 4, 5
$$;

-- The catalogue in force: what agencies have become.
CREATE VIEW board.catalogue AS
SELECT c.version, c.content::text AS content
FROM nhip.catalogue c
WHERE c.version = (SELECT f.version FROM nhip.catalogue_in_force f ORDER BY f.number DESC LIMIT 1);
