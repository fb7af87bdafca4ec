"""The addresses of pages whose rule has parts: endpoint -> every value of its parts. Tests, export and the
offline copy read it."""

from collections.abc import Callable
from typing import Any

from patient_app.children.pages import BANDS, story_addresses, youth_addresses
from patient_app.device_check.verdicts import VERDICTS
from patient_app.guide.steps import GUIDE
from patient_app.support import sharing
from patient_app.support.call import CALL
from patient_app.web.languages import LANGUAGES

ARGUMENTS: dict[str, Callable[[], list[dict[str, Any]]]] = {
    "guide.step": lambda: GUIDE.paths(),
    "guide.whole_route": lambda: [{"route": route.slug} for route in GUIDE.routes],
    "guide.plan": lambda: [{"route": route.slug} for route in GUIDE.routes],
    "guide.day": lambda: [{}, *({"route": route.slug} for route in GUIDE.routes)],
    "guide.problem": lambda: [{"problem": problem.slug} for problem in GUIDE.problems],
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
    "children.youth": youth_addresses,
}
