"""What the first board needs besides indicators: figures as they are shown, rates, dead letters over time, agencies."""

from connectors.timescale.migrations.script import run

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    run("0003_overview.sql")
