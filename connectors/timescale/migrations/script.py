"""Run the .sql file of a migration as it stands."""

from importlib import resources

from alembic import op


def run(name: str) -> None:
    """Execute a script of migrations/versions/ through the driver, without SQLAlchemy reading colons as parameters."""
    script = (resources.files("connectors.timescale.migrations.versions") / name).read_text(encoding="utf-8")
    op.get_bind().exec_driver_sql(script.replace("%", "%%"))
