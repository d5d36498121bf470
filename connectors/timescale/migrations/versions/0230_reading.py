"""One subject with its events, as the gateway may tell of it; subjects of an agency, by their ids."""

from connectors.timescale.migrations.script import run

revision = "0230"
down_revision = "0240"


def upgrade() -> None:
    run("0230_reading.sql")
