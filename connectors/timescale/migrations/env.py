"""Alembic's entry: `nhip setup` hands over an open connection, so no URL is kept here."""

from alembic import context

connection = context.config.attributes["connection"]
context.configure(connection=connection, version_table="migration", version_table_schema="public")
with context.begin_transaction():
    context.run_migrations()
