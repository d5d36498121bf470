"""Who is on duty and what is maintained, for boards."""

from connectors.timescale.migrations.script import run

revision = "0211"
down_revision = "0221"


def upgrade() -> None:
    run("0211_duty.sql")
