"""Room for counters to change where they stand."""

from connectors.timescale.migrations.script import run

revision = "0200"
down_revision = "0231"


def upgrade() -> None:
    run("0200_room.sql")
