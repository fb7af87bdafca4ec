"""Alembic's migrations of the staff's database. Run by `patient-app migrate` (staff/database.py), never by
hand."""
