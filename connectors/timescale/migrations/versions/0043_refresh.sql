-- Loading a catalogue refreshes the names that boards show, and only their owner may: writers do it through this.
CREATE FUNCTION nhip.refresh_entries() RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = nhip, pg_temp AS $$ REFRESH MATERIALIZED VIEW nhip.entry $$;
