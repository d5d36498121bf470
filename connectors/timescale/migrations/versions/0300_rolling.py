"""Uptime of a stretch of time that ends now, whatever hour it began."""

from connectors.timescale.migrations.script import run

revision = "0300"
down_revision = "0252"


def upgrade() -> None:
    run("0300_rolling.sql")
