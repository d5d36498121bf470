-- The store of Nhịp (docs/decisions/0003-storage.md). Everything is written by one role inside one transaction a batch.

CREATE SCHEMA nhip;
CREATE SCHEMA board;

-- One row a partition; locked first by every transaction. next_offset is the truth, Kafka's committed offset only tells
-- lag tools. records = stored + duplicates + dead_letters, always.
CREATE TABLE nhip.partition (
    topic            text NOT NULL,
    partition        int NOT NULL,
    stream           text NOT NULL,
    cluster_id       text NOT NULL,
    next_offset      bigint NOT NULL,
    end_offset       bigint NOT NULL,            -- the stable end when last fetched: lag = end_offset - next_offset
    appended_at      timestamptz,                -- append time of the newest record applied
    records          bigint NOT NULL DEFAULT 0,
    stored           bigint NOT NULL DEFAULT 0,
    duplicates       bigint NOT NULL DEFAULT 0,
    conflicts        bigint NOT NULL DEFAULT 0,  -- they are dead letters too
    dead_letters     bigint NOT NULL DEFAULT 0,
    unknown_fields   bigint NOT NULL DEFAULT 0,
    paused           text,                       -- why nothing is applied, until an operator says `nhip adopt`
    paused_at        timestamptz,
    recreated        boolean NOT NULL DEFAULT false,  -- paused because the topic is not the one we stored
    adopted          boolean NOT NULL DEFAULT false,  -- an operator accepts that: begin anew at the next assignment
    window_start     timestamptz,                -- the dead-letter limit counts in windows of ten minutes
    window_records   bigint NOT NULL DEFAULT 0,
    window_refused   bigint NOT NULL DEFAULT 0,
    unlimited_until  timestamptz,                -- an operator has accepted the dead letters up to here
    PRIMARY KEY (topic, partition)
);

-- Up to when each partition is known to be complete: the time of the last poll that found nothing more to read. In a
-- table of its own, so that a write every second never waits for a batch.
CREATE TABLE nhip.freshness (
    topic     text NOT NULL,
    partition int NOT NULL,
    fresh_at  timestamptz NOT NULL,
    PRIMARY KEY (topic, partition)
) WITH (fillfactor = 50);

-- Records the broker had already deleted when their turn came (retention overtook us): recorded, alerted, passed.
CREATE TABLE nhip.loss (
    topic        text NOT NULL,
    partition    int NOT NULL,
    first_offset bigint NOT NULL,
    next_offset  bigint NOT NULL,
    recorded_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (topic, partition, first_offset)
);

CREATE TABLE nhip.dead_letter (
    topic       text NOT NULL,
    partition   int NOT NULL,
    "offset"    bigint NOT NULL,
    stream      text NOT NULL,
    reason      text NOT NULL,
    path        text NOT NULL,
    detail      text NOT NULL,
    source      text,
    event_id    text,
    key         bytea,
    value       bytea,
    appended_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    retried_at  timestamptz,
    dropped_at  timestamptz,
    PRIMARY KEY (topic, partition, "offset")
);
CREATE INDEX dead_letter_recorded ON nhip.dead_letter (recorded_at);

-- Reports and dossiers: plain tables, unique on identity alone, so that a conflicting re-use is always found.
CREATE TABLE nhip.report_event (
    id          uuid PRIMARY KEY,
    subject     text NOT NULL,
    type        text NOT NULL,
    time        timestamptz NOT NULL,
    source      text NOT NULL,
    event_id    text NOT NULL,
    data        jsonb NOT NULL,
    partition   int NOT NULL,
    "offset"    bigint NOT NULL,
    appended_at timestamptz NOT NULL
);
CREATE INDEX report_event_subject ON nhip.report_event (subject, time);
CREATE TABLE nhip.dossier_event (LIKE nhip.report_event INCLUDING ALL);

-- Pings: identity is (id, time), since a hypertable's unique key must hold the time; time first keeps inserts local.
CREATE TABLE nhip.health_event (
    time        timestamptz NOT NULL,
    id          uuid NOT NULL,
    subject     text NOT NULL,
    check_id    text NOT NULL,
    status      text NOT NULL,
    latency_ms  double precision,
    interval_s  int,
    grace_s     int,
    data        jsonb,
    partition   int NOT NULL,
    "offset"    bigint NOT NULL,
    appended_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX health_event_identity ON nhip.health_event (time, id);
CREATE INDEX health_event_subject ON nhip.health_event (subject, time);

-- Current state, one row a subject; `cells` is what the subject now adds to nhip.cell.
CREATE TABLE nhip.report_state (
    subject     text PRIMARY KEY,
    state       text NOT NULL,
    agency      text NOT NULL,
    kind        text NOT NULL,
    received_at timestamptz,
    changed_at  timestamptz NOT NULL,
    due_at      timestamptz,
    ended_at    timestamptz,
    overdue_at  timestamptz,                     -- when it will count, or began to count, as overdue
    flags       text[] NOT NULL DEFAULT '{}',
    cells       jsonb NOT NULL
) WITH (fillfactor = 80);
CREATE TABLE nhip.dossier_state (LIKE nhip.report_state INCLUDING ALL);
CREATE INDEX dossier_state_overdue ON nhip.dossier_state (overdue_at) WHERE ended_at IS NULL;

-- Counters of indicators by civil day. Sharded by Kafka partition so that workers keep out of each other's way; readers
-- sum. A plain table: a level reads every day before t, so cutting it by time would gain nothing.
CREATE TABLE nhip.cell (
    measure text NOT NULL,
    agency  text NOT NULL,
    kind    text NOT NULL,
    cohort  date NOT NULL,
    day     date NOT NULL,
    shard   int NOT NULL,
    n       bigint NOT NULL,
    PRIMARY KEY (measure, agency, kind, cohort, day, shard)
) WITH (fillfactor = 70);
CREATE INDEX cell_day ON nhip.cell (measure, day);

-- Health: the fold's state, checkpoints to fold on from, and what came out of it.
CREATE TABLE nhip.system_state (
    subject     text PRIMARY KEY,
    first_at    timestamptz NOT NULL,
    last_at     timestamptz NOT NULL,
    spoken_for  timestamptz NOT NULL,            -- up to when its last pings speak for it; then silence is unobserved
    fold        jsonb NOT NULL,
    beats_since int NOT NULL
) WITH (fillfactor = 50);
CREATE TABLE nhip.health_checkpoint (
    subject text NOT NULL,
    before  timestamptz NOT NULL,                -- the fold of all beats before this moment
    fold    jsonb NOT NULL,
    PRIMARY KEY (subject, before)
);
CREATE TABLE nhip.health_interval (
    subject  text NOT NULL,
    planned  boolean NOT NULL,                   -- maintenance
    check_id text NOT NULL,
    lower    timestamptz NOT NULL,
    upper    timestamptz NOT NULL,
    state    text NOT NULL,
    PRIMARY KEY (subject, planned, check_id, lower)
) WITH (fillfactor = 70);
CREATE INDEX health_interval_upper ON nhip.health_interval (subject, upper);
CREATE TABLE nhip.health_day (
    subject     text NOT NULL,
    day         date NOT NULL,
    up          bigint NOT NULL,                 -- microseconds
    down        bigint NOT NULL,
    maintenance bigint NOT NULL,
    PRIMARY KEY (subject, day)
) WITH (fillfactor = 50);
CREATE INDEX health_day_day ON nhip.health_day (day);

-- What the registry of indicators says, so that SQL can answer too; written by `nhip setup`.
CREATE TABLE nhip.indicator_term (
    indicator text NOT NULL,
    side      text NOT NULL CHECK (side IN ('numerator', 'denominator')),
    measure   text NOT NULL,
    read      text NOT NULL CHECK (read IN ('flow', 'level', 'cohort')),
    sign      int NOT NULL,
    PRIMARY KEY (indicator, side, measure, read)
);
