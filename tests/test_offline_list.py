"""The copy that a family saves: what it has and has not, how much it is, which text it is, and that the pages
with the camera speak with no worker. That it opens without a net stands in e2e/journeys/test_offline.py."""

import re

import pytest
from werkzeug.test import Client

from patient_app.front.views import ON_THE_DEVICE, TO_FETCH
from patient_app.paths import STATIC
from patient_app.web.assets import served_scripts
from patient_app.web.page_store import FAST_BROTLI, compress
from patient_app.web.release import HEADER, release

CLINIC = "/sv/m/D3M0/"
MEGABYTE = 1_000_000
FILES = re.compile(rb"/static/[0-9a-f]{12}/[^\"' )<]+")
SAVED = b'<p class="saved" data-saved data-not-story hidden>'


@pytest.fixture
def listed(client):
    return client.get(f"{CLINIC}offline.json").json


def test_the_copy_has_the_guide_and_the_childrens_pages_of_one_clinic_and_one_language(listed):
    pages, childrens = listed["pages"], listed["childrens"]
    everything = [*pages, *childrens]
    assert len(everything) == len(set(everything)) > 100
    assert all(path.startswith(CLINIC) for path in everything)
    wanted = ("", "guide", "guide/under-13", "guide/under-13/join", "day", "day/13-17", "help", "help/sound")
    assert {CLINIC + path for path in (*wanted, "check", "check/camera", "about/privacy", "offline")} <= set(
        pages
    )
    for path in ("practice", "card", "child", "child/3-6/1", "child/7-9/1", "child/10-12/1", "child/adult"):
        assert CLINIC + path in childrens
    assert not [path for path in everything if re.search(r"/(youth|after|support|staff|code)\b", path)]


def test_every_page_of_the_copy_has_the_line_with_its_day_and_the_copy_is_as_large_as_it_says(client, listed):
    kept = fetched = 0
    files: set[bytes] = set()
    for path in (*listed["pages"], *listed["childrens"]):
        answer = client.get(
            path, follow_redirects=True, base_url=client.application.config["SETTINGS"].public_url
        )
        assert answer.status_code == 200 and answer.data.count(SAVED) == 1, path
        kept += len(answer.data)
        fetched += len(compress(answer.data, "br", FAST_BROTLI))
        files |= set(FILES.findall(answer.data))
    for file in files:
        answer = client.get(file.decode())
        assert answer.status_code == 200, file
        fetched += len(compress(answer.data, "br", FAST_BROTLI))
        kept += len(answer.data)
    assert 0.75 <= fetched / (TO_FETCH * MEGABYTE) <= 1.1, f"{fetched} bytes to fetch"
    assert 0.75 <= kept / (ON_THE_DEVICE * MEGABYTE) <= 1.1, f"{kept} bytes on the device"


def test_page_header_and_list_carry_the_version_and_another_text_has_another(client, listed, new_app):
    answer = client.get(f"{CLINIC}day")
    assert f'<meta name="version" content="{listed["version"]}">' in answer.text
    assert answer.headers[HEADER] == release() and listed["version"].startswith(f"{release()}.")
    assert f'<meta name="version" content="{release()}">' in client.get("/sv/day").text
    assert client.get("/sv/m/V3ST/offline.json").json["version"] != listed["version"]


def test_the_switch_takes_the_offer_away_and_sends_the_worker_that_erases(new_app):
    off = Client(new_app(offline_copy="0"))
    for path in ("guide/under-13", "guide/under-13/ready", "about/privacy"):
        assert "utan nät" not in off.get(CLINIC + path).text, path
    assert off.get(f"{CLINIC}offline").status_code == off.get(f"{CLINIC}offline.json").status_code == 404
    worker = off.get("/sw.js").text
    assert "unregister()" in worker and "fetch" not in worker


SPEAK = r"postMessage|BroadcastChannel|\bcontroller\b|MessageChannel|SharedWorker|serviceWorker"


@pytest.mark.parametrize("page", ["check/camera", "practice", "card"])
def test_a_page_with_camera_or_the_childs_words_speaks_with_no_worker(client, page):
    """A policy cannot refuse it, so nothing on these pages names a way to (the privacy page says so)."""
    entry = re.search(r'<script[^>]+src="/static/\w+/([^"]+)"', client.get(f"/sv/{page}").text)
    assert entry
    joined = served_scripts(path for path in STATIC.rglob("*") if path.is_file())[entry[1]]
    assert not re.search(SPEAK, joined)
    assert re.search(SPEAK, (STATIC / "js/offline/keep.js").read_text()), "the pattern finds what there is"


def test_the_worker_listens_to_no_page_and_keeps_nothing_but_pages():
    source = (STATIC / "js" / "offline" / "worker.js").read_text("utf-8")
    assert set(re.findall(r'addEventListener\("(\w+)"', source)) == {"install", "fetch"}
    assert not re.search(r"postMessage|BroadcastChannel|indexedDB|clients", source)
