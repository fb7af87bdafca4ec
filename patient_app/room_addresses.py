"""The addresses of pages whose rule has parts: endpoint -> every value of its parts. Tests, export and the offline copy read it."""

from collections.abc import Callable
from typing import Any

from patient_app.children.pages import story_addresses

ARGUMENTS: dict[str, Callable[[], list[dict[str, Any]]]] = {
    "front.about": lambda: [{"topic": topic} for topic in ("privacy", "accessibility", "sources", "languages")],
    "children.story": story_addresses,
}
