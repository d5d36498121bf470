-- Plain PostgreSQL (the demo) lacks these; the same SQL then runs on both.
CREATE OR REPLACE FUNCTION public.time_bucket(bucket_width interval, ts timestamptz) RETURNS timestamptz
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT date_bin(bucket_width, ts, timestamptz '2000-01-03 00:00:00+00') $$;

CREATE OR REPLACE FUNCTION public.time_bucket(bucket_width interval, ts timestamptz, timezone text) RETURNS timestamptz
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT date_bin(bucket_width, ts AT TIME ZONE timezone, timestamp '2000-01-03 00:00:00') AT TIME ZONE timezone $$;
