"""One-time links: which were used."""

from connectors.timescale.migrations.script import run

revision = "0250"
down_revision = "0210"


def upgrade() -> None:
    run("0250_links.sql")
