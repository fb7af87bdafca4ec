"""Alembic's environment: the connection comes from staff/database.py, which holds the lock."""

from alembic import context

from patient_app.staff.models import Base

connection = context.config.attributes["connection"]
context.configure(
    connection=connection, target_metadata=Base.metadata, render_as_batch=True, transactional_ddl=True
)
with context.begin_transaction():
    context.run_migrations()
connection.commit()
