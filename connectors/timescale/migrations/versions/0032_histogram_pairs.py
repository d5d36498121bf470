"""Percentiles by agency and category, also of agencies that have nothing else."""

from connectors.timescale.migrations.script import run

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    run("0032_histogram_pairs.sql")
