"""Runs granian with limits: what is slow or silent is cut, what is many is served, what dies is replaced."""

import contextlib
import logging
import os
import resource
import socket
from pathlib import Path

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings

from patient_app.settings import Settings
from patient_app.web import logs

HEADERS_WITHIN = 5_000  # milliseconds for a request's headers (trust-and-speed.md 7)
HEADERS_LARGEST = 32 * 1024
CONNECTIONS = 20_000  # open at once, in all: visitors keep theirs, and that must cost nothing
BACKLOG = 4_096
THREADS = 64


def open_standard_files() -> None:
    """What was closed before we began is opened on /dev/null: else the next file opened, a database for one,
    would be taken for standard output."""
    for descriptor in (0, 1, 2):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest free number, which is this one


def refuse_used_port(host: str, port: int) -> None:
    """Raises OSError when somebody listens there: granian alone would share the port with them."""
    family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, kind) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        tried.bind(address)
        tried.listen(1)


def serve(settings: Settings) -> None:
    """Serves until stopped; a worker that dies is replaced and told in the log."""
    logs.set_up()
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    server = Granian(
        "patient_app.wsgi:application",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=settings.workers,
        blocking_threads=THREADS,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=HEADERS_WITHIN, max_buffer_size=HEADERS_LARGEST),
        backlog=BACKLOG,
        backpressure=CONNECTIONS // settings.workers,
        respawn_failed_workers=True,
        workers_kill_timeout=4,
        log_access=False,
        log_enabled=False,
        ssl_cert=Path(settings.tls_certificate) if settings.tls_certificate else None,
        ssl_key=Path(settings.tls_key) if settings.tls_key else None,
    )
    told = logging.getLogger("_granian")
    told.handlers = [_WorkerLost()]
    told.setLevel(logging.ERROR)
    server.serve()


class _WorkerLost(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        logs.LOGGER.error("server", extra={"event": record.getMessage()})
