"""Shifts by their titles."""

from connectors.timescale.migrations.script import run

revision = "0303"
down_revision = "0302"


def upgrade() -> None:
    run("0303_shift_titles.sql")
