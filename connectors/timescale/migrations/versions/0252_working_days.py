"""What falls due, by working day."""

from connectors.timescale.migrations.script import run

revision = "0252"
down_revision = "0232"


def upgrade() -> None:
    run("0252_working_days.sql")
