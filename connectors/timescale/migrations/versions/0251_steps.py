"""Every step of an alert on its way to the topic of alerts."""

from connectors.timescale.migrations.script import run

revision = "0251"
down_revision = "0220"


def upgrade() -> None:
    run("0251_steps.sql")
