"""The whole as a region runs it (deploy/try-it), and a visitor who asks twenty times a second and counts what
fails."""

import contextlib
import http.client
import os
import re
import ssl
import subprocess
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
from serving import ROOT, Server, free_port

NAME = "localhost"
READER = "127.0.0.7"  # where our visitors come from: found in a log, it is a reader's address
PAGES = ("/sv/", "/sv/m/D3M0/day", "/sv/check", "/en/m/D3M0/guide/under-13", "/sv/child/3-6/1")


class Answer:
    """What came back: status, headers by small name, body. Nothing at all is status 0."""

    def __init__(self, response: http.client.HTTPResponse | None) -> None:
        if response is None:
            self.status, self.headers, self.body, self.text = 0, {}, b"", ""
            return
        self.status = response.status
        self.headers = {name.lower(): value for name, value in response.getheaders()}
        self.body = response.read()
        self.text = self.body.decode("utf-8", "replace")


class Deployed:
    """`deploy/try-it` in a folder of its own: nginx with TLS, two nodes, PostgreSQL. `nodes` are (port,
    process id)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._started: list[subprocess.Popen[bytes]] = []
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

    def get(self, path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> Answer:
        """Asks the proxy as a browser on this machine would."""
        context = ssl.create_default_context(cafile=str(self.folder / "fullchain.pem"))
        connection = http.client.HTTPSConnection(
            NAME, self.port, timeout=15, context=context, source_address=(READER, 0)
        )
        try:
            connection.request(method, path, body, headers)
            return Answer(connection.getresponse())
        finally:
            connection.close()

    def kill_nodes(self) -> None:
        """SIGKILL to every process of every node."""
        for _, pid in self.nodes:
            main = psutil.Process(pid)
            for one in (*main.children(recursive=True), main):
                one.kill()

    def stop_node(self, number: int) -> None:
        """SIGTERM, and waits until it has ended: within five seconds."""
        process = psutil.Process(self.nodes[number][1])
        process.terminate()
        with contextlib.suppress(psutil.NoSuchProcess):
            until(lambda: process.status() == psutil.STATUS_ZOMBIE, 6, "a node does not end")

    def start_node(self, number: int, program: Path = ROOT) -> None:
        """Starts the node of that number again, from this checkout or another, and waits until it serves."""
        port = self.nodes[number][0]
        with (self.folder / f"node-{port}.log").open("ab") as said:
            started = subprocess.Popen(
                [sys.executable, "-m", "patient_app", "serve"],
                env={**self.environment, "PORT": str(port), "DATA_DIR": str(self.folder / f"node-{port}")},
                cwd=program,
                stdout=said,
                stderr=said,
            )
        self._started.append(started)
        self.nodes[number] = (port, started.pid)
        until(lambda: self.node(number, "/readyz").status == 200, 60, "the node does not serve")

    @property
    def environment(self) -> dict[str, str]:
        """The settings of a node, as try-it sets them."""
        return {
            **os.environ,
            "PUBLIC_URL": f"https://{NAME}:{self.port}",
            "DATABASE_URL": f"postgresql://redo@127.0.0.1:{self.postgres_port}/redo",
            "SECRET_KEY": (self.folder / "secret").read_text().strip(),
            "TRUSTED_PROXY": "127.0.0.1",
            "ALLOWED_HOSTS": f"{NAME} localhost 127.0.0.1",
            "REDO_EXPECT_DATA": "1",
        }

    def node(self, number: int, path: str) -> Answer:
        """Asks a node behind the proxy's back; status 0 when nobody listens."""
        connection = http.client.HTTPConnection("127.0.0.1", self.nodes[number][0], timeout=5)
        try:
            connection.request("GET", path)
            return Answer(connection.getresponse())
        except OSError:
            return Answer(None)
        finally:
            connection.close()

    def pg_ctl(self, *words: str) -> None:
        """What one does to the PostgreSQL of try-it."""
        program = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))[-1]
        options = f"-p {self.postgres_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''"
        command = [str(program), "-D", str(self.folder / "postgres"), "-w", "-o", options, *words]
        user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        subprocess.run([*user, *command], check=True, stdout=subprocess.DEVNULL, cwd="/")

    @property
    def postgres(self) -> list[psutil.Process]:
        """PostgreSQL's processes."""
        main = psutil.Process(int((self.folder / "postgres" / "postmaster.pid").read_text().split()[0]))
        return [main, *main.children(recursive=True)]

    def stop(self) -> None:
        for started in self._started:
            started.terminate()
            started.wait(10)
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()


class Bare:
    """`patient-app serve` alone on its port, as `./run` starts it. Further arguments are those of Server."""

    def __init__(self, folder: Path, **how) -> None:
        self.folder = folder
        self.server = Server(folder, folder.with_suffix(".log"), **how)

    @property
    def log(self) -> str:
        """What it has said."""
        return self.server.log.read_text("utf-8")

    @property
    def processes(self) -> list[psutil.Process]:
        """The process that holds the port, and those that serve."""
        main = psutil.Process(self.server.process.pid)
        return [main, *main.children(recursive=True)]

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """Asks it."""
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=15)
        try:
            connection.request(method, path, headers=headers)
            return Answer(connection.getresponse())
        finally:
            connection.close()

    def command(self, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
        """`patient-app WORDS` on the same data folder."""
        return subprocess.run(
            [sys.executable, "-m", "patient_app", *words],
            env={**os.environ, "DATA_DIR": str(self.folder), **settings},
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=120,
        )


class Probe:
    """A visitor twenty times a second, each time on a connection of its own, whether the one before has its
    answer or not. `failed` counts why."""

    def __init__(self, asked_of: Deployed | Bare, *paths: str) -> None:
        self.asked, self.failed, self.took = 0, Counter[str](), list[float]()
        self._of, self._paths = asked_of, paths or PAGES
        self._end = threading.Event()
        self._visitors = ThreadPoolExecutor(40)
        self._clock = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> "Probe":
        self._began = time.monotonic()
        self._clock.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._clock.join()
        self._visitors.shutdown()

    def _run(self) -> None:
        while not self._end.wait(max(0.0, self._began + self.asked / 20 - time.monotonic())):
            self._visitors.submit(self._ask, self._paths[self.asked % len(self._paths)])
            self.asked += 1

    def _ask(self, path: str) -> None:
        began = time.monotonic()
        try:
            answer = self._of.get(path)
            if answer.status != 200:
                self.failed[f"{path}: {answer.status}"] += 1
        except (OSError, http.client.HTTPException) as error:
            self.failed[f"{path}: {error!r}"] += 1
        self.took.append(time.monotonic() - began)

    @property
    def p99(self) -> float:
        """What one of a hundred waited longer than, in seconds."""
        return sorted(self.took)[int(len(self.took) * 0.99) - 1]

    def until(self, asked: int) -> None:
        """Goes on until that many have asked."""
        while self.asked < asked:
            time.sleep(0.05)


def until(truth, within: float, what: str) -> float:
    """Waits until it is true: how long that took. Fails with `what` when it does not become true in time."""
    began = time.monotonic()
    while not truth():
        assert time.monotonic() - began < within, what
        time.sleep(0.05)
    return time.monotonic() - began


def lines_that_name_a_reader(folder: Path) -> list[str]:
    """Every line of every log below the folder with the address that our visitors have, or a page of a
    clinic."""
    found = []
    for path in folder.rglob("*"):
        parts = path.relative_to(folder).parts
        if (
            not path.is_file()
            or parts[0] in ("cache", "last-resort")
            or not ("log" in path.name or "log" in parts[:-1])
        ):
            continue
        for line in path.read_text("utf-8", "replace").splitlines():
            if re.search(rf"{re.escape(READER)}|/m/[0-9A-Z]{{4}}/|client: ", line):
                found.append(f"{path.name}: {line[:200]}")
    return found
