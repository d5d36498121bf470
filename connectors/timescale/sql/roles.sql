-- Least privilege: the writer changes rows, the reader sees the `board` schema and nothing else.
GRANT USAGE ON SCHEMA nhip, board TO nhip_writer;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA nhip TO nhip_writer;
GRANT SELECT ON ALL TABLES IN SCHEMA board TO nhip_writer;
GRANT USAGE ON SCHEMA board TO nhip_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA board TO nhip_reader;
