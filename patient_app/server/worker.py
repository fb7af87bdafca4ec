"""One process that serves: `python -m patient_app.server.worker LISTENING LIFELINE READY COUNTS SLOT`, four
descriptors and a number. run.py starts it, and nobody else needs to."""

import asyncio
import gc
import os
import resource
import signal
import socket
import ssl
import sys
from typing import Any
from urllib.parse import urlsplit

from patient_app.server import kinds
from patient_app.server.certificate import tls
from patient_app.server.edge import SWEEP, Connection, Edge, call
from patient_app.server.http1 import Head
from patient_app.server.slots import Slots
from patient_app.web import logs

CONNECTIONS = 20_000
SPARE_FILES = 200  # for databases, templates and the log
BACKLOG = 4_096
FAREWELL = 2.5  # seconds that requests under way get when we are told to stop
CANNOT_START = 3


def most_connections() -> int:
    """As many as we serve at once, by the number of files the system lets us have open."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
        soft = hard
    except (ValueError, OSError):  # then with those we have
        pass
    if soft == resource.RLIM_INFINITY:
        return CONNECTIONS
    return max(16, min(CONNECTIONS, soft - SPARE_FILES if soft > 2 * SPARE_FILES else soft // 2))


def warm(edge: Edge) -> None:
    """Renders the page that most begin with, so that whoever comes first does not wait for templates. What is
    loaded by now stays for good: the collector of garbage need not look at it again and again, which with
    thousands of connections took a tenth of a second each time."""
    host = urlsplit(edge.settings.public_url).netloc
    call(edge.app.wsgi_app, edge.environ(Head("GET", "/sv/", "", host, True, 0, False), b"", "127.0.0.1"))
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 50, 100)


async def serve(listening: socket.socket, lifeline: int, ready: int, slots: Slots) -> None:
    """Serves until told to stop, or until the process that started us is gone."""
    from patient_app.wsgi import application

    settings = application.config["SETTINGS"]
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(_unhandled)
    edge = Edge(application, most_connections(), bool(settings.tls_certificate), slots)
    warm(edge)
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    loop.add_reader(lifeline, stop.set)
    context = tls(settings.tls_certificate, settings.tls_key)
    server = await loop.create_server(
        lambda: Connection(edge),
        sock=listening,
        ssl=context,
        backlog=BACKLOG,
        ssl_handshake_timeout=kinds.HEADERS_WITHIN if context else None,
        ssl_shutdown_timeout=1.0 if context else None,
    )
    os.write(ready, b"1")
    os.close(ready)
    while not stop.is_set():
        edge.tick()
        await _wait(stop, SWEEP)
    server.close()
    edge.stopping = True
    deadline = loop.time() + FAREWELL
    while loop.time() < deadline:
        for connection in list(edge.connections):
            if not connection.is_owed_an_answer:
                connection.transport.abort()
        if not edge.connections:
            break
        edge.tick()
        await asyncio.sleep(0.05)


async def _wait(event: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(event.wait(), seconds)
    except TimeoutError:
        return


def _unhandled(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """By kind alone: the event loop's own words name addresses."""
    error = context.get("exception")
    if not isinstance(error, (ConnectionError, ssl.SSLError, TimeoutError)):
        logs.LOGGER.error("server", exc_info=error, extra={"event": "unhandled in the event loop"})


def main(arguments: list[str]) -> None:
    """Runs, and ends the process at once when done: threads that still work for somebody hold nobody up."""
    listening, lifeline, ready, counts, slot = map(int, arguments)
    logs.set_up()
    sys.setswitchinterval(0.001)  # the loop gets its turn soon, whatever the threads do
    try:
        asyncio.run(serve(socket.socket(fileno=listening), lifeline, ready, Slots(counts, slot)))
    except Exception as error:
        logs.LOGGER.error("server", exc_info=error, extra={"event": f"cannot serve: {error}"})
        logs.WRITER.flush()
        os._exit(CANNOT_START)
    logs.WRITER.flush()
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1:])
