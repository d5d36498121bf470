-- name: create
INSERT INTO people.person (name, role, password) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING RETURNING name

-- name: list
SELECT p.name, p.role, p.issuer, p.created_at, p.disabled_at,
       (SELECT max(a.at) FROM people.audit a WHERE a.subject = 'person/' || p.name AND a.action = 'person.signed_in')
FROM people.person p ORDER BY p.name

-- name: lock
SELECT role, disabled_at IS NOT NULL, password IS NOT NULL FROM people.person WHERE name = %s FOR UPDATE

-- name: password
UPDATE people.person SET password = %s WHERE name = %s

-- name: role
UPDATE people.person SET role = %s WHERE name = %s

-- name: disable
UPDATE people.person SET disabled_at = CASE WHEN %s THEN now() END WHERE name = %s

-- name: end_sessions
DELETE FROM people.session WHERE person = %s

-- name: find
SELECT role, password FROM people.person WHERE name = %s AND password IS NOT NULL AND disabled_at IS NULL

-- name: known
SELECT name, role, disabled_at IS NOT NULL FROM people.person WHERE issuer = %s AND subject = %s FOR UPDATE

-- name: welcome
INSERT INTO people.person (name, role, issuer, subject) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING RETURNING name

-- name: refused
-- Sign-ins refused in the last quarter of an hour: of the name from this address, of the address, of the name.
SELECT count(*) FILTER (WHERE subject = %(subject)s AND address = %(address)s),
       count(*) FILTER (WHERE address = %(address)s), count(*) FILTER (WHERE subject = %(subject)s)
FROM people.audit
WHERE action = 'person.refused' AND at > now() - interval '15 minutes'

-- name: open
INSERT INTO people.session (hash, person) VALUES (%s, %s)

-- name: forget
DELETE FROM people.session WHERE created_at < now() - interval '12 hours' OR seen_at < now() - interval '2 hours'

-- name: signed_in
-- Whose session it is, while it lasts: a shift at most, two hours unused. Its last use is noted once a minute.
WITH seen AS (
    UPDATE people.session SET seen_at = now()
    WHERE hash = %(hash)s AND seen_at BETWEEN now() - interval '2 hours' AND now() - interval '1 minute'
)
SELECT p.name, p.role
FROM people.session s JOIN people.person p ON p.name = s.person
WHERE s.hash = %(hash)s AND p.disabled_at IS NULL
  AND s.created_at > now() - interval '12 hours' AND s.seen_at > now() - interval '2 hours'

-- name: close
DELETE FROM people.session WHERE hash = %s RETURNING person
