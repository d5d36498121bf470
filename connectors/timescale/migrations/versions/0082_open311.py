"""What Open311 shows of field reports and of the catalogue."""

from connectors.timescale.migrations.script import run

revision = "0082"
down_revision = "0040"


def upgrade() -> None:
    run("0082_open311.sql")
