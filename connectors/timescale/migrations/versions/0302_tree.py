"""Where each system stands under those it stands on."""

from connectors.timescale.migrations.script import run

revision = "0302"
down_revision = "0320"


def upgrade() -> None:
    run("0302_tree.sql")
