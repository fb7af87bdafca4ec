"""The server itself, over real sockets: what one visitor, one worker or one log reader does, others never
notice."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from making import publish_shipped
from serving import ROOT, Server, free_port


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """One server for tests that leave it as it was."""
    folder = tmp_path_factory.mktemp("server")
    publish_shipped(folder)
    found = Server(folder)
    yield found
    found.stop()


@pytest.fixture
def start(tmp_path):
    """Starts a server of the test's own."""
    started = []

    def new(**settings: str) -> Server:
        publish_shipped(tmp_path)
        started.append(Server(tmp_path, **settings))
        return started[-1]

    yield new
    for one in started:
        one.stop()


def connect(server: Server) -> socket.socket:
    found = socket.create_connection(("127.0.0.1", server.port), timeout=15)
    found.settimeout(15)
    return found


def get(server: Server, path: str = "/sv/day") -> int:
    try:
        with urllib.request.urlopen(server.url + path, timeout=5) as response:
            return response.status
    except urllib.error.HTTPError as error:
        with error:
            return error.code


def children(pid: int) -> list[int]:
    """The processes started by that one that serve pages."""
    found = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True).stdout.split()
    return [
        int(child)
        for child in found
        if b"resource_tracker" not in Path(f"/proc/{child}/cmdline").read_bytes()
    ]


def until(true, within: float = 10.0):
    """Waits until `true()` is so, and gives what it said."""
    deadline = time.monotonic() + within
    while not (said := true()):
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)
    return said


def test_headers_that_never_end_are_cut_within_ten_seconds(server):
    with connect(server) as slow:
        slow.sendall(b"GET /sv/ HTTP/1.1\r\nHost: localhost\r\nX-")
        started = time.monotonic()
        while slow.recv(65536):
            pass
        assert 3 < time.monotonic() - started < 10


def test_a_second_start_on_the_same_port_is_refused_with_a_reason(server, tmp_path):
    second = subprocess.run(
        [sys.executable, "-m", "patient_app", "serve"],
        cwd=ROOT,
        env={**os.environ, "PORT": str(server.port), "DATA_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert second.returncode == 1
    assert str(server.port) in second.stderr and "already" in second.stderr
    assert "Traceback" not in second.stderr
    assert get(server) == 200


def test_a_worker_that_was_killed_is_replaced_and_told(start):
    server = start()
    (worker,) = children(server.process.pid)
    os.kill(worker, signal.SIGKILL)

    def answers() -> bool:
        try:
            return children(server.process.pid) != [worker] and get(server) == 200
        except OSError:
            return False

    until(answers, 20)
    said = until(lambda: [line for line in server.log.read_text().splitlines() if "worker" in line])
    assert json.loads(said[0])["level"] == "error"


def test_a_stalled_log_reader_keeps_nobody_waiting(tmp_path):
    publish_shipped(tmp_path)
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "patient_app", "serve"],
        cwd=ROOT,
        env={**os.environ, "PORT": str(port), "DATA_DIR": str(tmp_path)},
        stdout=subprocess.PIPE,
    )  # nobody ever reads it
    try:
        url = f"http://127.0.0.1:{port}"

        def alive() -> bool:
            try:
                return urllib.request.urlopen(f"{url}/healthz", timeout=1).status == 200
            except OSError:
                return False

        until(alive, 30)
        for _ in range(1500):  # more than a pipe holds
            assert urllib.request.urlopen(f"{url}/sv/day", timeout=5).status == 200
    finally:
        process.terminate()
        process.wait(10)
        process.stdout.close()


def test_standard_output_that_is_closed_stops_nothing(tmp_path):
    publish_shipped(tmp_path)
    port = free_port()
    process = subprocess.Popen(
        ["sh", "-c", 'exec "$0" -m patient_app serve <&- >&- 2>&-', sys.executable],
        cwd=ROOT,
        env={**os.environ, "PORT": str(port), "DATA_DIR": str(tmp_path)},
    )
    try:

        def alive() -> bool:
            try:
                return urllib.request.urlopen(f"http://127.0.0.1:{port}/sv/", timeout=1).status == 200
            except OSError:
                return False

        until(alive, 30)
    finally:
        process.terminate()
        process.wait(10)
