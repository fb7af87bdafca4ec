"""What growth costs: 10,000 clinics beside one, twenty languages beside two.

    python benchmarks/growth.py

Prints each figure beside its goal, and exits 1 when one is missed. Times are of the processor where that is
what we can do something about, so that other work on the machine changes little.
"""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
from serving import Server  # noqa: E402
from staff.test_staff_growth import many  # noqa: E402

from patient_app.clinics import directory, published  # noqa: E402
from patient_app.settings import Settings  # noqa: E402
from patient_app.staff import operate  # noqa: E402
from patient_app.staff.content import clinics, publish  # noqa: E402
from patient_app.staff.content.clinics import Target  # noqa: E402
from patient_app.staff.models import Version  # noqa: E402
from patient_app.support.sharing import ClinicSearch  # noqa: E402

DEMO = Target("clinics", "D3M0")
MORE = [
    "de",
    "fr",
    "es",
    "it",
    "nl",
    "da",
    "nb",
    "fi",
    "pl",
    "cs",
    "et",
    "lv",
    "lt",
    "hu",
    "ro",
    "bg",
    "el",
    "tr",
]
# In a process of its own: an app with so many more languages, each with the English catalogue.
LANGUAGES = """
import sys, time
from pathlib import Path
root, folder, *more = sys.argv[1:]
sys.path[:0] = [root, root + "/tests"]
from flask_babel import Domain
from making import make_app
from patient_app.web import languages
catalogues = Path(folder) / f"catalogues-{len(more)}"
catalogues.mkdir()
for real in languages.TRANSLATIONS.iterdir():
    (catalogues / real.name).symlink_to(real)
for code in more:
    if not (catalogues / code).exists():
        (catalogues / code).symlink_to(languages.TRANSLATIONS / "en")
    languages.LANGUAGES[code] = languages.Language(code, 0, code)
languages.TRANSLATIONS = catalogues
languages._messages = Domain(translation_directories=[str(catalogues)], domain="messages")
started = time.process_time()
app = make_app(Path(folder))
made = time.process_time() - started
client = app.test_client()
client.get("/sv/day")
started = time.process_time()
for _ in range(300):
    client.get("/sv/day")
kept = time.process_time() - started
started = time.process_time()
for _ in range(20):
    app.extensions["page-store"]._empty(None)
    client.get("/sv/day")
print(made, kept / 300, (time.process_time() - started) / 20, file=sys.stderr)  # the log is on the other
"""


class Goals:
    """Prints figures beside their goals, and counts what is missed."""

    def __init__(self) -> None:
        self.missed = 0

    def say(self, what: str, figure: float, goal: float, unit: str = "s") -> None:
        self.missed += figure > goal
        print(f"{what:58} {figure:8.3f} {unit:5} goal {goal:g}{'' if figure <= goal else '   MISSED'}")


def start(folder: Path) -> float:
    """Seconds until a server on that folder answers."""
    began = time.monotonic()
    server = Server(folder)
    took = time.monotonic() - began
    server.stop()
    return took


def publish_one(settings: Settings, number: int) -> tuple[float, int]:
    """Processor seconds of publishing one change, its file written, and bytes that its version stores."""
    database, path = operate.database_of(settings), settings.data_dir / published.PUBLISHED
    try:
        with database.write() as writing:
            row = clinics.row_of(writing, DEMO)
            assert row is not None
            clinics.put(writing, DEMO, {**clinics.entry_of(row), "name": f"Mottagning {number}"}, changed=1)
            began = time.process_time()
            made = publish.publish(writing, DEMO, "anna", 1, published.version_of(path))
            stored = len(writing.get_one(Version, made).body.encode())
        publish.pull(database, path)
        return time.process_time() - began, stored
    finally:
        database.dispose()


def languages(folder: Path, more: list[str]) -> list[float]:
    """Processor seconds to make the app, for a kept page and to render one, with more languages."""
    said = subprocess.run(
        [sys.executable, "-c", LANGUAGES, str(ROOT), str(folder), *more],
        capture_output=True,
        text=True,
        check=True,
    ).stderr
    return [float(figure) for figure in said.split()]


def main() -> int:
    goals = Goals()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        small, large = Path(name) / "one", Path(name) / "many"
        for folder, body in ((small, many(0)), (large, many(10_000))):
            settings = Settings.from_values(data_dir=folder)
            operate.prepare(settings)
            began = time.process_time()
            operate.import_file(settings, body)
            took = time.process_time() - began
            print(f"imported {len(body['clinics'])} clinics: {took:.1f} s, {len(json.dumps(body)):,} bytes")
        publish_one(settings, 0)  # reads the body once
        published_in, stored = publish_one(settings, 1)
        goals.say("one change of 10,000 clinics published, processor", published_in, 1.0)
        goals.say("… and stored", stored / 1000, 20, "kB")
        alone, beside = start(small), start(large)
        goals.say(f"start with 10,000 clinics after {alone:.1f} s with three", beside - alone, 5.0)
        version, read = published.read_published(large / published.PUBLISHED)
        found = directory.build_directory(read, version).open_clinics()
        search = ClinicSearch((one.code, one.name, one.region_name) for one in found)
        began = time.process_time()
        for words in ("mottagning 9", "exempel", "finns inte", "d3m0") * 10:
            search.find(words)
        goals.say("search among 10,000", (time.process_time() - began) / 40 * 1000, 5.0, "ms")
        two, twenty = languages(small, []), languages(small, MORE)
        for what, few, many_languages in zip(
            ("app made", "kept page", "page rendered"), two, twenty, strict=True
        ):
            goals.say(f"{what} with 20 languages, beside 2", many_languages / few, 1.25, "times")
    return 1 if goals.missed else 0


if __name__ == "__main__":
    sys.exit(main())
