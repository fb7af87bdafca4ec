"""A first view fits in the first flight of a poor line, and each part of it in its own budget
(trust-and-speed.md 3); so does the device check."""

import re

from addresses import public_paths
from measure_pages import costs

FIRST_FLIGHT, HTML, WHOLE_ROUTE_HTML = 14_600, 8_000, 16_000  # bytes, response headers counted in the first
CSS, JS, PICTURES = 2_000, 2_000, 1_200
CHECK, CHECK_HTML, CHECK_JS = 22_000, 10_000, 11_000
GUIDE = re.compile(r"^/\w\w/(m/\w+/)?(guide|help|day|about|$)")


def is_light(cost) -> bool:
    parts = cost.css <= CSS and cost.js <= JS and cost.pictures <= PICTURES
    if cost.path.endswith("/all"):
        return parts and cost.html <= WHOLE_ROUTE_HTML
    return parts and cost.html <= HTML and cost.total <= FIRST_FLIGHT


def test_every_page_of_the_guide_fits_in_the_first_flight(app):
    paths = [path for path in public_paths(app, prefixes=("", "m/D3M0/")) if GUIDE.match(path)]
    # What fits as gzip fits as brotli, which takes some fifty times as long to make: only the others are
    # weighed as they are sent.
    near = [cost.path for cost in costs(app, paths, "gzip") if not is_light(cost)]
    heavy = {cost.path: cost for cost in costs(app, near) if not is_light(cost)}
    assert len(paths) > 100
    assert heavy == {}


def test_both_pages_of_the_device_check_are_within_their_budget(app):
    paths = [
        path for path in public_paths(app, prefixes=("", "m/D3M0/")) if re.search(r"/check(/camera)?$", path)
    ]
    assert {path[:4] for path in paths} >= {"/sv/", "/en/"} and len(paths) >= 8
    heavy = {
        cost.path: cost
        for cost in costs(app, paths)
        if cost.total > CHECK or cost.html > CHECK_HTML or cost.js > CHECK_JS
    }
    assert heavy == {}
