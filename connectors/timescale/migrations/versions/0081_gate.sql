-- What the gateway may see of the database, and nothing else: schema `gate`, and `board` for reading (role nhip_gateway).
CREATE SCHEMA gate;

-- API keys, known by the SHA-256 of their 256 random bits. The owner alone makes them (`nhip keys`): a worker that was
-- taken over must not be able to let anyone in.
CREATE TABLE nhip.api_key (
    name           text PRIMARY KEY,
    hash           bytea NOT NULL UNIQUE CHECK (octet_length(hash) = 32),
    scopes         text[] NOT NULL,
    agencies       text[],                       -- null: no limit
    sandbox        boolean NOT NULL,
    created_at     timestamptz NOT NULL DEFAULT now(),
    expires_at     timestamptz,
    revoked_at     timestamptz,
    used_at        timestamptz,
    former_hash    bytea,                        -- of a key that was rotated: lets in until former_until
    former_until   timestamptz
);

CREATE VIEW gate.key AS
SELECT hash, name, scopes, agencies, sandbox, expires_at FROM nhip.api_key WHERE revoked_at IS NULL
UNION ALL
SELECT former_hash, name, scopes, agencies, sandbox, least(expires_at, former_until)
FROM nhip.api_key WHERE revoked_at IS NULL AND former_until > now();

CREATE FUNCTION gate.use(names text[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = nhip, pg_temp AS
$$ UPDATE nhip.api_key SET used_at = now() WHERE name = ANY (names) $$;

-- A publisher asks for what became of one event.
CREATE INDEX dead_letter_event ON nhip.dead_letter (event_id, source) WHERE event_id IS NOT NULL;

-- One row where an event is stored (reason null), and one for each dead letter that bears its source and id. The identity
-- of a ping includes its time: without `at` the last ten minutes are looked through.
CREATE FUNCTION gate.event(identity uuid, source text, event_id text, at timestamptz)
RETURNS TABLE (stream text, appended_at timestamptz, reason text, path text, detail text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nhip, pg_temp AS $$
    SELECT 'reports', e.appended_at, NULL, NULL, NULL FROM nhip.report_event e WHERE e.id = event.identity
    UNION ALL
    SELECT 'dossiers', e.appended_at, NULL, NULL, NULL FROM nhip.dossier_event e WHERE e.id = event.identity
    UNION ALL
    SELECT 'health', e.appended_at, NULL, NULL, NULL FROM nhip.health_event e
    WHERE e.id = event.identity
      AND e.time BETWEEN coalesce(event.at, now() - interval '10 minutes')
                     AND coalesce(event.at, now() + interval '5 minutes')
    UNION ALL
    SELECT d.stream, d.appended_at, d.reason, d.path, d.detail FROM nhip.dead_letter d
    WHERE d.event_id = event.event_id AND d.source = event.source
$$;
