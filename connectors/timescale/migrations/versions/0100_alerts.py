"""Alerts: each as it stands, and every step that it took."""

from connectors.timescale.migrations.script import run

revision = "0100"
down_revision = "0110"


def upgrade() -> None:
    run("0100_alerts.sql")
