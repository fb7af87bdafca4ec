"""`python -m patient_app` is the same as `patient-app`."""

from patient_app.cli import main

main()
