"""The house: partitions, events, states, cells and dead letters."""

from connectors.timescale.migrations.script import run

revision = "0001"
down_revision = None


def upgrade() -> None:
    run("0001_house.sql")
