"""Alembic runs on the connection that portal.migrate hands over: the owner's, inside one transaction."""

from alembic import context

connection = context.config.attributes["connection"]
context.configure(connection=connection, version_table_schema="public", transaction_per_migration=False)
with context.begin_transaction():
    context.run_migrations()
