"""Dead letters that still hold their bytes are found without looking at the others."""

from connectors.timescale.migrations.script import run

revision = "0080"
down_revision = "0004"


def upgrade() -> None:
    run("0080_letter_bytes.sql")
