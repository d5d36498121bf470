"""Who stands in on a shift, for boards."""

from connectors.timescale.migrations.script import run

revision = "0212"
down_revision = "0211"


def upgrade() -> None:
    run("0212_stand_ins.sql")
