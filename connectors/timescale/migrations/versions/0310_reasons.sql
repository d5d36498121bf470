-- Why a system or probe is what it is, in both languages. What stands is said anew at the ticker's next look.
ALTER TABLE nhip.decision RENAME COLUMN reason TO reason_en;
ALTER TABLE nhip.decision ADD COLUMN reason_vi text NOT NULL DEFAULT '';
ALTER TABLE nhip.decision ALTER COLUMN reason_vi DROP DEFAULT;

ALTER VIEW board.system RENAME COLUMN reason TO reason_en;
CREATE OR REPLACE VIEW board.system AS
SELECT id AS system_id, state, since, reason_en, data ->> 'parent' AS parent, data ->> 'measured' AS measured,
       timestamptz 'epoch' + (data ->> 'heartbeat')::bigint * interval '1 microsecond' AS heartbeat_at,
       extract(epoch FROM now())::float8 - (data ->> 'heartbeat')::float8 / 1000000 AS heartbeat_age_s,
       (data ->> 'latency_ms')::float8 AS latency_ms, (data ->> 'cert_days')::int AS cert_days,
       (data ->> 'queue_length')::bigint AS queue_length, data -> 'checks' AS checks, decided_at, reason_vi
FROM nhip.decision
WHERE kind = 'system';

ALTER VIEW board.silent_probe RENAME COLUMN reason TO reason_en;
CREATE OR REPLACE VIEW board.silent_probe AS
SELECT id AS probe, since, reason_en, data -> 'checks' AS checks, reason_vi FROM nhip.decision WHERE kind = 'probe';

ALTER VIEW board.watched RENAME COLUMN reason TO reason_en;
CREATE OR REPLACE VIEW board.watched AS
SELECT coalesce(e.code, d.id) AS system_id, coalesce(e.name, d.id) AS name, coalesce(e.name_en, d.id) AS name_en,
       coalesce(e.parent, d.data ->> 'parent') AS parent, coalesce(d.state, 'new') AS state, d.since,
       coalesce(d.reason_en, '') AS reason_en,
       extract(epoch FROM now())::float8 - (d.data ->> 'heartbeat')::float8 / 1000000 AS heartbeat_age_s,
       (d.data ->> 'latency_ms')::float8 AS latency_ms, (d.data ->> 'cert_days')::int AS cert_days,
       (d.data ->> 'queue_length')::bigint AS queue_length, coalesce(d.reason_vi, '') AS reason_vi
FROM (SELECT * FROM nhip.entry WHERE kind = 'system') e
FULL JOIN (SELECT * FROM nhip.decision WHERE kind = 'system') d ON d.id = e.code;
