"""Catalogues by version, and which of them was in force since when."""

from connectors.timescale.migrations.script import run

revision = "0010"
down_revision = "0080"


def upgrade() -> None:
    run("0010_catalogue.sql")
