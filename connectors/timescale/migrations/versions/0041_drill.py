"""From a number down to the subjects and events behind it, and what agencies have become."""

from connectors.timescale.migrations.script import run

revision = "0041"
down_revision = "0052"


def upgrade() -> None:
    run("0041_drill.sql")
