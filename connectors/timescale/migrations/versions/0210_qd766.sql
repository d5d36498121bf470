-- The QĐ 766 index as the notifier reckoned it last (docs/decisions/0009-qd766-board.md).

CREATE TABLE nhip.qd766 (
    period text NOT NULL,                        -- 2026-11, 2026-Q4 or 2026
    agency text NOT NULL,                        -- '' for the whole province
    as_of  timestamptz NOT NULL,
    lines  jsonb NOT NULL,                       -- streams/indicators/qd766_parts.py
    PRIMARY KEY (period, agency)
) WITH (fillfactor = 70);

CREATE VIEW board.qd766 AS
SELECT q.period, q.agency, q.as_of, l.place, l.kind, l.id, l.name, l.name_en, l.shown, l.maximum, l.percent, l.numerator,
       l.denominator, l.threshold, l.reason_vi, l.reason_en
FROM nhip.qd766 q
CROSS JOIN LATERAL jsonb_to_recordset(q.lines)
    AS l (place int, kind text, id text, name text, name_en text, shown text, maximum int, percent int, numerator bigint,
          denominator bigint, threshold int, reason_vi text, reason_en text);

-- The month, the quarter or the year in which a range of time ends, as periods are named.
CREATE FUNCTION board.period_of(span text, upper timestamptz) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT to_char(board.civil_day(upper - interval '1 microsecond'),
                   CASE span WHEN 'month' THEN 'YYYY-MM' WHEN 'quarter' THEN 'YYYY-"Q"Q' ELSE 'YYYY' END)
$$;
