"""The whole as a region runs it (deploy/try-it), and a visitor who asks twenty times a second and counts what
fails."""

import http.client
import os
import shutil
import signal
import ssl
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

import pytest
from serving import ROOT, free_port

NAME = "localhost"


class Answer:
    """What came back: status, headers by small name, body."""

    def __init__(self, response: http.client.HTTPResponse) -> None:
        self.status = response.status
        self.headers = {name.lower(): value for name, value in response.getheaders()}
        self.body = response.read()
        self.text = self.body.decode("utf-8", "replace")


class Deployed:
    """`deploy/try-it` in a folder of its own: nginx with TLS, two nodes, PostgreSQL. `nodes` are (port,
    process id)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port, self.postgres_port, *ports = (free_port() for _ in range(4))
        environment = {
            **os.environ,
            "HTTPS_PORT": str(self.port),
            "POSTGRES_PORT": str(self.postgres_port),
            "NODE_PORTS": " ".join(map(str, ports)),
            "REDO_PYTHON": sys.executable,
        }
        self.log = folder / "try-it.log"
        with self.log.open("wb") as said:
            self.process = subprocess.Popen(
                [str(ROOT / "deploy" / "try-it"), str(folder)],
                env=environment,
                stdout=said,
                stderr=said,
                cwd=ROOT,
            )
        deadline = time.monotonic() + 180
        while not (folder / "ready").exists():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise RuntimeError(f"it did not start:\n{self.log.read_text()}")
            time.sleep(0.1)
        self.nodes = [(port, int((folder / f"node-{port}.pid").read_text())) for port in ports]

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """Asks the proxy as a browser on this machine would."""
        context = ssl.create_default_context(cafile=str(self.folder / "fullchain.pem"))
        connection = http.client.HTTPSConnection(NAME, self.port, timeout=15, context=context)
        try:
            connection.request(method, path, headers=headers)
            return Answer(connection.getresponse())
        finally:
            connection.close()

    def kill_nodes(self) -> None:
        """SIGKILL to every process of every node."""
        for _, pid in self.nodes:
            children = subprocess.run(
                ["pgrep", "-P", str(pid)], capture_output=True, text=True
            ).stdout.split()
            for one in (pid, *map(int, children)):
                os.kill(one, signal.SIGKILL)

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()


class Probe:
    """A visitor who asks for a page twenty times a second on a connection of its own each time. `failed`
    counts why."""

    def __init__(self, deployed: Deployed, *paths: str) -> None:
        self.asked, self.failed, self.slowest = 0, Counter[str](), 0.0
        self._deployed, self._paths = deployed, paths
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> "Probe":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._thread.join(30)

    def _run(self) -> None:
        while not self._end.wait(0.05):
            path = self._paths[self.asked % len(self._paths)]
            self.asked += 1
            began = time.monotonic()
            try:
                answer = self._deployed.get(path)
                if answer.status != 200:
                    self.failed[f"{path}: {answer.status}"] += 1
            except OSError as error:
                self.failed[f"{path}: {error!r}"] += 1
            self.slowest = max(self.slowest, time.monotonic() - began)


@pytest.fixture
def deployed():
    if not shutil.which("nginx") and os.geteuid() != 0:
        pytest.fail(
            "nginx-light, postgresql and openssl are needed: deploy/try-it installs them where it is root"
        )
    # Not below pytest's own folder, which is root's alone: PostgreSQL and nginx run as users of their own.
    with tempfile.TemporaryDirectory(prefix="redo-deployed-", ignore_cleanup_errors=True) as folder:
        running = Deployed(Path(folder))
        try:
            yield running
        finally:
            running.stop()


@pytest.fixture
def probe():
    return Probe
