"""Notes of the ticker's steps in Vietnamese and in English."""

from connectors.timescale.migrations.script import run

revision = "0311"
down_revision = "0310"


def upgrade() -> None:
    run("0311_notes.sql")
