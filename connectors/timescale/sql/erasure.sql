-- name: bury
INSERT INTO nhip.report_tombstone (subject) SELECT * FROM unnest(%s::text[]) ORDER BY 1 ON CONFLICT DO NOTHING

-- name: buried
SELECT subject FROM nhip.report_tombstone WHERE subject = ANY(%s)

-- name: erase
UPDATE nhip.report_event SET data = nhip.without_text(data)
WHERE subject = ANY(%s) AND data <> nhip.without_text(data)

-- name: unerased
-- Anonymised reports without a tombstone, and buried ones of which text is left.
SELECT subject FROM nhip.report_event WHERE type = 'vn.nhip.report.anonymised'
EXCEPT SELECT subject FROM nhip.report_tombstone
UNION ALL
SELECT subject FROM nhip.report_event JOIN nhip.report_tombstone USING (subject) WHERE data <> nhip.without_text(data)
