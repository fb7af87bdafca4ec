"""Kills a process with SIGKILL at random moments while it saves and publishes, again and again (trust-and-speed.md F7).

    python scripts/kill_during_publish.py 1000

Each child changes a clinic's phone, publishes, and only then writes the number to a pipe: that is the acknowledgement. After each kill: the published file
is whole, no acknowledged change is lost, and the log's chain holds. Exits 1 with what was broken. DATABASE_URL chooses PostgreSQL, else SQLite.
"""

import os
import random
import signal
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from patient_app import clinics
from patient_app.settings import Settings
from patient_app.staff import audit, operate, publish
from patient_app.staff import clinics as staff_clinics
from patient_app.staff.clinics import Target

DEMO = Target("clinics", "D3M0")


def change_on(settings: Settings, first: int, tell: int) -> None:
    """Changes and publishes with ever higher numbers, telling each that is done, until it is killed."""
    database = operate.database_of(settings)
    path = operate.published(settings)
    for number in range(first, first + 1_000_000):
        phone = f"010-{number // 10000:03d} {number // 100 % 100:02d} {number % 100:02d}"
        with database.write() as writing:
            entry = staff_clinics.entry_of(staff_clinics.row_of(writing, DEMO))
            staff_clinics.save(writing, DEMO, {**entry, "settings": {**entry["settings"], "phone": phone}}, "killer", number)
            version = publish.publish(writing, DEMO, "killer", number)
            _, body = publish.newest(writing)
        os.write(tell, f"{number}\n".encode())
        publish.write_file(path, version, body)


def check(settings: Settings, acknowledged: int) -> tuple[list[str], int]:
    """What is broken after a kill, and the highest number that is in the database."""
    problems = []
    path = operate.published(settings)
    try:
        version, body = clinics.read_published(path)
        clinics.build_directory(body, version)
    except ValueError as error:
        problems.append(f"the published file is broken: {error}")
    database = operate.database_of(settings)
    with database.read() as reading:
        newest, body = publish.newest(reading)
        phone = staff_clinics.entry_in(body, DEMO)["settings"]["phone"]
        stored = 0 if phone == "010-123 45 00" else int(phone.removeprefix("010-").replace(" ", ""))
        problems += audit.verify(reading)[2]
    publish.pull(database, path)
    database.dispose()
    if stored < acknowledged:
        problems.append(f"change {acknowledged} was acknowledged, {stored} is stored")
    if publish.file_version(path) != newest:
        problems.append("the file did not catch up")
    return problems, stored


def main(kills: int, folder: Path) -> int:
    """Runs that many kills; 0 when nothing was ever broken."""
    settings = Settings.from_values(data_dir=folder, database_url=os.environ.get("DATABASE_URL", ""))
    operate.prepare(settings)
    number, changes = 1, 0
    for turn in range(1, kills + 1):
        ear, mouth = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(ear)
            change_on(settings, number, mouth)
            os._exit(0)
        os.close(mouth)
        time.sleep(random.uniform(0.02, 0.7))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        told = b""
        while piece := os.read(ear, 65536):
            told += piece
        os.close(ear)
        lines = [int(line) for line in told.split()]
        acknowledged = max(lines, default=number - 1)
        problems, stored = check(settings, acknowledged)
        if problems:
            print(f"kill {turn}: " + "; ".join(problems), file=sys.stderr)
            return 1
        changes += len(lines)
        number = max(stored, acknowledged) + 1
    print(f"{kills} kills, {changes} acknowledged changes, none lost, the file whole each time")
    return 0


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100, Path(made)))
