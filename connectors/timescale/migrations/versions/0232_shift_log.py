"""The shift log for those who read boards."""

from connectors.timescale.migrations.script import run

revision = "0232"
down_revision = "0212"


def upgrade() -> None:
    run("0232_shift_log.sql")
