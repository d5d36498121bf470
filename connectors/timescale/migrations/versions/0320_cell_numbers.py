"""Counters' keys as numbers: a dictionary of series and one of codes, and readers that look texts up at their end."""

from connectors.timescale.migrations.script import run

revision = "0320"
down_revision = "0301"


def upgrade() -> None:
    run("0320_cell_numbers.sql")
