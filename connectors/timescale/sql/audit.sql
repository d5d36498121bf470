-- name: note
INSERT INTO people.audit (who, via, address, action, subject, before, after) VALUES (%s, %s, %s, %s, %s, %s, %s)

-- name: list
SELECT at, who, via, address, action, subject, before, after
FROM people.audited
WHERE (%(subject)s::text IS NULL OR subject = %(subject)s) AND (%(who)s::text IS NULL OR who = %(who)s)
ORDER BY at DESC, number DESC
LIMIT %(most)s
