-- name: stage
CREATE TEMP TABLE listed (
    dossier text COLLATE "C" PRIMARY KEY, status int, due_at timestamptz, ended_at timestamptz
) ON COMMIT DROP

-- name: copy
COPY listed (dossier, status, due_at, ended_at) FROM STDIN

-- name: analyse
ANALYZE listed

-- name: pairs
-- Ours that the list lacks count only where it should hold them: received within the days that it covers.
SELECT coalesce(l.dossier, d.subject), l.dossier IS NOT NULL, l.status, l.due_at, l.ended_at,
       d.subject IS NOT NULL, d.state, d.due_at, d.ended_at, d.overdue_at
FROM listed l FULL JOIN nhip.dossier_state d ON d.subject = l.dossier
WHERE l.dossier IS NOT NULL OR d.received_at >= %s AND d.received_at <= %s
ORDER BY 1
