"""Behind our nginx.conf: what families get when nodes or everything of ours is gone (trust-and-speed.md
4)."""

import os
import re
import signal
import time

import pytest

from patient_app.codes.short_link import ShortLink, encode, encode_long

pytestmark = pytest.mark.whole

HEADERS = (
    "content-security-policy",
    "permissions-policy",
    "x-content-type-options",
    "referrer-policy",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
    "cross-origin-embedder-policy",
    "strict-transport-security",
)


def test_pages_go_on_when_every_process_of_ours_is_gone(deployed):
    """F5: what the proxy kept, then the copy of the common pages; short links too; no log says who read
    what."""
    kept = deployed.get("/sv/m/D3M0/help", **{"Accept-Encoding": "br"})
    assert kept.status == 200 and kept.headers["content-encoding"] == "br"
    live = {path: deployed.get(path) for path in ("/sv/day", "/en/check/camera", "/sv/check")}
    script = re.search(r'src="(/static/[^"]+[.]js)"', live["/sv/day"].text)
    assert script
    deployed.kill_nodes()

    again = deployed.get("/sv/m/D3M0/help", **{"Accept-Encoding": "br"})
    assert (again.status, again.body) == (200, kept.body), "the proxy has lost what it kept"
    common = deployed.get("/sv/m/D3M0/guide/under-13/check")
    assert common.status == 200 and 'data-page="guide' in common.text, (
        "no common page in the place of a clinic's"
    )
    assert deployed.get(script[1]).status == 200
    for path, before in live.items():
        # Asked in a coding nobody asked for before, so that the copy answers and not the proxy's own store.
        answer = deployed.get(path, **{"Accept-Encoding": "gzip"})
        assert answer.status == 200, path
        assert answer.headers["content-security-policy"] == before.headers["content-security-policy"], path
        assert answer.headers["permissions-policy"] == before.headers["permissions-policy"], path
        assert not set(HEADERS) - set(answer.headers), path

    link = deployed.get("/" + encode_long(ShortLink("D3M0", 1, 3, 2)))
    assert link.status == 303 and link.headers["location"].endswith("/en/check"), link.headers
    assert deployed.get("/" + encode(ShortLink("D3M0"))).headers["location"].endswith("/sv/")
    assert deployed.get("/sv/nothing/here").status == 200, "an unknown page leads to the start page"
    for log in (*deployed.folder.glob("*.log"), deployed.folder / "postgres" / "log"):
        said = log.read_text("utf-8", "replace")
        assert "/sv/" not in said.replace(f"https://localhost:{deployed.port}/sv/", ""), log.name
        assert "client: " not in said, log.name


def test_one_node_less_is_not_noticed(deployed, probe):
    with probe(deployed, "/sv/", "/sv/m/D3M0/day", "/sv/check") as asking:
        os.kill(deployed.nodes[0][1], signal.SIGTERM)
        deadline = time.monotonic() + 20
        while asking.asked < 100 and time.monotonic() < deadline:
            time.sleep(0.1)
    assert asking.asked >= 60 and not asking.failed, asking.failed


def test_what_is_for_operators_and_other_names_are_refused(deployed):
    assert deployed.get("/metrics").status == 404
    assert deployed.get("/readyz").status == 200
    twice = deployed.get("/sv//day")
    assert twice.status in (301, 303, 308) and twice.headers["location"].endswith("/sv/day")
    assert deployed.get("/sv/day").status == 200, "the way to a page is kept as the page"
    assert "nginx/" not in str(deployed.get("/sv/").headers)
