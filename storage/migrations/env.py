"""Run by Alembic: migrates the connection it is handed (storage.migrate opens it and holds its transaction)."""

from alembic import context

from storage.migrate import VERSION_TABLE, ours
from storage.tables import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    # SQLite can alter hardly anything in place: Alembic copies the table instead.
    render_as_batch=True,
    compare_type=True,
    include_name=ours,
)
context.run_migrations()
