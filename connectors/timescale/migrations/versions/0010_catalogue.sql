-- Every catalogue that was ever in force, with its expanded calendar, named by a hash of its content: states say by which
-- of them they were folded, so a row is never changed or deleted.
CREATE TABLE nhip.catalogue (
    version   text PRIMARY KEY,
    name      text NOT NULL,
    content   jsonb NOT NULL,
    loaded_at timestamptz NOT NULL DEFAULT now()
);

-- The last row is in force.
CREATE TABLE nhip.catalogue_in_force (
    number  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    version text NOT NULL REFERENCES nhip.catalogue,
    since   timestamptz NOT NULL DEFAULT now()
);
