"""What people do to alerts, marked for the ticker."""

from connectors.timescale.migrations.script import run

revision = "0241"
down_revision = "0230"


def upgrade() -> None:
    run("0241_touched.sql")
