"""`nhip setup` for the database: extension or shim, migrations, roles, indicators' terms, a catalogue. Repeatable."""

from importlib import resources

import psycopg
from alembic import command
from alembic.config import Config
from psycopg import sql
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from connectors.timescale import catalogue
from connectors.timescale.errors import reachable
from connectors.timescale.terms import write
from streams.catalogue import Catalogue

ROLES = ("nhip_writer", "nhip_reader", "nhip_gateway", "nhip_people")


def set_up(owner_url: str, passwords: dict[str, str | None]) -> str:
    """Bring a database up to date as its owner; `passwords` of the roles, None to leave one as it is.

    Returns what it found: "timescaledb 2.19.3" or "postgresql (without timescaledb)". Raises Unreachable.
    """
    with reachable(owner_url):
        with psycopg.connect(owner_url, autocommit=True) as connection:
            version = _extension(connection)
            _roles(connection, passwords)
        _migrate(owner_url)
        with psycopg.connect(owner_url, autocommit=True) as connection:
            if version:
                connection.execute(_script("hypertables.sql"))
            connection.execute(_script("roles.sql"))
            write(connection)
            _catalogue(connection)
    return f"timescaledb {version}" if version else "postgresql (without timescaledb)"


def _script(name: str) -> bytes:
    return (resources.files("connectors.timescale.sql") / name).read_bytes()


def _extension(connection: psycopg.Connection) -> str | None:
    """TimescaleDB where the server has it; else the shim that gives plain PostgreSQL the functions boards use."""
    available = connection.execute("SELECT 1 FROM pg_available_extensions WHERE name = 'timescaledb'").fetchone()
    if available is None:
        connection.execute(_script("shim.sql"))
        return None
    connection.execute("CREATE EXTENSION IF NOT EXISTS timescaledb")
    row = connection.execute("SELECT extversion FROM pg_extension WHERE extname = 'timescaledb'").fetchone()
    return str(row[0]) if row else None


def _roles(connection: psycopg.Connection, passwords: dict[str, str | None]) -> None:
    for role in ROLES:
        if connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone() is None:
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
        password = passwords.get(role)
        if password is not None:
            statement = sql.SQL("ALTER ROLE {} PASSWORD {}")
            connection.execute(statement.format(sql.Identifier(role), sql.Literal(password)))


def _migrate(owner_url: str) -> None:
    config = Config()
    config.set_main_option("script_location", "connectors.timescale:migrations")
    engine = create_engine("postgresql+psycopg://", creator=lambda: psycopg.connect(owner_url), poolclass=NullPool)
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _catalogue(connection: psycopg.Connection) -> None:
    """States name the catalogue they were folded with: there is one from the beginning."""
    if connection.execute("SELECT 1 FROM nhip.catalogue_in_force LIMIT 1").fetchone() is None:
        catalogue.load(connection, Catalogue.default())
