"""The addresses of pages whose rule has parts: endpoint -> every value of its parts. Tests, export and the
offline copy read it."""

from collections.abc import Callable
from typing import Any

from flask import Flask

from patient_app.children.pages import BANDS, story_addresses, youth_addresses
from patient_app.device_check.verdicts import VERDICTS
from patient_app.guide.steps import GUIDE
from patient_app.support import sharing
from patient_app.support.call import CALL
from patient_app.web.languages import LANGUAGES, STAFF_CODES

# A guardian of a child under 13 reads the help without a route in its address.
_OWN_HELP = tuple(route.slug for route in GUIDE.routes if route.slug != "under-13")

ARGUMENTS: dict[str, Callable[[], list[dict[str, Any]]]] = {
    "guide.step": lambda: GUIDE.paths(),
    "guide.whole_route": lambda: [{"route": route.slug} for route in GUIDE.routes],
    "guide.plan": lambda: [{"route": route.slug} for route in GUIDE.routes],
    "guide.day": lambda: [{}, *({"route": route.slug} for route in GUIDE.routes)],
    "guide.problems": lambda: [{}, *({"route": slug} for slug in _OWN_HELP)],
    "guide.problem": lambda: [
        *({"problem": problem.slug} for problem in GUIDE.problems),
        *(
            {"route": slug, "problem": problem.slug}
            for problem in GUIDE.problems
            for slug in problem.readers
            if slug in _OWN_HELP
        ),
    ],
    "front.about": lambda: [
        {"topic": topic} for topic in ("privacy", "accessibility", "sources", "languages")
    ],
    "children.story": story_addresses,
    "children.book": lambda: [{"band": band} for band in BANDS],
    "device_check.fix": lambda: [{"found": f"{row.check}-{row.id}"} for row in VERDICTS if row.first],
    "support.call_node": lambda: [{"node": node} for node in CALL.nodes if node != CALL.start.id],
    "support.sheet": lambda: [
        {"who": who, "start": "guide", "family": family, "size": "a5"}
        for who in sharing.WHO
        for family in LANGUAGES
    ],
    # One of each kind: all of them are the family's own pages, which stand in this list already.
    "support.family_page_beside": lambda: [
        {"family": family, "sent": sent}
        for family in LANGUAGES
        for sent in ("help/sound", "check/fix/camera-refused", "guide/under-13/find-visit")
    ],
    "children.youth": youth_addresses,
}

# They read a query, or answer other than with a page.
NOT_PAGES = frozenset({"front.code", "front.offline_list", "support.clinics", "support.openapi"})

# What a family's copy without a net has (docs/adr/0091). Not the pages for 13-17 and after the visit: others
# who use the device could read them. Support's are no family's.
OFFLINE = ("front.", "guide.", "device_check.", "children.")
NEVER_OFFLINE = ("children.youth", "children.after")
# Its children's part, which «Lämna sidan» erases.
CHILDRENS = ("children.", "device_check.practice")


def public_paths(
    app: Flask,
    languages: tuple[str, ...] = tuple(LANGUAGES),
    prefixes: tuple[str, ...] = ("",),
    rooms: tuple[str, ...] = ("",),
    but: tuple[str, ...] = (),
) -> list[str]:
    """The address of every public page in those languages, on the common pages ("") or at clinics
    ("m/D3M0/"); of endpoints that begin with one of `rooms` and none of `but`."""
    paths = []
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if "lang" not in rule.arguments or "clinic" in rule.arguments or "GET" not in (rule.methods or ()):
            continue
        if rule.endpoint in NOT_PAGES or not rule.endpoint.startswith(rooms):
            continue
        if but and rule.endpoint.startswith(but):
            continue
        for values in ARGUMENTS.get(rule.endpoint, lambda: [{}])():
            if not set(rule.arguments) - {"lang"} <= set(values):
                continue
            for language in STAFF_CODES if rule.endpoint.startswith("support.") else languages:
                path = adapter.build(rule.endpoint, {**values, "lang": language})
                paths += [path.replace(f"/{language}/", f"/{language}/{prefix}", 1) for prefix in prefixes]
    return sorted(set(paths))
