"""The same page, kept by the bare server and as a file behind nginx, asked in turn in one run.

    python benchmarks/stored_bytes.py [ROUNDS] [behind]

With `behind` the page is asked through our deploy/nginx.conf (without TLS, which costs both the same), which
keeps it. Needs nginx and wrk (Debian). One process each. Prints requests a second, processor time a request,
and our share of nginx's beside the goal, 0.50 bare and 0.90 behind; exits 1 below it. The processor's time
says most on a machine that does other things.
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

GOAL, GOAL_BEHIND = 0.50, 0.90
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


def proxy(folder: Path, node: int, port: int) -> str:
    """deploy/nginx.conf with this run's places and ports, one process, and no TLS."""
    conf = (ROOT / "deploy" / "nginx.conf").read_text()
    (folder / "last-resort").mkdir()
    (folder / "last-resort" / "redo-last-resort.conf").write_text("")
    for pattern, instead in (
        (r"(?m)^user .*", ""),
        (r"worker_processes auto;", "worker_processes 1; daemon off;"),
        (r"pid /run/redo-nginx.pid;", f"pid {folder}/proxy.pid;"),
        (r"(?s)    server 127.0.0.1:8001 .*?8002[^;]*;", f"    server 127.0.0.1:{node};"),
        (r"/var/cache/redo", f"{folder}/cache"),
        (r"/var/lib/redo-last-resort", f"{folder}/last-resort"),
        (r"(?s)  # Any other name: .*?# End of the plain port\n", ""),
        (r"(?m)^ *ssl_.*$", ""),
        (r"(?m)^ *listen \[::\]:443.*$", ""),
        (r"listen 443 ssl http2;", f"listen 127.0.0.1:{port};"),
        (r"redo\.example\.se", "localhost"),
        (r"keepalive_timeout 75s;", "keepalive_timeout 75s; keepalive_requests 1000000;"),
        (r"(?s)    location @last_resort \{.*?\n    \}\n", "    location @last_resort { return 503; }\n"),
    ):
        conf = re.sub(pattern, instead, conf)
    return conf


def main(rounds: int, behind: bool) -> int:
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
        started = [subprocess.Popen(["nginx", "-p", name, "-c", f"{name}/nginx.conf"])]
        address, asked_of = f"{ours.url}/sv/", ours.process.pid
        if behind:
            front = free_port()
            (folder / "proxy.conf").write_text(proxy(folder, ours.port, front))
            started.append(subprocess.Popen(["nginx", "-p", name, "-c", f"{name}/proxy.conf"]))
            address, asked_of = f"http://localhost:{front}/sv/", started[-1].pid
        try:
            time.sleep(1)
            pairs = [
                (ask(address, asked_of), ask(f"http://127.0.0.1:{port}/page", started[0].pid))
                for _ in range(rounds)
            ]
        finally:
            for one in started:
                one.terminate()
                one.wait()
            ours.stop()
    for (rate, cost), (rate_nginx, cost_nginx) in pairs:
        print(
            f"ours {rate:8.0f}/s {cost:5.1f} µs   nginx {rate_nginx:8.0f}/s {cost_nginx:5.1f} µs   "
            f"share {rate / rate_nginx:.2f}, by processor {cost_nginx / cost:.2f}"
        )
    goal = GOAL_BEHIND if behind else GOAL
    share = statistics.median(a[0] / b[0] for a, b in pairs)
    by_processor = statistics.median(b[1] / a[1] for a, b in pairs)
    print(f"median share {share:.2f}, by processor {by_processor:.2f} (goal {goal:.2f})")
    return 0 if share >= goal else 1


if __name__ == "__main__":
    words = [word for word in sys.argv[1:] if word != "behind"]
    sys.exit(main(int(words[0]) if words else 5, "behind" in sys.argv))
