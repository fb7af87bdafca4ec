"""The same page, kept by the bare server and as a file behind nginx, asked in turn in one run.

    python benchmarks/stored_bytes.py [ROUNDS]

Needs nginx and wrk (Debian). One process each. Prints requests a second, processor time a request, and our
share of nginx's beside the goal, 0.50; exits 1 below it. The processor's time says most on a machine that
does other things.
"""

import contextlib
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
from making import publish_shipped  # noqa: E402
from serving import Server, free_port  # noqa: E402

GOAL = 0.50
SECONDS = 2
TICK = os.sysconf("SC_CLK_TCK")
CONF = """daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log /dev/null;
events {{ worker_connections 4096; }}
http {{ access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000; open_file_cache max=100;
server_tokens off; default_type "text/html; charset=utf-8";
server {{ listen 127.0.0.1:{port}; location = /page {{ root {folder}; etag on;
{headers} }} }} }}
"""


def family(pid: int) -> list[int]:
    """The process and all below it."""
    below = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True).stdout.split()
    return [pid, *(one for child in below for one in family(int(child)))]


def processor_seconds(pid: int) -> float:
    """What the process and those below it have used."""
    used = 0
    for one in family(pid):
        with contextlib.suppress(OSError):
            fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
            used += int(fields[11]) + int(fields[12])
    return used / TICK


def ask(address: str, pid: int) -> tuple[float, float]:
    """Requests a second, and microseconds of processor a request."""
    before = processor_seconds(pid)
    said = subprocess.run(
        [
            *("wrk", "-t1", "-c32", f"-d{SECONDS}s", "-H", "Accept-Encoding: gzip, deflate, br"),
            *("-H", "Accept-Language: sv-SE,sv;q=0.9", "-H", "User-Agent: Mozilla/5.0 (iPhone) Safari/605.1"),
            address,
        ],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    if "Non-2xx" in said or "Socket errors" in said:
        raise SystemExit(said)
    count = int(re.search(r"(\d+) requests in", said)[1])
    return float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1]), (
        processor_seconds(pid) - before
    ) * 1e6 / count


def main(rounds: int) -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "data").mkdir()
        publish_shipped(folder / "data")
        ours = Server(folder / "data")
        asked = urllib.request.Request(f"{ours.url}/sv/", headers={"Accept-Encoding": "br"})
        with urllib.request.urlopen(asked) as response:
            (folder / "page").write_bytes(response.read())
            left_out = ("content-length", "content-type", "date", "etag", "connection")
            headers = "\n".join(
                f'add_header {name} "{value}";'
                for name, value in response.headers.items()
                if name.lower() not in left_out
            )
        port = free_port()
        (folder / "nginx.conf").write_text(CONF.format(folder=folder, port=port, headers=headers))
        os.chmod(folder, 0o755)
        nginx = subprocess.Popen(["nginx", "-p", name, "-c", f"{name}/nginx.conf"], stderr=subprocess.DEVNULL)
        try:
            time.sleep(0.5)
            pairs = [
                (ask(f"{ours.url}/sv/", ours.process.pid), ask(f"http://127.0.0.1:{port}/page", nginx.pid))
                for _ in range(rounds)
            ]
        finally:
            nginx.terminate()
            nginx.wait()
            ours.stop()
    for (rate, cost), (rate_nginx, cost_nginx) in pairs:
        print(
            f"ours {rate:8.0f}/s {cost:5.1f} µs   nginx {rate_nginx:8.0f}/s {cost_nginx:5.1f} µs   "
            f"share {rate / rate_nginx:.2f}, by processor {cost_nginx / cost:.2f}"
        )
    share = statistics.median(a[0] / b[0] for a, b in pairs)
    by_processor = statistics.median(b[1] / a[1] for a, b in pairs)
    print(f"median share {share:.2f}, by processor {by_processor:.2f} (goal {GOAL:.2f})")
    return 0 if share >= GOAL else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 5))
