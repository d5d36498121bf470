-- name: subject_events
CREATE TEMP TABLE IF NOT EXISTS staged_event (
    id uuid, subject text, type text, time timestamptz, source text, event_id text, data jsonb,
    partition int, "offset" bigint, appended_at timestamptz
) ON COMMIT DELETE ROWS

-- name: health_events
CREATE TEMP TABLE IF NOT EXISTS staged_health (
    time timestamptz, id uuid, subject text, check_id text, status text, latency_ms double precision,
    interval_s int, grace_s int, data jsonb, partition int, "offset" bigint, appended_at timestamptz
) ON COMMIT DELETE ROWS

-- name: states
CREATE TEMP TABLE IF NOT EXISTS staged_state (
    subject text, state text, agency text, kind text, received_at timestamptz, changed_at timestamptz,
    due_at timestamptz, ended_at timestamptz, overdue_at timestamptz, flags text[], cells jsonb, catalogue text,
    detail jsonb
) ON COMMIT DELETE ROWS

-- name: cells
CREATE TEMP TABLE IF NOT EXISTS staged_cell (
    series int, within int, cohort date, day date, who int, n bigint[]
) ON COMMIT DELETE ROWS

-- name: ahead
CREATE TEMP TABLE IF NOT EXISTS staged_ahead (
    measure text, place text[], cohort date, moment timestamptz, n bigint
) ON COMMIT DELETE ROWS
