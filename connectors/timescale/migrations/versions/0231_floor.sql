-- Up to where a stream is pruned. What happened before is told by snapshots (of systems: checkpoints at this very moment) and
-- by what was made of it; an event of that time that comes late is refused. Every batch reads this row, and so keeps the
-- floor from moving until it is committed.
CREATE TABLE nhip.floor (
    stream text PRIMARY KEY,
    at     timestamptz NOT NULL,
    pruned bigint NOT NULL                       -- events that were taken away
);
