"""Staff only. The one room with log-in, session, database and CSRF; the public side never needs it and goes
on without it."""

from patient_app.staff.context import init_app

__all__ = ["init_app"]
