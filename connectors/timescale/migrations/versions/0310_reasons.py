"""Reasons of systems in Vietnamese and in English."""

from connectors.timescale.migrations.script import run

revision = "0310"
down_revision = "0300"


def upgrade() -> None:
    run("0310_reasons.sql")
