"""Starts what tests and the long programs need: `patient-app serve` on a free port, and a Chromium with the
flags a case needs."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def free_port() -> int:
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


class Server:
    """One `patient-app serve` of this checkout (or of another `program`, started in `folder`), with a data
    folder of its own, `settings` in its environment, and a log of all it says. It listens on `port`, or on a
    free one.

    The environment is this process's own, unless `environment` gives another. Raises RuntimeError with the
    log when it does not answer in time.
    """

    def __init__(
        self,
        data_dir: Path,
        log: Path | None = None,
        environment: Mapping[str, str] | None = None,
        program: Sequence[str] = (sys.executable, "-m", "patient_app", "serve"),
        folder: Path = ROOT,
        port: int | None = None,
        **settings: str,
    ) -> None:
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = log or data_dir / "server.log"
        inherited = {
            name: value
            for name, value in (os.environ if environment is None else environment).items()
            if name != "PUBLIC_URL"
        }
        with self.log.open("wb") as said:
            self.process = subprocess.Popen(
                program,
                cwd=folder,
                stdout=said,
                stderr=said,
                env={**inherited, "PORT": str(self.port), "DATA_DIR": str(data_dir), **settings},
            )
        deadline = time.monotonic() + 60
        while True:
            try:
                urllib.request.urlopen(f"{self.url}/healthz", timeout=1).read()
                return
            except OSError:
                if self.process.poll() is not None or time.monotonic() > deadline:
                    self.stop()
                    raise RuntimeError(f"the server did not start:\n{self.log.read_text()}") from None
                time.sleep(0.05)

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def chromium(engine, *flags: str, windows: bool = True, environment: dict[str, str] | None = None):
    """Debian's Chromium, else Playwright's. Without `windows` it is the same engine without the browser's own
    toolbar, which is drawn anew for every page and takes more than the page (`chromium-headless-shell`, where
    it is installed): for what needs no camera and asks for no permission."""
    path = (
        (not windows and shutil.which("chromium-headless-shell"))
        or shutil.which("chromium")
        or engine.chromium.executable_path
    )
    return engine.chromium.launch(executable_path=path, args=[*QUIET, *flags], env=environment)
