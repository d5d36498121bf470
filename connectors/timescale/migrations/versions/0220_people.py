"""Schema `people`: persons, sessions, the audit, and one way for all hands on alerts."""

from connectors.timescale.migrations.script import run

revision = "0220"
down_revision = "0250"


def upgrade() -> None:
    run("0220_people.sql")
