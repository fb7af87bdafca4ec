"""What a first view of each public page costs on the wire, in brotli bytes with response headers: `python
scripts/measure_pages.py`.

Counts HTML (inlined CSS and pictures in it), linked CSS that is not for print, scripts (joined at start with
what they import), and linked pictures. Prints the worst and the median page of each kind, and the worst page
of all. Needs no server: it asks the app itself.
"""

import logging
import re
import statistics
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import lxml.html  # noqa: E402
from werkzeug.test import Client  # noqa: E402


@dataclass(frozen=True)
class Cost:
    """Bytes on the wire of one page's first view."""

    path: str
    html: int
    css: int
    js: int
    pictures: int
    headers: int

    @property
    def total(self) -> int:
        return self.html + self.css + self.js + self.pictures + self.headers


class Scale:
    """Weighs pages of one app; static files are weighed once."""

    def __init__(self, app, coding: str = "br") -> None:
        self._client = Client(app)
        self._coding = coding
        self._seen: dict[str, tuple[int, int, str]] = {}

    def _get(self, path: str) -> tuple[int, int, str]:
        if path not in self._seen:
            answer = self._client.get(path, headers={"Accept-Encoding": self._coding}, buffered=True)
            assert answer.status_code == 200, f"{path}: {answer.status_code}"
            head = sum(len(name) + len(value) + 4 for name, value in answer.headers) + 17
            plain = self._client.get(path, buffered=True).get_data(as_text=True)
            self._seen[path] = (len(answer.data), head, plain)
        return self._seen[path]

    def weigh(self, path: str) -> Cost:
        """The cost of a page that answers 200."""
        html, headers, text = self._get(path)
        page = lxml.html.document_fromstring(text)
        sizes = {"css": 0, "js": 0, "pictures": 0}
        wanted: dict[str, str] = {}
        for link in page.xpath("//link[@href]"):
            kinds = link.get("rel", "").split()
            if kinds == ["stylesheet"] and link.get("media") != "print":
                wanted[link.get("href")] = "css"
            elif "icon" in kinds:
                wanted[link.get("href")] = "pictures"
        wanted.update(
            dict.fromkeys(page.xpath("//script/@src"), "js")
        )  # each joined with what it imports (scripts.py)
        for address, kind in wanted.items():
            if address.startswith("data:"):
                continue
            size, head, source = self._get(address)
            assert kind != "js" or not re.search(r"^import ", source, re.MULTILINE), (
                f"{address} is not joined: what it imports is not weighed"
            )
            sizes[kind] += size
            headers += head
        return Cost(path, html, sizes["css"], sizes["js"], sizes["pictures"], headers)


def costs(app, paths: list[str], coding: str = "br") -> list[Cost]:
    """The costs of every path that answers 200, worst first."""
    scale, client = Scale(app, coding), Client(app)
    return sorted(
        (scale.weigh(path) for path in paths if client.get(path, buffered=True).status_code == 200),
        key=lambda cost: -cost.total,
    )


def main() -> None:
    from addresses import public_paths
    from making import make_app, publish_shipped

    with tempfile.TemporaryDirectory() as folder:
        publish_shipped(Path(folder))
        app = make_app(Path(folder), as_sent=True)
        logging.getLogger("redo").setLevel(logging.ERROR)
        weighed = costs(app, public_paths(app, prefixes=("", "m/D3M0/")))
    kinds: dict[str, list[Cost]] = {}
    for cost in weighed:
        kinds.setdefault(re.sub(r"^/\w\w/(m/\w+/)?", "", cost.path).split("/")[0] or "start", []).append(cost)
    print(f"{'kind':<10} {'pages':>5} {'median':>7} {'worst':>7}   html   css    js  pict  head  worst page")
    for kind, found in sorted(kinds.items()):
        worst = found[0]
        median = statistics.median(cost.total for cost in found)
        print(
            f"{kind:<10} {len(found):>5} {median:>7.0f} {worst.total:>7} {worst.html:>6} {worst.css:>5} "
            f"{worst.js:>5} {worst.pictures:>5} {worst.headers:>5}  {worst.path}"
        )


if __name__ == "__main__":
    main()
