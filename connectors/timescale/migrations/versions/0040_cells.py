"""Cells as rows of counters, by axis and by day, month and year; what is still to come today; indicators by their axes.

What was counted before is dropped: `nhip rebuild` counts it again from the events.
"""

from connectors.timescale.migrations.script import run

revision = "0040"
down_revision = "0051"


def upgrade() -> None:
    run("0040_cells.sql")
