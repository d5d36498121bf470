"""Whoever may load a catalogue may refresh the names that are made of it."""

from connectors.timescale.migrations.script import run

revision = "0043"
down_revision = "0101"


def upgrade() -> None:
    run("0043_refresh.sql")
