-- The ticker knows what it has written, and so reads only what others have changed since it last looked. Whoever that is
-- need not know: all but the ticker's session mark what they change.
ALTER TABLE nhip.alert ADD COLUMN touched boolean NOT NULL DEFAULT false;
CREATE INDEX alert_touched ON nhip.alert (id) WHERE touched;

CREATE FUNCTION nhip.touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    new.touched := true;
    RETURN new;
END
$$;
CREATE TRIGGER touch BEFORE UPDATE ON nhip.alert FOR EACH ROW
    WHEN (current_setting('nhip.ticker', true) IS DISTINCT FROM 'on') EXECUTE FUNCTION nhip.touch();
