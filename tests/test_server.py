"""The server itself, over real sockets: what one visitor, one worker or one log reader does, others never
notice."""

import datetime
import json
import os
import re
import signal
import socket
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
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


def raw(server: Server, sent: bytes) -> bytes:
    """What comes back, to the end, for those bytes."""
    with connect(server) as connection:
        connection.sendall(sent)
        said = b""
        while piece := connection.recv(65536):
            said += piece
        return said


def children(pid: int) -> list[int]:
    """The processes started by that one that serve pages."""
    found = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True).stdout.split()
    return [int(child) for child in found]


def until(true, within: float = 10.0):
    """Waits until `true()` is so, and gives what it said."""
    deadline = time.monotonic() + within
    while not (said := true()):
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)
    return said


@pytest.mark.whole
def test_headers_that_never_end_are_cut_within_ten_seconds(server):
    with connect(server) as slow:
        slow.sendall(b"GET /sv/ HTTP/1.1\r\nHost: localhost\r\nX-")
        started = time.monotonic()
        while slow.recv(65536):
            pass
        assert 3 < time.monotonic() - started < 10


@pytest.mark.whole
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


@pytest.mark.whole
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
    said = until(lambda: [line for line in server.log.read_text().splitlines() if "a worker ended" in line])
    assert json.loads(said[0])["level"] == "error"


@pytest.mark.whole
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


@pytest.mark.whole
@pytest.mark.parametrize("standard", ["<&- >&- 2>&-", ">/dev/full 2>/dev/full"])
def test_standard_output_that_is_closed_or_full_stops_nothing(tmp_path, standard):
    port = free_port()
    process = subprocess.Popen(
        ["sh", "-c", f'exec "$0" -m patient_app serve {standard}', sys.executable],
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
        assert process.wait(10) == 0


@pytest.mark.whole
def test_a_log_reader_that_goes_away_takes_nothing_along(tmp_path):
    publish_shipped(tmp_path)
    port = free_port()
    process = begin(tmp_path, PORT=str(port), out=subprocess.PIPE)
    try:
        while not process.stdout.readline().startswith("Redo is at"):
            assert process.poll() is None
        process.stdout.close()

        def alive() -> bool:
            try:
                return urllib.request.urlopen(f"http://127.0.0.1:{port}/sv/day", timeout=2).status == 200
            except OSError:
                return False

        until(alive, 30)

        def dropped() -> bool:
            measures = urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5).read().decode()
            return float(re.search(r"redo_log_dropped_total (\S+)", measures)[1]) > 0

        until(dropped)
        assert alive() and process.poll() is None
    finally:
        process.terminate()
        process.communicate(timeout=10)
    assert process.returncode == 0


def test_everything_the_server_says_itself_carries_our_headers_and_names_no_server(server):
    for sent, status in (
        (b"GET / HTTP/9.1\r\nHost: localhost\r\n\r\n", 505),
        (b"nonsense\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 1_000_000, 431),
        (b"GET /" + b"a" * 100_000, 414),
        (b"POST /sv/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1073741824\r\n\r\n" + b"a" * 9000, 413),
        (b"POST /sv/ HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400),
        (b"POST /sv/ HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip\r\n\r\n", 400),  # RFC 9112, 6.3
        (b"POST /sv/ HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", 501),
        (b"BREW / HTTP/1.1\r\nHost: localhost\r\n\r\n", 501),
    ):
        said = raw(server, sent)
        assert said.startswith(b"HTTP/1.1 %d " % status), said[:80]
        header_part = said.partition(b"\r\n\r\n")[0].lower()
        for name in (b"content-security-policy", b"x-content-type-options", b"permissions-policy"):
            assert name + b": " in header_part, (status, name)
        assert b"no-store" in header_part and b"\r\nserver:" not in header_part


@pytest.mark.whole
def test_a_body_that_never_ends_is_cut_after_ten_seconds_and_holds_nobody_up(server):
    stuck = [connect(server) for _ in range(40)]
    started = time.monotonic()
    for number, one in enumerate(stuck):
        place = (b"/check/up", b"/staff/log-in", b"/sv/support/code")[number % 3]
        one.sendall(b"POST " + place + b" HTTP/1.1\r\nHost: localhost\r\nContent-Length: 32768\r\n\r\nabc")
    assert get(server) == 200 and get(server, "/check/ping") == 200
    assert get(server, "/staff/log-in") in (200, 503) and get(server, "/sv/support/") == 200
    assert time.monotonic() - started < 5
    refused = 0
    for one in stuck:
        said = one.recv(65536)
        refused += said.startswith((b"HTTP/1.1 408", b"HTTP/1.1 413"))
        one.close()
    assert refused == len(stuck)
    assert time.monotonic() - started < 13


def test_requests_that_come_together_are_answered_in_order(server):
    one = b"GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n"
    paths = (b"/healthz", b"/check/ping", b"/sv/day", b"/sv/nowhere", b"/healthz")
    sent = b"".join(one % path for path in paths)
    said = raw(server, sent + b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    statuses = re.findall(rb"HTTP/1\.1 (\d+) ", said)
    assert statuses == [b"200", b"200", b"200", b"404", b"200", b"200"]


def test_hundreds_of_requests_in_one_piece_are_all_answered(server):
    sent = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n" * 1000
    said = raw(server, sent + b"GET /healthz HTTP/1.0\r\n\r\n")
    assert said.count(b"HTTP/1.1 200 OK") == 1001


def test_a_client_that_waits_for_leave_to_send_gets_it(server):
    with connect(server) as one:
        one.sendall(
            b"POST /check/up HTTP/1.1\r\nHost: localhost\r\nContent-Length: 32768\r\n"
            b"Expect: 100-continue\r\n\r\n"
        )
        assert one.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
        one.sendall(b"a" * 32768)
        assert one.recv(65536).startswith(b"HTTP/1.1 200")


def test_head_and_conditional_requests_have_no_body(server):
    for path in (b"/sv/day", b"/healthz", b"/sv/nowhere"):
        sent = b"HEAD " + path + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        assert raw(server, sent).endswith(b"\r\n\r\n")
    with urllib.request.urlopen(server.url + "/sv/day") as response:
        etag = response.headers["ETag"]
    sent = (
        b"GET /sv/day HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nIf-None-Match: "
        + etag.encode()
        + b"\r\n\r\n"
    )
    said = raw(server, sent)
    assert said.startswith(b"HTTP/1.1 304") and said.endswith(b"\r\n\r\n")


def test_a_page_has_one_name(server):
    for path, target in (
        (b"//sv/day", b"/sv/day"),
        (b"///sv/day", b"/sv/day"),
        (b"//evil.example/", b"/evil.example/"),
    ):
        said = raw(server, b"GET " + path + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        assert said.startswith(b"HTTP/1.1 308")
        assert f"Location: {server.url}".encode() + target + b"\r\n" in said


def test_forwarded_headers_in_disguise_change_nothing(server):
    said = raw(
        server,
        b"GET /sv HTTP/1.1\r\nHost: localhost\r\nX_Forwarded_Host: evil.example\r\n"
        b"X-Forwarded-Host: evil.example\r\nConnection: close\r\n\r\n",
    )
    assert said.startswith(b"HTTP/1.1 308") and b"evil" not in said


@pytest.mark.whole
def test_the_worker_ends_when_the_process_that_started_it_is_killed(start):
    server = start()
    (worker,) = children(server.process.pid)
    server.process.kill()
    server.process.wait()

    def is_gone() -> bool:
        with socket.socket() as tried:
            return tried.connect_ex(("127.0.0.1", server.port)) != 0

    until(is_gone)
    until(lambda: not os.path.exists(f"/proc/{worker}"))


@pytest.mark.whole
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_told_to_stop_it_ends_within_five_seconds_with_exit_code_0(start, number):
    server = start()
    with connect(server) as idle, connect(server) as stuck:
        stuck.sendall(b"POST /check/up HTTP/1.1\r\nHost: localhost\r\nContent-Length: 32768\r\n\r\n")
        started = time.monotonic()
        server.process.send_signal(number)
        assert server.process.wait(10) == 0
        assert time.monotonic() - started < 5
        idle.close()


@pytest.mark.whole
def test_told_to_reload_it_has_new_workers_and_fails_nobody(start):
    server = start()
    old = children(server.process.pid)
    server.process.send_signal(signal.SIGHUP)
    asked = 0

    def is_new() -> bool:
        nonlocal asked
        asked += 1
        assert get(server, "/sv/") == 200
        return bool(children(server.process.pid)) and not set(old) & set(children(server.process.pid))

    until(is_new, 30)
    assert asked > 5
    # told by the process above, once it has seen the old go
    until(lambda: "reloaded" in server.log.read_text(), 10)


def begin(folder, out: int = subprocess.DEVNULL, **settings: str) -> subprocess.Popen:
    """A server that is just starting."""
    return subprocess.Popen(
        [sys.executable, "-m", "patient_app", "serve"],
        cwd=ROOT,
        env={**os.environ, "PORT": str(free_port()), "DATA_DIR": str(folder), **settings},
        stdout=out,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.whole
@pytest.mark.parametrize("after", [0.4, 1.5, 3.0])
def test_told_to_stop_while_it_starts_it_ends_within_five_seconds(tmp_path, after):
    process = begin(tmp_path)
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(after)
    started = time.monotonic()
    process.terminate()
    process.communicate(timeout=10)
    assert time.monotonic() - started < 5


@pytest.mark.whole
def test_families_are_served_where_nothing_can_be_written(tmp_path):
    port = free_port()
    process = begin("/proc/redo", PORT=str(port))

    def alive() -> bool:
        try:
            page = urllib.request.urlopen(f"http://127.0.0.1:{port}/sv/", timeout=2).read().decode()
            script = re.search(r"/static/[a-z0-9/._-]+[.]js", page)[0]
            return urllib.request.urlopen(f"http://127.0.0.1:{port}{script}", timeout=2).status == 200
        except OSError:
            return False

    until(alive, 30)
    process.terminate()
    said = process.communicate(timeout=10)[1]
    assert "go on without it" in said and "Traceback" not in said


@pytest.mark.whole
def test_a_server_whose_workers_cannot_start_says_so_by_its_exit_code(tmp_path):
    (tmp_path / "sitecustomize.py").write_text(
        "import sys\nif 'patient_app.server.worker' in sys.orig_argv: raise SystemExit(9)\n"
    )
    process = begin(tmp_path, PYTHONPATH=str(tmp_path))
    process.communicate(timeout=60)
    assert process.returncode == 3


def certificate(folder: Path) -> ssl.SSLContext:
    """Makes cert.pem and key.pem for localhost in that folder; the context that trusts them."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(1))
        .not_valid_after(now + datetime.timedelta(30))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), False)
        .sign(key, hashes.SHA256())
    )
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return ssl.create_default_context(cafile=folder / "cert.pem")


@pytest.mark.whole
def test_the_bare_server_speaks_tls_and_cuts_who_does_not_shake_hands(tmp_path):
    context = certificate(tmp_path)
    publish_shipped(tmp_path)
    port = free_port()
    process = begin(
        tmp_path,
        PORT=str(port),
        PUBLIC_URL=f"https://localhost:{port}",
        TLS_CERTIFICATE=str(tmp_path / "cert.pem"),
        TLS_KEY=str(tmp_path / "key.pem"),
    )

    def page():
        try:
            with urllib.request.urlopen(f"https://localhost:{port}/sv/", timeout=2, context=context) as said:
                return said.headers
        except OSError:
            return None

    try:
        headers = until(page, 30)
        assert headers["Strict-Transport-Security"] == "max-age=63072000" and "Server" not in headers
        assert "upgrade-insecure-requests" in headers["Content-Security-Policy"]
        with socket.create_connection(("localhost", port), 15) as silent:
            silent.settimeout(15)
            started = time.monotonic()
            assert page() is not None, "nobody waits for a handshake that does not come"
            assert silent.recv(10) == b"" and time.monotonic() - started < 10
        with socket.create_connection(("localhost", port), 15) as one:
            old = ssl.create_default_context(cafile=tmp_path / "cert.pem")
            old.minimum_version = old.maximum_version = ssl.TLSVersion.TLSv1_2
            with old.wrap_socket(one, server_hostname="localhost") as secure:
                secure.sendall(b"GET / HTTP/9.1\r\nHost: localhost\r\n\r\n")
                assert secure.recv(65536).startswith(b"HTTP/1.1 505")
        asked = urllib.request.urlopen(f"https://localhost:{port}/metrics", timeout=5, context=context)
        measures = asked.read().decode()
        alerts = (ROOT / "docs" / "operations.md").read_text().partition("Alerts to begin with")[2]
        for name in {*re.findall(r"redo_[a-z_]+", alerts), "redo_published_age_seconds"}:
            assert re.search(rf"^{name}[ {{]", measures, re.MULTILINE), f"{name} is measured"
        process.terminate()
        process.communicate(timeout=10)
        assert process.returncode == 0
    finally:
        process.kill()


class SlowProvider:
    """An identity provider that takes every connection and never says a word."""

    def __enter__(self) -> "SlowProvider":
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=200)
        self.issuer = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        return self

    def __exit__(self, *_: object) -> None:
        self._listening.close()


@pytest.mark.whole
def test_a_provider_that_hangs_holds_up_nobody_but_who_logs_in_there(start):
    with SlowProvider() as provider:
        server = start(OIDC_ISSUER=provider.issuer, OIDC_CLIENT_ID="redo")
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        with opener.open(server.url + "/staff/log-in", timeout=10) as response:
            token = re.search(r'name="csrf_token" value="([^"]+)"', response.read().decode())[1]
        sent = urllib.parse.urlencode({"csrf_token": token}).encode()

        def log_in(_: int) -> int:
            try:
                with opener.open(server.url + "/staff/log-in/provider", sent, timeout=20) as response:
                    return response.status
            except urllib.error.HTTPError as error:
                with error:
                    return error.code

        with ThreadPoolExecutor(41) as threads:
            logging_in = [threads.submit(log_in, number) for number in range(40)]
            families, staff, took = [], [], []
            while not all(one.done() for one in logging_in):
                began = time.monotonic()
                families.append(get(server, f"/sv/m/D3M0/help?{len(families)}"))
                staff.append(get(server, "/staff/log-in"))
                took.append(time.monotonic() - began)
        assert set(families) == {200} and set(staff) == {200}
        assert {one.result() for one in logging_in} <= {200, 503}, "a page that says so, or come back soon"
        assert max(took) < 3
        began = time.monotonic()
        assert log_in(0) == 200 and time.monotonic() - began < 1, "it is left alone for a while"


@pytest.mark.whole
def test_a_full_disk_stops_no_start_and_no_page(tmp_path):
    """No byte more in any file: what was published is served, whatever a start would like to write."""
    publish_shipped(tmp_path)
    port = free_port()
    # What the workers count together lies in memory, and the limit would hold for it too: it is made before.
    program = (
        "import resource; from patient_app.server import slots\n"
        "made = slots.make(); slots.make = lambda: made\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))\n"
        "from patient_app.cli import main; main(['serve'])"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={**os.environ, "PORT": str(port), "DATA_DIR": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )

    def answer(path: str) -> int:
        try:
            return urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5).status
        except urllib.error.HTTPError as error:
            with error:
                return error.code
        except OSError:
            return 0

    try:
        until(lambda: answer("/sv/m/D3M0/") == 200, 30)
        page = urllib.request.urlopen(f"http://127.0.0.1:{port}/sv/").read().decode()
        assert answer(re.search(r"/static/[a-z0-9/._-]+[.]js", page)[0]) == 200
        assert answer("/readyz") == 200 and answer("/staff/log-in") == 503
    finally:
        process.terminate()
        said = process.communicate(timeout=10)[0]
    assert "go on without it" in said and "Traceback" not in said and process.returncode == 0
