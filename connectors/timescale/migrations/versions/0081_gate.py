"""API keys, and the schema `gate`: what the gateway may ask of the database."""

from connectors.timescale.migrations.script import run

revision = "0081"
down_revision = "0030"


def upgrade() -> None:
    run("0081_gate.sql")
