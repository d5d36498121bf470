"""Migrations: one after the other."""

from alembic.config import Config
from alembic.script import ScriptDirectory


def test_there_is_one_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", "connectors.timescale:migrations")
    assert len(ScriptDirectory.from_config(config).get_heads()) == 1
