-- name: contributors
SELECT subject, state, agency, kind, received_at, due_at, ended_at, flags, cells
FROM board.contributors(%s, %s, %s, %s, %s)

-- name: events
SELECT subject, moment, type, source, id FROM board.events_of(%s, %s)
