"""Planned work that has just ended, found at once."""

from connectors.timescale.migrations.script import run

revision = "0244"
down_revision = "0243"


def upgrade() -> None:
    run("0244_planned.sql")
