-- As streams/indicators/rounding.py shows it: of nothing, or of less than nothing, no share is told; a sign stands once,
-- in front, and what is truncated to zero has none. Work that was taken back makes a numerator negative.
CREATE OR REPLACE FUNCTION board.percent(numerator bigint, denominator bigint) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN coalesce(denominator, 0) <= 0 THEN 'N/A'
           ELSE CASE WHEN numerator * 10000 / denominator < 0 THEN '-' ELSE '' END
                || abs(numerator * 10000 / denominator) / 100 || ','
                || lpad((abs(numerator * 10000 / denominator) % 100)::text, 2, '0') || ' %' END
$$;
