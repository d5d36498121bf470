-- Least privilege: the writer changes rows (not keys), the reader sees the `board` schema and nothing else.
GRANT USAGE ON SCHEMA nhip, board TO nhip_writer;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA nhip TO nhip_writer;
GRANT SELECT ON ALL TABLES IN SCHEMA board TO nhip_writer;
GRANT USAGE ON SCHEMA board TO nhip_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA board TO nhip_reader;
-- The gateway faces the network: it reads boards, knows keys by their hashes, and changes nothing but their last use.
GRANT USAGE ON SCHEMA board, gate TO nhip_gateway;
GRANT SELECT ON ALL TABLES IN SCHEMA board, gate TO nhip_gateway;
REVOKE ALL ON nhip.api_key FROM nhip_writer;
