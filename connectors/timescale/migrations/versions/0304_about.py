"""What an alert is about, in words."""

from connectors.timescale.migrations.script import run

revision = "0304"
down_revision = "0303"


def upgrade() -> None:
    run("0304_about.sql")
