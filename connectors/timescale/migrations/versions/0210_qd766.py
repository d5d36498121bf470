"""The QĐ 766 index for boards."""

from connectors.timescale.migrations.script import run

revision = "0210"
down_revision = "0242"


def upgrade() -> None:
    run("0210_qd766.sql")
