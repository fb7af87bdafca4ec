"""Every address of the public side, from the same list as the fast tests, so that a new page enrols itself
here too."""

import pytest
from addresses import public_paths

from patient_app import create_app
from patient_app.settings import Settings


@pytest.fixture(scope="session")
def paths(tmp_path_factory):
    """`paths("m/D3M0/", languages=("sv",))`: the public pages of a clinic, or with "" the common ones."""
    app = create_app(Settings.from_values(data_dir=tmp_path_factory.mktemp("addresses")))

    def of(prefix="", languages=("sv", "en")):
        return public_paths(app, languages=languages, prefixes=(prefix,))

    return of
