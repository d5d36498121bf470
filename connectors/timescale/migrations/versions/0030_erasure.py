"""Anonymised reports: a tombstone for each, and what is erased of their events."""

from connectors.timescale.migrations.script import run

revision = "0030"
down_revision = "0050"


def upgrade() -> None:
    run("0030_erasure.sql")
