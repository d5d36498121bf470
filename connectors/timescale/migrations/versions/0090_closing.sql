-- Periods whose form was closed (chốt) and signed, with the figures as they stood; and what changed afterwards.
CREATE TABLE nhip.closing (
    first     date NOT NULL,
    past      date NOT NULL CHECK (past > first),
    rows      jsonb NOT NULL,                    -- streams/form.py Row, as arrays in its order
    catalogue text NOT NULL,
    closed_at timestamptz NOT NULL DEFAULT now(),
    closed_by text NOT NULL,
    signed_at timestamptz,
    signed_by text,
    CHECK ((signed_at IS NULL) = (signed_by IS NULL)),
    PRIMARY KEY (first, past)
);

-- The ledger of restatements (điều chỉnh số liệu): what one subject added to a cell of a day that lay in a closed period,
-- before and after, and the events that changed it. Written in the transaction that changes the cell.
CREATE TABLE nhip.restatement (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    subject     text NOT NULL,
    measure     text NOT NULL,
    place       text[] NOT NULL,
    day         date NOT NULL,
    old         bigint NOT NULL,
    new         bigint NOT NULL,
    cause       text NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX restatement_day ON nhip.restatement (day);

CREATE VIEW board.closing AS
SELECT first, past, rows, closed_at, closed_by, signed_at, signed_by,
       CASE WHEN signed_at IS NULL THEN 'closed' ELSE 'signed' END AS state
FROM nhip.closing;

CREATE VIEW board.restatement AS
SELECT r.subject, r.measure, r.place, r.day, r.old, r.new, r.cause, r.recorded_at, c.first, c.past
FROM nhip.restatement r
JOIN nhip.closing c ON r.day < c.past AND r.recorded_at > c.closed_at
;
