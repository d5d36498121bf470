"""What the ticker decides: the present state of systems and probes."""

from connectors.timescale.migrations.script import run

revision = "0051"
down_revision = "0081"


def upgrade() -> None:
    run("0051_now.sql")
