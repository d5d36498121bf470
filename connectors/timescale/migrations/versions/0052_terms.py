"""The terms of a system's checks, kept with its state."""

from connectors.timescale.migrations.script import run

revision = "0052"
down_revision = "0032"


def upgrade() -> None:
    run("0052_terms.sql")
