"""Until when an alert is silenced, in no language."""

from connectors.timescale.migrations.script import run

revision = "0312"
down_revision = "0311"


def upgrade() -> None:
    run("0312_hand.sql")
