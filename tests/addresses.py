"""Every public address there is, for the tests: rooms enrol their pages by `url_map` and
patient_app/room_addresses.py."""

import re

from patient_app.room_addresses import NOT_PAGES
from patient_app.room_addresses import public_paths as every_public_path

# The help as other readers have it: the same templates with other words, asked as a whole by test_help.py.
OTHERS_HELP = re.compile(r"/help/(13-17|guardian-13-17|other-adult)(/|$)")


def public_paths(*args, **more) -> list[str]:
    """The address of every public page, but for the help of readers other than a guardian of a child under
    13: some eighty more in each language at each clinic."""
    return [path for path in every_public_path(*args, **more) if not OTHERS_HELP.search(path)]


COMMON_AND_CLINICS = ("", "m/D3M0/", "m/V3ST/", "m/N0RR/")

__all__ = ["COMMON_AND_CLINICS", "NOT_PAGES", "OTHERS_HELP", "every_public_path", "public_paths"]
