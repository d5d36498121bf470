-- What an alert is about, as the catalogue calls it, the system first; what the catalogue does not know is named by its code.
CREATE FUNCTION board.about(labels jsonb) RETURNS TABLE (name text, name_en text)
LANGUAGE sql STABLE AS $$
    SELECT string_agg(coalesce(e.name, l.value), ', ' ORDER BY l.key <> 'system', l.key),
           string_agg(coalesce(e.name_en, l.value), ', ' ORDER BY l.key <> 'system', l.key)
    FROM jsonb_each_text(labels) l LEFT JOIN board.entry e ON e.kind = l.key AND e.code = l.value
$$;
