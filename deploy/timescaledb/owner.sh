#!/usr/bin/env bash
# The image runs this once, on an empty data directory: the database and the role that owns it, so that Nhịp itself
# never connects as superuser. `nhip setup` creates the other roles.
set -euo pipefail

psql -v ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname postgres <<'SQL'
\getenv password NHIP_OWNER_PASSWORD
CREATE ROLE nhip_owner LOGIN CREATEROLE PASSWORD :'password';
CREATE DATABASE nhip OWNER nhip_owner TEMPLATE template0
    LOCALE 'C' LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'; -- texts compare as bytes, which is faster
\connect nhip
CREATE EXTENSION timescaledb;
SQL
