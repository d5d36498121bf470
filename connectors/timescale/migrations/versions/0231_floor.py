"""Up to where streams are pruned."""

from connectors.timescale.migrations.script import run

revision = "0231"
down_revision = "0244"


def upgrade() -> None:
    run("0231_floor.sql")
