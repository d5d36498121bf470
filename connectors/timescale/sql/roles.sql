-- Least privilege: the writer changes rows (not keys), the reader sees the `board` schema and nothing else.
GRANT USAGE ON SCHEMA nhip, board TO nhip_writer;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA nhip TO nhip_writer;
GRANT SELECT ON ALL TABLES IN SCHEMA board TO nhip_writer;
GRANT USAGE ON SCHEMA board TO nhip_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA board TO nhip_reader;
-- The gateway faces the network: it reads boards, knows keys by their hashes, and changes nothing but their last
-- use; what operate keys do goes through schema `people`, below.
GRANT USAGE ON SCHEMA board, gate TO nhip_gateway;
GRANT SELECT ON ALL TABLES IN SCHEMA board, gate TO nhip_gateway;
REVOKE ALL ON nhip.api_key FROM nhip_writer;
-- People act through three doors. The audit is added to and never changed; sessions and passwords are the wallboard's
-- pages' alone (nhip_people), which read boards besides. Only the owner makes local users.
GRANT USAGE ON SCHEMA people TO nhip_writer, nhip_gateway, nhip_people;
GRANT SELECT, INSERT ON people.audit TO nhip_writer, nhip_gateway, nhip_people;
GRANT SELECT ON people.audited TO nhip_writer, nhip_people;
REVOKE UPDATE, DELETE ON nhip.alert_step FROM nhip_writer;
GRANT USAGE ON SCHEMA board TO nhip_people;
GRANT SELECT ON ALL TABLES IN SCHEMA board TO nhip_people;
GRANT SELECT, INSERT (name, role, issuer, subject), UPDATE (role) ON people.person TO nhip_people;
GRANT SELECT, INSERT, DELETE, UPDATE (seen_at) ON people.session TO nhip_people;
-- Directives go on by their life cycle alone, hand-overs are confirmed, notes stay as they were written.
GRANT SELECT, INSERT, UPDATE (state, answer, acknowledged_at, done_at, closed_at) ON people.directive
    TO nhip_writer, nhip_gateway, nhip_people;
GRANT SELECT, INSERT ON people.shift_entry TO nhip_writer, nhip_gateway, nhip_people;
GRANT SELECT, INSERT, UPDATE (incoming, confirmed_at) ON people.handover TO nhip_writer, nhip_gateway, nhip_people;
