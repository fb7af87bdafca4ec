import os
from pathlib import Path

import hypothesis
import pytest
from house import checked
from making import each_opening, make_app, publish_shipped
from werkzeug.test import Client

from patient_app.clinics import directory, published
from patient_app.web import logs

# A busy machine is slow now and then; that is no fault of the code under test.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")


@pytest.fixture(scope="session", autouse=True)
def quiet_log():
    """Our own log goes nowhere while tests ask an app in this process: its thread writes past pytest's
    capture."""
    logs.WRITER.descriptor = os.open(os.devnull, os.O_WRONLY)


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    publish_shipped(folder)
    return folder


@pytest.fixture(scope="session")
def app(data_dir):
    """The whole app with the shipped clinics, shared by tests that only read."""
    return make_app(data_dir)


@pytest.fixture(scope="session")
def weighed_app(data_dir):
    """The same with pages compressed as families get them."""
    return make_app(data_dir, as_sent=True)


@pytest.fixture(scope="session")
def every_opening(tmp_path_factory, data_dir, app):
    """An app with the shipped clinics and one for each opening, account and plan B."""
    folder = tmp_path_factory.mktemp("openings")
    (folder / "assets").symlink_to(data_dir / "assets")
    body = directory.merge(directory.shipped_body(), {"clinics": each_opening()})
    published.write_published(folder / published.PUBLISHED, body, 1)
    return make_app(folder)


@pytest.fixture
def client(app) -> Client:
    return Client(app)


@pytest.fixture
def visit(client):
    """Visits an address, checks the house rules on it, and gives the parsed page back."""

    def visit_page(path: str, status: int = 200):
        response = client.get(path)
        assert response.status_code == status, f"{path}: {response.status_code}"
        page = checked(response, path)
        page.response = response
        return page

    return visit_page


@pytest.fixture
def own_dir(tmp_path, data_dir, app) -> Path:
    """A data folder of the test's own, with the shipped clinics; the static tree is the shared one, which
    takes time to compress."""
    (tmp_path / "assets").symlink_to(data_dir / "assets")
    publish_shipped(tmp_path)
    return tmp_path


@pytest.fixture
def new_app(own_dir):
    """Makes an app of the test's own, with the settings it asks for, on `own_dir`."""

    def make(**settings):
        return make_app(own_dir, **settings)

    return make
