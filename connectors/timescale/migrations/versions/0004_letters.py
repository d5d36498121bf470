"""Dead letters of a topic that was recreated stand beside those of the topic before it."""

from connectors.timescale.migrations.script import run

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    run("0004_letters.sql")
