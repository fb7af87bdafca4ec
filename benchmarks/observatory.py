"""What MDN's HTTP Observatory says of every kind of route, on the bare server and behind our nginx.

    python benchmarks/observatory.py

Needs node with npm, which installs the scanner's package into .venv/observatory, and what try-it needs.
The scanner's own tests and points are asked; only the host's name is localhost, so that its list of preloaded
hosts gives nobody points. Prints each score beside the goal, 130, worst first, and exits 1 below it.
"""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
from deployed import Deployed  # noqa: E402
from serving import free_port  # noqa: E402

PACKAGE = "@mdn/mdn-http-observatory@1.4.8"
FOLDER = ROOT / ".venv" / "observatory"
GOAL = 130
# One of each kind: where a header may differ, and answers that are no page.
ROUTES = {
    "start": "/sv/",
    "start of a clinic": "/sv/m/D3M0/",
    "plan": "/sv/guide/under-13",
    "questions": "/sv/guide",
    "letter's code": "/sv/code?c=wrong",
    "day": "/sv/m/D3M0/day",
    "help": "/sv/help/sound",
    "check": "/sv/check",
    "camera": "/sv/check/camera",
    "rehearsal": "/sv/practice",
    "story": "/sv/child/3-6/1",
    "card": "/sv/card",
    "youth": "/sv/youth",
    "about": "/sv/about/privacy",
    "saved copy": "/sv/offline",
    "saved copy's worker": "/sw.js",
    "support": "/sv/support/",
    "staff's log-in": "/staff/log-in",
    "catalogue": "/problems.json",
    "health": "/healthz",
}


def install() -> None:
    """The scanner, once."""
    if not (FOLDER / "node_modules").is_dir():
        FOLDER.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            [
                *("npm", "install", "--prefix", str(FOLDER), "--silent", "--no-fund", "--no-audit"),
                *("--ignore-scripts", "--omit=optional", PACKAGE),
            ],
            check=True,
        )
    package = FOLDER / "node_modules" / PACKAGE.rpartition("@")[0]
    (package / "conf" / "hsts-preload.json").write_text("{}")


def ask(port: int, certificate: Path) -> list[dict[str, object]]:
    """The scanner's word on every route of the server at that port."""
    targets = [{"name": name, "port": port, "path": path} for name, path in ROUTES.items()]
    said = subprocess.run(
        ["node", str(ROOT / "benchmarks" / "observatory.mjs"), str(FOLDER)],
        input=json.dumps(targets),
        env={**os.environ, "NODE_EXTRA_CA_CERTS": str(certificate)},
        capture_output=True,
        text=True,
        timeout=200,
    )
    if said.returncode:
        raise SystemExit(said.stderr)
    found: list[dict[str, object]] = json.loads(said.stdout)
    return found


def main() -> int:
    """Both servers, and the table."""
    install()
    with tempfile.TemporaryDirectory(prefix="redo-observatory-", ignore_cleanup_errors=True) as folder:
        deployed = Deployed(Path(folder))
        port = free_port()
        bare = subprocess.Popen(
            [sys.executable, "-m", "patient_app", "serve"],
            env={
                **deployed.environment,
                "PORT": str(port),
                "PUBLIC_URL": f"https://localhost:{port}",
                "DATA_DIR": f"{folder}/bare",
                "DATABASE_URL": "",
                "REDO_EXPECT_DATA": "0",
                "TLS_CERTIFICATE": f"{folder}/fullchain.pem",
                "TLS_KEY": f"{folder}/key.pem",
            },
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
        )
        try:
            certificate = Path(folder, "fullchain.pem")
            wait_for(port)
            rows = [
                (way, one)
                for way, at in (("bare", port), ("nginx", deployed.port))
                for one in ask(at, certificate)
            ]
        finally:
            bare.terminate()
            bare.wait(10)
            deployed.stop()
    rows.sort(key=lambda row: int(str(row[1]["score"])))
    for way, one in rows:
        print(f"{way:6} {one['name']:22} {one['status']} {one['score']} {one['grade']}  (goal {GOAL})")
    print("points of the worst:", rows[0][1]["points"])
    return int(any(int(str(one["score"])) < GOAL for _, one in rows))


def wait_for(port: int) -> None:
    """Until somebody listens there."""
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the bare server does not start")


if __name__ == "__main__":
    sys.exit(main())
