"""The outbox: messages of alerts on their way to channels."""

from connectors.timescale.migrations.script import run

revision = "0101"
down_revision = "0042"


def upgrade() -> None:
    run("0101_outbox.sql")
