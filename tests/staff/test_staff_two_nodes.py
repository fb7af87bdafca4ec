"""Two servers on one PostgreSQL, each with a data folder of its own: what one publishes, families of the
other read within ten seconds."""

import contextlib
import re
import time
import urllib.error
import urllib.request

import pytest
from serving import Server

from patient_app.clinics import published
from patient_app.settings import Settings
from patient_app.staff import operate
from patient_app.staff.content import clinics, publish
from patient_app.staff.content.clinics import Target

DEMO = Target("clinics", "D3M0")
WITHIN = 10


@pytest.fixture
def two_nodes(postgres, data_dir, app, tmp_path):
    """The addresses of two running nodes, their data folders and the database they share."""
    name = postgres.clone()
    running = []
    try:
        for folder in (tmp_path / "node1", tmp_path / "node2"):
            folder.mkdir()
            (folder / "assets").symlink_to(data_dir / "assets")
            running.append(Server(folder, DATABASE_URL=postgres.url(name), SECRET_KEY="k" * 32))
        yield [node.url for node in running], [tmp_path / "node1", tmp_path / "node2"], postgres.url(name)
    finally:
        for node in running:
            node.stop()
        postgres.drop(name)


def phone_at(url: str) -> str:
    """The phone that families of that node read; "" while it does not answer."""
    with contextlib.suppress(urllib.error.URLError, ConnectionError):
        found = re.search(
            r"tel:([0-9]+)", urllib.request.urlopen(f"{url}/sv/m/D3M0/", timeout=5).read().decode()
        )
        return found[1] if found else ""
    return ""


def wait_for(url: str, phone: str, seconds: float) -> float:
    started = time.monotonic()
    while phone_at(url) != phone:
        assert time.monotonic() - started < seconds, f"{url} does not say {phone}"
        time.sleep(0.1)
    return time.monotonic() - started


@pytest.mark.whole
def test_a_second_node_takes_a_publication_over_within_ten_seconds(two_nodes):
    (one, two), (folder, other), database_url = two_nodes
    for url in (one, two):
        wait_for(url, "0101234500", 60)
    settings = Settings.from_values(data_dir=folder, database_url=database_url)
    database = operate.database_of(settings)
    with database.write() as writing:
        entry = clinics.entry_of(clinics.row_of(writing, DEMO))
        clinics.save(
            writing, DEMO, {**entry, "settings": {**entry["settings"], "phone": "010-999 88 77"}}, "anna", 1
        )
        version = publish.publish(writing, DEMO, "anna", 1)
        _, body = publish.newest(writing)
    publish.write_file(
        operate.published_path(settings), version, body
    )  # as the first node does on the request itself
    database.dispose()
    seconds = {
        "second node": wait_for(two, "0109998877", WITHIN),
        "first node": wait_for(one, "0109998877", WITHIN),
    }
    print({name: round(took, 1) for name, took in seconds.items()})
    assert (
        published.version_of(folder / "clinics.json")
        == published.version_of(other / "clinics.json")
        == version
    )
