"""Reports as lists and maps show them."""

from connectors.timescale.migrations.script import run

revision = "0031"
down_revision = "0090"


def upgrade() -> None:
    run("0031_report_list.sql")
