-- A histogram has agencies of its own: who had a report for an hour of a day counts nothing on it any more, but the first
-- response was theirs.
CREATE OR REPLACE FUNCTION nhip.withins(indicator text, axis text, asked text[]) RETURNS text[]
LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN strpos(axis, ',') = 0 THEN ARRAY['']
                WHEN asked IS NOT NULL THEN asked
                ELSE ARRAY(SELECT DISTINCT c.who FROM nhip.cell c
                           WHERE (c.vector = split_part(indicator, '.', 1)
                                  OR c.vector IN (SELECT t.measure FROM nhip.indicator_term t
                                                  WHERE t.indicator = withins.indicator))
                             AND c.axis = split_part(withins.axis, ',', 1)
                             AND c.within = '' AND c.grain IN ('Y', 'MM')) END
$$;
