-- Alerts (streams/alerts/life_cycle.py): one row for each identity, as it stands. The ticker writes them, and people.
CREATE TABLE nhip.alert (
    id              text PRIMARY KEY,
    rule            text NOT NULL,
    labels          jsonb NOT NULL,
    severity        text NOT NULL,
    state           text NOT NULL CHECK (state IN ('pending', 'firing', 'acknowledged', 'suppressed', 'resolved')),
    since           timestamptz NOT NULL,
    reason_vi       text NOT NULL,
    reason_en       text NOT NULL,
    evidence        jsonb NOT NULL,
    level           int NOT NULL,
    episode         int NOT NULL,
    relapses        int NOT NULL,
    told            boolean NOT NULL,            -- receivers know that it fires, and not yet that it is over
    fired_at        timestamptz,
    clear_since     timestamptz,
    resolved_at     timestamptz,
    by_hand         boolean NOT NULL,
    acknowledged_at timestamptz,
    acknowledged_by text,
    suppressed_by   text,
    silenced_until  timestamptz,
    silenced_by     text
) WITH (fillfactor = 70);
CREATE INDEX alert_standing ON nhip.alert (id) WHERE state <> 'resolved' OR told OR by_hand;
CREATE INDEX alert_newest ON nhip.alert (since DESC, id);

-- The audit: what became of each alert, when, and who did it where it was a person.
CREATE TABLE nhip.alert_step (
    number  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    alert   text NOT NULL,
    episode int NOT NULL,
    step    text NOT NULL,
    at      timestamptz NOT NULL DEFAULT now(),
    who     text,
    note    text
);
CREATE INDEX alert_step_alert ON nhip.alert_step (alert, number);

CREATE VIEW board.alert AS
SELECT id, rule, labels, severity, state, since, reason_vi, reason_en, evidence, episode, relapses, fired_at, resolved_at,
       acknowledged_at, acknowledged_by, suppressed_by, silenced_until, silenced_by
FROM nhip.alert
WHERE episode > 0;

CREATE VIEW board.alert_step AS SELECT number, alert, episode, step, at, who, note FROM nhip.alert_step;

-- What people do to an alert: its id where it could be done, nothing where there is no such open alert. The ticker goes
-- on from there: a silence ends by itself, what was resolved by hand is opened again if it never ceases to be wrong.
CREATE FUNCTION nhip.hand(alert text, action text, who text, note text, until timestamptz) RETURNS SETOF text
LANGUAGE sql SET search_path = nhip, pg_temp AS $$
    WITH touched AS (
        UPDATE alert a
        SET state = CASE action WHEN 'resolve' THEN 'resolved' WHEN 'silence' THEN 'suppressed'
                                ELSE CASE a.state WHEN 'firing' THEN 'acknowledged' ELSE a.state END END,
            by_hand = action = 'resolve',
            resolved_at = CASE action WHEN 'resolve' THEN now() END,
            clear_since = CASE action WHEN 'resolve' THEN NULL ELSE a.clear_since END,
            suppressed_by = CASE action WHEN 'resolve' THEN NULL ELSE a.suppressed_by END,
            acknowledged_at = CASE action WHEN 'ack' THEN now() WHEN 'silence' THEN a.acknowledged_at END,
            acknowledged_by = CASE action WHEN 'ack' THEN hand.who WHEN 'silence' THEN a.acknowledged_by END,
            silenced_until = CASE action WHEN 'silence' THEN hand.until ELSE a.silenced_until END,
            silenced_by = CASE action WHEN 'silence' THEN hand.who ELSE a.silenced_by END
        WHERE a.id = hand.alert AND a.state IN ('firing', 'acknowledged', 'suppressed')
          AND action IN ('ack', 'resolve', 'silence')
        RETURNING a.id, a.episode
    ), noted AS (
        INSERT INTO alert_step (alert, episode, step, who, note)
        SELECT t.id, t.episode,
               CASE action WHEN 'ack' THEN 'acknowledged' WHEN 'resolve' THEN 'resolved' ELSE 'silenced' END,
               hand.who, concat_ws('; ', hand.note, 'until ' || to_char(hand.until AT TIME ZONE 'Asia/Ho_Chi_Minh',
                                                                     'DD/MM HH24:MI'))
        FROM touched t
    )
    SELECT id FROM touched
$$;

-- The same for the gateway, which may touch nothing by itself.
CREATE FUNCTION gate.hand(alert text, action text, who text, note text, until timestamptz) RETURNS SETOF text
LANGUAGE sql SECURITY DEFINER SET search_path = nhip, pg_temp AS
$$ SELECT nhip.hand(alert, action, who, note, until) $$;
