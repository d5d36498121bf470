-- What the ticker decides: the present state of each thing, and when it last looked.

CREATE TABLE nhip.decision (
    kind       text NOT NULL,
    id         text NOT NULL,
    state      text NOT NULL,
    since      timestamptz,
    reason     text NOT NULL,
    data       jsonb NOT NULL,
    decided_at timestamptz NOT NULL,
    PRIMARY KEY (kind, id)
) WITH (fillfactor = 50);
CREATE TABLE nhip.tick (
    single      boolean PRIMARY KEY DEFAULT true CHECK (single),
    ticked_at   timestamptz NOT NULL,
    observed_to timestamptz                      -- up to when every partition of the health stream was seen
) WITH (fillfactor = 50);

-- The ticker's last look: what it says is as old as this.
CREATE VIEW board.tick AS SELECT ticked_at, observed_to FROM nhip.tick;

-- Each system now; `measured` is what its own checks say, `state` what its parent and probes make of that.
CREATE VIEW board.system AS
SELECT id AS system_id, state, since, reason, data ->> 'parent' AS parent, data ->> 'measured' AS measured,
       timestamptz 'epoch' + (data ->> 'heartbeat')::bigint * interval '1 microsecond' AS heartbeat_at,
       extract(epoch FROM now())::float8 - (data ->> 'heartbeat')::float8 / 1000000 AS heartbeat_age_s,
       (data ->> 'latency_ms')::float8 AS latency_ms, (data ->> 'cert_days')::int AS cert_days,
       (data ->> 'queue_length')::bigint AS queue_length, data -> 'checks' AS checks, decided_at
FROM nhip.decision
WHERE kind = 'system';

-- Probes all of whose checks are silent together.
CREATE VIEW board.silent_probe AS
SELECT id AS probe, since, reason, data -> 'checks' AS checks FROM nhip.decision WHERE kind = 'probe';
