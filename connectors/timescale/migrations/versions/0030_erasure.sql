-- What anonymised reports said is erased, and stays so: late events do not bring text back (DESIGN, "Pruning").

CREATE TABLE nhip.report_tombstone (
    subject   text PRIMARY KEY,
    erased_at timestamptz NOT NULL DEFAULT now()
);

-- An event's data without what may tell who reported: free text, media and the pseudonym. No fold reads these.
CREATE FUNCTION nhip.without_text(data jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT data - ARRAY['description', 'address', 'reason', 'note', 'media', 'reporter_ref'] $$;
