"""What became of each episode of an alert."""

from connectors.timescale.migrations.script import run

revision = "0243"
down_revision = "0251"


def upgrade() -> None:
    run("0243_episodes.sql")
