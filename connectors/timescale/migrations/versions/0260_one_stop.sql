-- What is stored of dossiers that a one-stop system tells of again: the gateway publishes only what is new.
CREATE FUNCTION gate.known_dossier_events(identities uuid[]) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nhip, pg_temp AS
$$ SELECT id FROM nhip.dossier_event WHERE id = ANY (identities) $$;

CREATE FUNCTION gate.dossier_snapshots(dossiers text[]) RETURNS TABLE (dossier text, told_at timestamptz, data jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nhip, pg_temp AS $$
    SELECT DISTINCT ON (e.subject) e.subject, e.time, e.data
    FROM nhip.dossier_event e
    WHERE e.subject = ANY (dossiers) AND e.type = 'vn.nhip.dossier.upserted'
    ORDER BY e.subject, e.time DESC, e.source DESC, e.event_id DESC
$$;
