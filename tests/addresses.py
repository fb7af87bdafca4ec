"""Every public address there is, for the tests: rooms enrol their pages by `url_map` and
patient_app/room_addresses.py."""

from patient_app.room_addresses import NOT_PAGES, public_paths

COMMON_AND_CLINICS = ("", "m/D3M0/", "m/V3ST/", "m/N0RR/")

__all__ = ["COMMON_AND_CLINICS", "NOT_PAGES", "public_paths"]
