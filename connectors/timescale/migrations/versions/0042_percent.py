"""Shares on boards as everywhere else, also where more work was taken back than done."""

from connectors.timescale.migrations.script import run

revision = "0042"
down_revision = "0100"


def upgrade() -> None:
    run("0042_percent.sql")
