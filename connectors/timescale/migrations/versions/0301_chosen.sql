-- What to see to first, of each kind the worst in turn: systems that are down, whoever was chosen; urgent reports, and agencies
-- with overdue reports or dossiers, of some agencies or of all (NULL first). `n` is how many, `since` when the oldest began
-- to be so.
DROP FUNCTION board.to_do(int);
CREATE FUNCTION board.to_do(places int, agencies text[])
RETURNS TABLE (kind text, what text, agency text, n bigint, since timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nhip, pg_temp SET jit = off AS $$
    WITH found AS (
        (SELECT 'system' AS kind, 1 AS rank, d.id AS what, NULL AS agency, 1::bigint AS n, d.since
         FROM nhip.decision d WHERE d.kind = 'system' AND d.state = 'down'
         ORDER BY d.since LIMIT places)
        UNION ALL
        (SELECT 'urgent', 2, r.subject, r.agency, 1, r.received_at
         FROM nhip.report_state r WHERE r.ended_at IS NULL AND r.detail ->> 'priority' = 'urgent'
           AND (to_do.agencies[1] IS NULL OR r.agency = ANY (to_do.agencies))
         ORDER BY r.received_at LIMIT places)
        UNION ALL
        (SELECT 'reports', 3, NULL, r.agency, count(*), min(r.overdue_at)
         FROM nhip.report_state r WHERE r.ended_at IS NULL AND r.overdue_at < now()
           AND (to_do.agencies[1] IS NULL OR r.agency = ANY (to_do.agencies))
         GROUP BY r.agency ORDER BY min(r.overdue_at) LIMIT places)
        UNION ALL
        (SELECT 'dossiers', 4, NULL, d.agency, count(*), min(d.overdue_at)
         FROM nhip.dossier_state d WHERE d.ended_at IS NULL AND d.overdue_at < now()
           AND (to_do.agencies[1] IS NULL OR d.agency = ANY (to_do.agencies))
         GROUP BY d.agency ORDER BY min(d.overdue_at) LIMIT places)
    )
    SELECT f.kind, f.what, f.agency, f.n, f.since
    FROM (SELECT *, row_number() OVER (PARTITION BY found.kind ORDER BY found.since) AS turn FROM found) f
    ORDER BY f.turn, f.rank LIMIT places
$$;

-- The agency whose index of QĐ 766 is shown: the one that was chosen; the province ('') for all, and for several, which have
-- no index together.
CREATE FUNCTION board.one_of(agencies text[]) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT CASE cardinality(agencies) WHEN 1 THEN coalesce(agencies[1], '') ELSE '' END $$;
