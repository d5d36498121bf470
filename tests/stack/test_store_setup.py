"""Migrations and roles."""

from typing import LiteralString

import psycopg
import pytest
from psycopg import errors, sql

from connectors.timescale.setup import ROLES, set_up
from streams.contracts import HEALTH
from streams.indicators.rounding import percent
from tests.stack.store_tools import House, as_role, ping

SCHEMA: LiteralString = """
SELECT table_schema, table_name, column_name, data_type, is_nullable, column_default FROM information_schema.columns
WHERE table_schema IN ('nhip', 'board') UNION ALL
SELECT schemaname, tablename, indexname, indexdef, '', '' FROM pg_indexes WHERE schemaname = 'nhip' UNION ALL
SELECT routine_schema, specific_name, routine_definition, '', '', '' FROM information_schema.routines
WHERE routine_schema = 'board' UNION ALL
SELECT table_schema, table_name, grantee, privilege_type, '', '' FROM information_schema.role_table_grants
WHERE table_schema IN ('nhip', 'board')
ORDER BY 1, 2, 3, 4
"""

RELATIONS: LiteralString = """
SELECT quote_ident(nspname) || '.' || quote_ident(relname) FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace
WHERE nspname = ANY(%s) AND relkind IN ('r', 'v', 'm', 'p') ORDER BY 1
"""


async def test_setting_up_again_changes_nothing_and_keeps_everything(house: House) -> None:
    await house.take(HEALTH, [ping("lgsp", n) for n in range(5)])
    before = house.rows(SCHEMA)
    assert set_up(house.url, {}) == set_up(house.url, dict.fromkeys(ROLES))
    assert house.rows(SCHEMA) == before
    assert (await house.take(HEALTH, [ping("lgsp", n) for n in range(6)])).stored == 1
    house.assert_true()


def relations(url: str, *schemas: str) -> list[str]:
    with psycopg.connect(url) as connection:
        return [name for (name,) in connection.execute(RELATIONS, [list(schemas)])]


def may(url: str, statement: str) -> bool:
    with psycopg.connect(url) as connection:
        try:
            connection.execute(statement)  # type: ignore[arg-type]  # SQL of this file
        except errors.InsufficientPrivilege:
            return False
        finally:
            connection.rollback()
    return True


def test_the_reader_sees_the_boards_and_nothing_behind_them(store_url: str) -> None:
    reader = as_role(store_url, "nhip_reader")
    behind = relations(store_url, "nhip")
    assert "nhip.report_event" in behind
    assert [name for name in behind if may(reader, f"SELECT 1 FROM {name}")] == []
    views = relations(store_url, "board")
    assert "board.stream_pulse" in views
    assert [name for name in views if not may(reader, f"SELECT * FROM {name}")] == []
    with psycopg.connect(reader) as connection:
        connection.execute("SELECT * FROM board.indicator('dossiers.on_time', '2026-01-01', '2026-02-01')")
        connection.execute("SELECT * FROM board.uptime('2026-01-01', '2026-02-01')")
        for sides in ((237_630, 238_539), (-1, 200), (-12_350, 10_000), (-1, 200_000), (5, 0), (-1, -1)):
            assert connection.execute("SELECT board.percent(%s, %s)", sides).fetchone() == (percent(*sides),)


def test_the_reader_changes_nothing(store_url: str) -> None:
    reader = as_role(store_url, "nhip_reader")
    for statement in (
        "DELETE FROM nhip.cell",
        "UPDATE board.partition_pulse SET records = 0",
        "CREATE TABLE board.mine (n int)",
        "CREATE TABLE public.mine (n int)",
        "SET ROLE nhip_writer",
    ):
        assert not may(reader, statement), statement


def test_the_writer_changes_rows_and_no_tables(store_url: str) -> None:
    writer = as_role(store_url, "nhip_writer")
    assert may(writer, "UPDATE nhip.partition SET paused = NULL")
    for statement in (
        "DROP TABLE nhip.cell",
        "TRUNCATE nhip.report_event",
        "ALTER TABLE nhip.report_event ADD COLUMN phone text",
        "CREATE TABLE nhip.mine (n int)",
        "CREATE OR REPLACE FUNCTION board.percent(numerator bigint, denominator bigint) RETURNS text LANGUAGE sql"
        " AS 'SELECT 1::text'",
    ):
        assert not may(writer, statement), statement


def test_the_gateway_reads_boards_and_keys_and_changes_nothing(store_url: str) -> None:
    gateway = as_role(store_url, "nhip_gateway")
    assert [name for name in relations(store_url, "board", "gate") if not may(gateway, f"SELECT * FROM {name}")] == []
    assert [name for name in relations(store_url, "nhip") if may(gateway, f"SELECT 1 FROM {name}")] == []
    assert may(gateway, "SELECT gate.use(ARRAY['app'])")
    for statement in (
        "INSERT INTO nhip.api_key (name, hash, scopes, sandbox) VALUES ('mine', sha256('a'), '{operate}', false)",
        "DELETE FROM nhip.api_key",
        "UPDATE nhip.api_key SET scopes = '{operate}'",
        "CREATE TABLE gate.mine (n int)",
        "SET ROLE nhip_writer",
    ):
        assert not may(gateway, statement), statement


def test_only_the_owner_and_the_gateway_know_of_keys(store_url: str) -> None:
    for role in ("nhip_writer", "nhip_reader"):
        for statement in ("SELECT * FROM nhip.api_key", "SELECT * FROM gate.key", "SELECT gate.use(ARRAY['app'])"):
            assert not may(as_role(store_url, role), statement), (role, statement)


def test_nobody_is_a_superuser(store_url: str) -> None:
    with psycopg.connect(store_url) as connection:
        found = connection.execute(
            "SELECT rolname FROM pg_roles WHERE rolname = ANY(%s)"
            " AND NOT (rolsuper OR rolcreatedb OR rolcreaterole OR rolbypassrls OR rolreplication)",
            [list(ROLES)],
        ).fetchall()
    assert {name for (name,) in found} == set(ROLES)


@pytest.mark.parametrize("role", ROLES)
def test_passwords_are_set_when_given(store_url: str, role: str) -> None:
    def hashed() -> str | None:
        with psycopg.connect(store_url) as connection:
            row = connection.execute("SELECT rolpassword FROM pg_authid WHERE rolname = %s", [role]).fetchone()
            return row[0] if row else None

    set_up(store_url, {role: "first"})
    first = hashed()
    set_up(store_url, {role: None})
    assert first is not None
    assert hashed() == first
    set_up(store_url, {role: "second"})
    assert hashed() != first
    with psycopg.connect(store_url) as connection:
        connection.execute(sql.SQL("ALTER ROLE {} PASSWORD NULL").format(sql.Identifier(role)))
