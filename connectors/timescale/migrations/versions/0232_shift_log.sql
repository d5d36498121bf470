-- What those on duty wrote, and who handed over to whom: the daily brief tells it.
CREATE VIEW board.shift_log AS
SELECT at, who, NULL::text AS to_whom, text FROM people.shift_entry
UNION ALL
SELECT written_at, outgoing, coalesce(incoming, ''), text FROM people.handover;
