"""The WSGI entry point: `patient_app.wsgi:application`, plain: for our own server, gunicorn or waitress."""

from patient_app import create_app

application = create_app()
