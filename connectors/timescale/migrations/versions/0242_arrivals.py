"""What comes in by which way, and what is usual."""

from connectors.timescale.migrations.script import run

revision = "0242"
down_revision = "0260"


def upgrade() -> None:
    run("0242_arrivals.sql")
