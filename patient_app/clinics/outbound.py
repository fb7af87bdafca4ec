"""The reviewed list of hosts that pages may lead out to. A link to any other host fails the tests."""

from types import MappingProxyType

# host -> why it is here; reviewed 2026-11-22.
HOSTS = MappingProxyType(
    {
        "www.1177.se": "where the family logs in, and advice about illness",
        "e-tjanster.1177.se": "the log-in itself",
        "www.bris.se": "support line for children",
        "www.smhi.se": "Swedish weather: the neutral page that «Lämna sidan» goes to",
        "www.digg.se": "supervisory authority for accessibility",
        "www.imy.se": "supervisory authority for privacy",
        "www.regionexempel.se": "the demo clinic's region, an example",
    }
)
ALLOWED = frozenset(HOSTS)
EXIT = "https://www.smhi.se/"
