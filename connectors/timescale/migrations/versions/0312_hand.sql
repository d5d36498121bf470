-- As 0100 has it, but until when somebody silences is noted in no language: → 24/11 20:58.
CREATE OR REPLACE FUNCTION nhip.hand(alert text, action text, who text, note text, until timestamptz) RETURNS SETOF text
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
               hand.who,
               nullif(concat_ws('; ', hand.note, '→ ' || to_char(hand.until AT TIME ZONE 'Asia/Ho_Chi_Minh', 'DD/MM HH24:MI')), '')
        FROM touched t
    )
    SELECT id FROM touched
$$;
