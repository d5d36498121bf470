"""What the gateway asks about dossiers that are told of again."""

from connectors.timescale.migrations.script import run

revision = "0260"
down_revision = "0241"


def upgrade() -> None:
    run("0260_one_stop.sql")
