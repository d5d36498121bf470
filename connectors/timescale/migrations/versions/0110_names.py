"""What codes are called, and what boards list: dossiers, systems, things to do, losses, size."""

from connectors.timescale.migrations.script import run

revision = "0110"
down_revision = "0053"


def upgrade() -> None:
    run("0110_names.sql")
