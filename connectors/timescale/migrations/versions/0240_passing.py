"""Alerts whose end is told to nobody: digests."""

from connectors.timescale.migrations.script import run

revision = "0240"
down_revision = "0043"


def upgrade() -> None:
    run("0240_passing.sql")
