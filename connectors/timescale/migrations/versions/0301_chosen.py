"""What is to be done by the agencies a viewer chose, and whose index of QĐ 766 that is."""

from connectors.timescale.migrations.script import run

revision = "0301"
down_revision = "0312"


def upgrade() -> None:
    run("0301_chosen.sql")
