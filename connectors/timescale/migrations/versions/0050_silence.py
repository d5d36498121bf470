"""Silence is judged by observed time: canaries' spans, and what a system is after its last beat."""

from connectors.timescale.migrations.script import run

revision = "0050"
down_revision = "0010"


def upgrade() -> None:
    run("0050_silence.sql")
