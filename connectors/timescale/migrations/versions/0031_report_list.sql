-- What lists and maps show of each report besides its state; without any text that a citizen wrote.
ALTER TABLE nhip.report_state ADD COLUMN detail jsonb NOT NULL DEFAULT '{}';
ALTER TABLE nhip.dossier_state ADD COLUMN detail jsonb NOT NULL DEFAULT '{}';

-- What is to be done, by its date; and what came in, for the map of a period.
CREATE INDEX report_state_open ON nhip.report_state (due_at) WHERE ended_at IS NULL;
CREATE INDEX report_state_received ON nhip.report_state (received_at);

-- Every report as it stands. `due_at` is the date that open work runs to: the citizen's, and after a reopening the one
-- of the agency's new clock; `overdue` compares with the clock, so nothing has to be written when a date passes.
CREATE VIEW board.report AS
SELECT s.subject AS report_id, s.state, s.agency, s.kind AS category,
       s.detail ->> 'area' AS area, s.detail ->> 'channel' AS channel, s.detail ->> 'priority' AS priority,
       (s.detail ->> 'lat')::float8 AS lat, (s.detail ->> 'lon')::float8 AS lon,
       s.received_at, s.changed_at, s.due_at, s.ended_at,
       s.ended_at IS NULL AS open,
       coalesce(s.ended_at IS NULL AND s.overdue_at < now(), false) AS overdue,
       s.overdue_at,
       (s.detail ->> 'citizen_due_at')::timestamptz AS citizen_due_at,
       (s.detail ->> 'agency_due_at')::timestamptz AS agency_due_at,
       s.detail ->> 'due_by' AS due_by,
       (s.detail ->> 'responded_at')::timestamptz AS responded_at,
       (s.detail ->> 'dispatched_at')::timestamptz AS dispatched_at,
       (s.detail ->> 'resolved_at')::timestamptz AS resolved_at,
       (s.detail ->> 'waiting_since')::timestamptz AS waiting_since,
       (s.detail ->> 'late')::int = 1 AS late,
       coalesce((s.detail ->> 'hand_backs')::int, 0) AS hand_backs,
       coalesce((s.detail ->> 'reopenings')::int, 0) AS reopenings,
       (s.detail ->> 'rating')::int AS rating,
       s.detail ->> 'duplicate_of' AS duplicate_of,
       s.flags
FROM nhip.report_state s;
