"""Runs the migrations of the response database on a connection that is handed in."""

from alembic import context

migrations = context.config.attributes["migrations"]
context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=migrations.metadata,
    version_table=migrations.version_table,
    # SQLite can take back what a failed migration did to its tables, too.
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
