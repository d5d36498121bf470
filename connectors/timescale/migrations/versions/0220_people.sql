-- What people do: who they are, that they are signed in, and the audit of what they did. A schema of its own: neither
-- boards nor workers have business with passwords' hashes and sessions (docs/decisions/0010-people.md).
CREATE SCHEMA people;

CREATE TABLE people.person (
    name        text PRIMARY KEY,
    role        text NOT NULL CHECK (role IN ('viewer', 'operator', 'admin')),
    password    text,                            -- argon2id with its parameters; null for those a provider signs in
    issuer      text,
    subject     text,                            -- who they are at the provider
    created_at  timestamptz NOT NULL DEFAULT now(),
    disabled_at timestamptz,
    UNIQUE (issuer, subject),
    CHECK ((password IS NULL) = (issuer IS NOT NULL) AND (issuer IS NULL) = (subject IS NULL))
);

CREATE TABLE people.session (
    hash       bytea PRIMARY KEY,                -- SHA-256 of what the cookie holds
    person     text NOT NULL REFERENCES people.person,
    created_at timestamptz NOT NULL DEFAULT now(),
    seen_at    timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX session_person ON people.session (person);

-- Who did what, when, from where, and what it was before and after. No role may change or delete a row.
CREATE TABLE people.audit (
    number  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at      timestamptz NOT NULL DEFAULT now(),
    who     text NOT NULL,
    via     text NOT NULL,                       -- wallboard, http (with the key's name), cli
    address text,
    action  text NOT NULL,
    subject text NOT NULL,                       -- kind/id
    before  jsonb,
    after   jsonb
);
CREATE INDEX audit_at ON people.audit (at);
CREATE INDEX audit_subject ON people.audit (subject, number);

-- Alerts have their audit already (0100): it learns from where people acted. Whoever acts says so for the transaction; a
-- link of a message (0250) that is followed says nothing.
ALTER TABLE nhip.alert_step
    ADD COLUMN via text DEFAULT nullif(current_setting('nhip.via', true), ''),
    ADD COLUMN address text DEFAULT nullif(current_setting('nhip.address', true), '');
CREATE INDEX alert_step_people ON nhip.alert_step (at) WHERE who IS NOT NULL;

CREATE VIEW people.audited AS
SELECT at, number, who, via, address, action, subject, before, after FROM people.audit
UNION ALL
SELECT s.at, s.number, s.who, coalesce(s.via, 'link'), s.address, 'alert.' || s.step, 'alert/' || s.alert,
       (SELECT jsonb_build_object('step', f.step) FROM nhip.alert_step f
        WHERE f.alert = s.alert AND f.number < s.number ORDER BY f.number DESC LIMIT 1),
       jsonb_build_object('step', s.step, 'note', s.note)
FROM nhip.alert_step s WHERE s.who IS NOT NULL;

-- The hands of people on an alert, for every door: nhip.hand with from where it came, and a comment, which changes nothing.
CREATE FUNCTION people.act(
    alert text, action text, who text, note text, until timestamptz, via text, address text
) RETURNS SETOF text
LANGUAGE sql SECURITY DEFINER SET search_path = nhip, pg_temp AS $$
    SELECT set_config('nhip.via', via, true), set_config('nhip.address', coalesce(address, ''), true);
    WITH remark AS (
        INSERT INTO alert_step (alert, episode, step, who, note)
        SELECT a.id, a.episode, 'commented', act.who, act.note FROM alert a
        WHERE act.action = 'comment' AND a.id = act.alert AND a.episode > 0
        RETURNING alert_step.alert
    )
    SELECT r.alert FROM remark r
    UNION ALL
    SELECT h FROM nhip.hand(act.alert, act.action, act.who, act.note, act.until) h
$$;
DROP FUNCTION gate.hand;
