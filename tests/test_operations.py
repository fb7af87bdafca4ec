"""docs/operations.md followed word for word in an empty folder: its own lines, other places in the first.
What belongs to the machine (packages, users, systemd) is left out, or done in its place where it says so."""

import contextlib
import os
import pwd
import re
import shutil
import ssl
import subprocess
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from deployed import until
from serving import ROOT, free_port
from staff_room import Postgres

PAGE = (ROOT / "docs" / "operations.md").read_text("utf-8")
SYSTEM = "# system\n"
pytestmark = [
    pytest.mark.every,
    pytest.mark.skipif(os.geteuid() != 0, reason="the page is for root, who may become another user"),
]


def lines_of(section: str) -> list[str]:
    """The blocks of commands of a section that are run here."""
    text = PAGE.partition(f"\n## {section}")[2].partition("\n## ")[0]
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    assert blocks
    return [block for block in blocks if not block.startswith(SYSTEM)]


class Machine:
    """An empty folder in the place of a machine, and a shell that follows the page in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port, self.https = free_port(), free_port()
        self.running: list[subprocess.Popen[bytes]] = []
        # The page's own first line, with places in the folder; and a release as one unpacks it.
        places = lines_of("A small clinic")[0]
        self.first = re.sub(r"=/", f"={folder}/", places).replace("redo.example.se", "localhost")
        names = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
        for name in names.stdout.splitlines():
            if (ROOT / name).is_file():
                (folder / "opt/redo-source" / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, folder / "opt/redo-source" / name)
        for parent in ("var/lib", "var/cache", "etc"):
            (folder / parent).mkdir(parents=True, exist_ok=True)

    def follow(self, blocks: list[str], **more: str) -> str:
        """Runs the blocks in one shell, as a person does, and gives what they said."""
        script = "set -eu\n" + self.first + "".join(blocks)
        script = script.replace("PORT=8001", f"PORT={self.port}")
        done = subprocess.run(
            ["sh"],
            input=script,
            env={"PATH": os.environ["PATH"], "HOME": "/nowhere", **more},
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
        return done.stdout

    def serve(self) -> None:
        """What systemd does: the unit's own command, user and settings."""
        unit = (ROOT / "deploy" / "patient-app.service").read_text("utf-8")
        command = re.search(r"(?m)^ExecStart=(.*)$", unit)
        assert command
        settings = dict(
            line.split("=", 1) for line in (self.folder / "etc/redo/redo.env").read_text().splitlines()
        )
        self.running.append(
            subprocess.Popen(
                [
                    *("setpriv", "--reuid", "redo", "--regid", "redo", "--clear-groups"),
                    *command[1].replace("/opt/", f"{self.folder}/opt/").split(),
                ],
                env={name: value.strip('"') for name, value in settings.items()},
                cwd="/",
            )
        )
        until(lambda: self.ask(f"http://127.0.0.1:{self.port}/readyz") == 200, 60, "the service is not ready")

    def ask(self, address: str) -> int:
        """The status of an address, 0 when nobody answers."""
        trusted = ssl.create_default_context()
        with contextlib.suppress(OSError):
            trusted.load_verify_locations(self.folder / "etc/redo/fullchain.pem")
        try:
            return int(urllib.request.urlopen(address, context=trusted, timeout=5).status)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0

    def stop(self) -> None:
        for one in reversed(self.running):
            one.terminate()
            one.wait(10)


@pytest.fixture
def machine():
    """A machine with the user `redo`, who is there for the test alone unless it was there before."""
    ours = "redo" not in {user.pw_name for user in pwd.getpwall()}
    if ours:
        subprocess.run(["useradd", "--system", "redo"], check=True)
    folder = Path(f"/tmp/redo-operations-{os.getpid()}")
    folder.mkdir(mode=0o755)
    one = Machine(folder)
    yield one
    one.stop()
    shutil.rmtree(folder, ignore_errors=True)
    if ours:
        subprocess.run(["userdel", "redo"], check=True)


def test_a_small_clinic_follows_the_page_and_serves_families_through_its_proxy(machine):
    blocks = lines_of("A small clinic")[1:]
    before = next(number for number, block in enumerate(blocks) if "redo export" in block)
    said = machine.follow(blocks[:before])
    assert "first-log-in.txt" in said, "where the first log-in stands"
    machine.serve()
    shell = next(block for block in blocks if block.startswith("redo()")).splitlines()[0] + "\n"
    key = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    etc = machine.folder / "etc/redo"
    subprocess.run(
        [
            *(*key, "-days", "90", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"),
            *("-keyout", str(etc / "key.pem"), "-out", str(etc / "fullchain.pem")),
        ],
        check=True,
        capture_output=True,
    )
    doctor = machine.follow([shell, *blocks[before:]])
    assert "All is well." in doctor, doctor
    # Ports that are free here, in the place of 80, 443 and the service's.
    conf = (etc / "nginx.conf").read_text()
    conf = re.sub(r"# The plain port.*# End of the plain port", "", conf, flags=re.DOTALL)
    conf = conf.replace("listen [::]:443", f"listen [::1]:{machine.https}")
    conf = conf.replace("listen 443", f"listen 127.0.0.1:{machine.https}").replace(
        ":8001 ", f":{machine.port} "
    )
    conf = conf.replace("/run/redo-nginx.pid", f"{machine.folder}/nginx.pid")
    (etc / "nginx.conf").write_text(conf)
    machine.running.append(subprocess.Popen(["nginx", "-c", str(etc / "nginx.conf"), "-g", "daemon off;"]))
    home = f"https://localhost:{machine.https}"
    until(lambda: machine.ask(f"{home}/sv/") == 200, 20, "families are not served")
    assert machine.ask(f"{home}/sv/m/D3M0/day") == 200
    assert machine.ask(f"{home}/metrics") == 404


def test_a_regions_node_follows_the_page_with_postgresql(machine):
    folder = Path(f"/tmp/redo-operations-postgres-{os.getpid()}")
    postgres = Postgres(folder)
    try:
        postgres.run("CREATE DATABASE region")
        blocks = lines_of("A small clinic")[1:]
        first = next(number for number, block in enumerate(blocks) if block.startswith("redo()"))
        ordered = [*blocks[:first], *lines_of("A region"), blocks[first]]
        machine.follow(ordered, DATABASE_URL=postgres.url("region"), SECRET_KEY="k" * 64)
        machine.serve()
        assert machine.ask(f"http://127.0.0.1:{machine.port}/readyz?staff") == 200
    finally:
        machine.stop()
        machine.running.clear()
        postgres.server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
