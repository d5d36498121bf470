"""What figures of systems are made of, for those who see the schema `board` alone."""

from connectors.timescale.migrations.script import run

revision = "0053"
down_revision = "0041"


def upgrade() -> None:
    run("0053_system_figures.sql")
