"""The first view of a family page, style and pictures in it, fits in the first flight of a poor line, and all
that follows in its own budget (trust-and-speed.md 3); so does the device check."""

import re

from addresses import public_paths
from measure_pages import costs

FIRST_FLIGHT = 14_600  # bytes of HTML and its response headers: what a server may send before it is answered
EVERYTHING, CSS, JS, PICTURES = 22_000, 3_000, 4_000, 3_000
WHOLE_ROUTE_HTML = 20_000
CHECK, CHECK_JS = 40_000, 26_000
REHEARSAL = 45_000
GUIDE = re.compile(r"^/\w\w/(m/\w+/)?(guide|help|day|about|$)")
HEADERS = 2_000  # more than any page's headers, which are weighed together with those of its files


def is_light(cost) -> bool:
    parts = cost.css <= CSS and cost.js <= JS and cost.pictures <= PICTURES and cost.total <= EVERYTHING
    if cost.path.endswith("/all"):
        return parts and cost.html <= WHOLE_ROUTE_HTML
    return parts and cost.html + HEADERS <= FIRST_FLIGHT


def test_every_page_of_the_guide_fits_in_the_first_flight(app, weighed_app):
    paths = [path for path in public_paths(app, prefixes=("", "m/D3M0/")) if GUIDE.match(path)]
    # What fits as gzip fits as brotli, which takes some fifty times as long to make: only the others are
    # weighed as they are sent.
    near = [cost.path for cost in costs(app, paths, "gzip") if not is_light(cost)]
    heavy = {cost.path: cost for cost in costs(weighed_app, near) if not is_light(cost)}
    assert len(paths) > 100
    assert heavy == {}


def test_both_pages_of_the_device_check_are_within_their_budget(weighed_app):
    paths = [
        path
        for path in public_paths(weighed_app, prefixes=("", "m/D3M0/"))
        if re.search(r"/check(/camera)?$", path)
    ]
    assert {path[:4] for path in paths} >= {"/sv/", "/en/"} and len(paths) >= 8
    heavy = {
        cost.path: cost for cost in costs(weighed_app, paths) if cost.total > CHECK or cost.js > CHECK_JS
    }
    assert heavy == {}


def test_the_rehearsal_is_within_its_budget(app):
    weighed = costs(app, ["/sv/practice", "/en/practice", "/sv/m/D3M0/practice"])
    assert len(weighed) == 3
    assert {cost.path: cost for cost in weighed if cost.total > REHEARSAL} == {}
