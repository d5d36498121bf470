-- Links of messages (streams/alerts/links.py) that were followed: each works once.
CREATE TABLE nhip.used_link (
    digest  bytea PRIMARY KEY,
    alert   text NOT NULL,
    who     text NOT NULL,
    used_at timestamptz NOT NULL DEFAULT now()
);

-- Follow a link whose signature was checked: `done`, `used` before, or `over` where that episode is no longer open.
CREATE FUNCTION gate.follow(digest bytea, alert text, episode int, action text, who text, note text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = nhip, pg_temp AS $$
BEGIN
    PERFORM FROM alert a WHERE a.id = follow.alert AND a.episode = follow.episode FOR UPDATE;
    IF NOT FOUND THEN
        RETURN 'over';
    END IF;
    INSERT INTO used_link (digest, alert, who) VALUES (follow.digest, follow.alert, follow.who) ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
        RETURN 'used';
    END IF;
    PERFORM FROM nhip.hand(follow.alert, follow.action, follow.who, follow.note, NULL);
    RETURN CASE WHEN FOUND THEN 'done' ELSE 'over' END;
END
$$;
