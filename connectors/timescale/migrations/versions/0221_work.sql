-- Directives to agencies and the shift log (streams/people); what became of each directive stands in people.audit.
CREATE TABLE people.directive (
    number          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    agency          text NOT NULL,
    kind            text NOT NULL CHECK (kind IN ('dossiers', 'reports')),
    text            text NOT NULL,
    due_at          timestamptz NOT NULL,
    subjects        text[] NOT NULL,
    state           text NOT NULL CHECK (state IN ('sent', 'acknowledged', 'done', 'closed')),
    sent_at         timestamptz NOT NULL,
    sent_by         text NOT NULL,
    answer          text,
    acknowledged_at timestamptz,
    done_at         timestamptz,
    closed_at       timestamptz
);
CREATE INDEX directive_open ON people.directive (due_at) WHERE state <> 'closed';

CREATE TABLE people.shift_entry (
    number   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at       timestamptz NOT NULL DEFAULT now(),
    who      text NOT NULL,
    text     text NOT NULL,
    alerts   text[] NOT NULL,
    subjects text[] NOT NULL
);

CREATE TABLE people.handover (
    number       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    written_at   timestamptz NOT NULL DEFAULT now(),
    outgoing     text NOT NULL,
    text         text NOT NULL,
    alerts       jsonb NOT NULL,
    directives   jsonb NOT NULL,
    incoming     text,
    confirmed_at timestamptz
);
-- One waits at most: what nobody has taken over is not handed over again.
CREATE UNIQUE INDEX handover_waiting ON people.handover ((true)) WHERE confirmed_at IS NULL;

-- For boards: every directive, its agency by name, and whether the time is over and nobody has answered.
CREATE VIEW board.directive AS
SELECT d.number, d.agency, coalesce(e.name, d.agency) AS agency_name, d.kind, d.text, cardinality(d.subjects) AS subjects,
       d.state, d.sent_at, d.due_at, d.done_at, d.closed_at, d.state <> 'closed' AS open,
       d.state IN ('sent', 'acknowledged') AND d.due_at < now() AS overdue
FROM people.directive d LEFT JOIN nhip.entry e ON e.kind = 'agency' AND e.code = d.agency;
