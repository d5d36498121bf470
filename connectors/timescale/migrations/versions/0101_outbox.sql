-- Messages on their way, written in the transaction that decides them and read with leases, each by one sender at a time.
-- At least once: `key` is the same at every attempt, so that receivers can drop repeats.
CREATE TABLE nhip.outbox (
    key          text PRIMARY KEY,
    channel      text NOT NULL,
    alert        text NOT NULL,
    firing       text NOT NULL,                  -- which firing of the alert: episode.relapses
    notice       text NOT NULL CHECK (notice IN ('firing', 'resolved')),
    body         jsonb NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT now(),
    due_at       timestamptz NOT NULL DEFAULT now(),
    attempts     int NOT NULL DEFAULT 0,
    delivered_at timestamptz,
    failed       text,                           -- why it will never be delivered
    fault        text                            -- what went wrong last
);
CREATE INDEX outbox_due ON nhip.outbox (channel, due_at) WHERE delivered_at IS NULL AND failed IS NULL;
CREATE INDEX outbox_alert ON nhip.outbox (alert, firing);

CREATE VIEW board.outbox AS
SELECT key, channel, alert, notice, created_at, due_at, attempts, delivered_at, failed, fault FROM nhip.outbox;
