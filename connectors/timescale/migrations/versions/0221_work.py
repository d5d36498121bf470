"""Directives to agencies, and the shift log."""

from connectors.timescale.migrations.script import run

revision = "0221"
down_revision = "0200"


def upgrade() -> None:
    run("0221_work.sql")
