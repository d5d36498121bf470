"""Closed and signed periods, and the ledger of what changed in them afterwards."""

from connectors.timescale.migrations.script import run

revision = "0090"
down_revision = "0082"


def upgrade() -> None:
    run("0090_closing.sql")
