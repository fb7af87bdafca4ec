"""The WSGI entry point: `patient_app.wsgi:application`, plain enough for granian, gunicorn or waitress."""

from patient_app import create_app

application = create_app()
