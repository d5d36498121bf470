"""The `board` schema: what boards and the API may read."""

from connectors.timescale.migrations.script import run

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    run("0002_board.sql")
