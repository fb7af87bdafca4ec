"""Logs: time, level, route rule (never the address), status, milliseconds, request id. Never an address,
query, agent, person or form value.

Nobody ever waits for whoever reads the log: a line is put in a bounded queue, and one thread writes. What
finds the queue full is dropped, counted, and told when the reader is back.
"""

import atexit
import itertools
import json
import logging
import os
import secrets
import threading
import time
import traceback
from collections import deque
from typing import Any

from flask import Flask, Response, g, request

# Not "patient_app": that is the name of Flask's own logger, which is switched off.
LOGGER = logging.getLogger("redo")
_FIELDS = ("rule", "status", "ms", "request", "event")
LINES_WAITING = 20_000  # some 3 MB; a minute of a busy morning
BATCH = 4_000  # lines written at once
GATHER = 0.2  # seconds in which lines gather before they are written together
FAREWELL = 0.5  # seconds the last lines get when the process ends


class JsonFormatter(logging.Formatter):
    """One JSON object a line. A traceback is told by file and line alone: its message could quote what was
    sent."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created)),
            "level": record.levelname.lower(),
            "message": record.getMessage() if record.name == LOGGER.name else record.name,
        }
        line.update({name: getattr(record, name) for name in _FIELDS if hasattr(record, name)})
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            line["where"] = [
                f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}"
                for frame in traceback.extract_tb(record.exc_info[2])[-5:]
            ]
        return json.dumps(line, ensure_ascii=False)


class LineWriter:
    """Lines on their way to a file descriptor. `put` never waits; `dropped` counts what was not written."""

    def __init__(self, descriptor: int, limit: int = LINES_WAITING) -> None:
        self.dropped = 0
        self.descriptor = descriptor
        self._limit = limit
        self._waiting: deque[str] = deque()
        self._untold = 0
        self._writing = False
        self._wake = threading.Event()
        self._thread: threading.Thread | None = None

    def put(self, line: str) -> None:
        """Takes a line, or counts it as dropped when too many wait."""
        if len(self._waiting) >= self._limit:
            self._drop(1)
            return
        self._waiting.append(line)
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="log", daemon=True)
            self._thread.start()
        if not self._wake.is_set():
            self._wake.set()

    def flush(self, within: float = FAREWELL) -> None:
        """Waits until the lines so far are written, but no longer than that."""
        deadline = time.monotonic() + within
        while (self._waiting or self._writing) and time.monotonic() < deadline:
            self._wake.set()
            time.sleep(0.005)

    def forget_thread(self) -> None:
        """After a fork: the thread is the parent's, and so are the lines."""
        self._thread = None
        self._waiting.clear()

    def _drop(self, count: int) -> None:
        self.dropped += count
        self._untold += count

    def _run(self) -> None:
        while self._wake.wait():
            time.sleep(GATHER)
            self._wake.clear()
            while self._waiting:
                self._writing = True
                lines = [self._waiting.popleft() for _ in range(min(BATCH, len(self._waiting)))]
                if self._write("\n".join(lines) + "\n"):
                    self._tell_dropped()
                else:
                    self._drop(len(lines))
            self._writing = False

    def _tell_dropped(self) -> None:
        if self._untold:
            told = self._untold
            line = {
                "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
                "level": "warning",
                "message": "log",
                "event": f"{told} lines could not be written",
            }
            if self._write(json.dumps(line) + "\n"):
                self._untold -= told

    def _write(self, text: str) -> bool:
        """False when the target is gone or full; the service goes on (trust-and-speed.md F25)."""
        left = text.encode("utf-8", "replace")
        try:
            while left:
                left = left[os.write(self.descriptor, left) :]
        except OSError:
            return False
        return True


class QueueHandler(logging.Handler):
    """Formats a record where it happens, and leaves the writing to a LineWriter."""

    def __init__(self, writer: LineWriter) -> None:
        super().__init__()
        self.writer = writer
        self.setFormatter(JsonFormatter())

    def emit(self, record: logging.LogRecord) -> None:
        self.writer.put(self.format(record))


WRITER = LineWriter(1)
os.register_at_fork(after_in_child=WRITER.forget_thread)


def set_up() -> None:
    """Our own logger writes to standard output, once."""
    if not LOGGER.handlers:
        LOGGER.addHandler(QueueHandler(WRITER))
        LOGGER.setLevel(logging.INFO)
        LOGGER.propagate = False
        atexit.register(WRITER.flush)


def log_request(rule: str, status: int, started: float, request_id: str = "") -> None:
    """One line for a request answered; `started` is time.monotonic() at its beginning."""
    extra = {
        "rule": rule,
        "status": status,
        "ms": round((time.monotonic() - started) * 1000, 1),
        "request": request_id or secrets.token_hex(4),
    }
    LOGGER.log(logging.ERROR if status >= 500 else logging.INFO, "request", extra=extra)


def write_request(rule: str, status: int, started: float) -> None:
    """As log_request for a request that went well, at a tenth of its cost: for answers that take some
    microseconds themselves."""
    set_up()
    now = int(time.time())
    if now != _second[0]:
        _second[:] = [now, time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(now))]
    ms = (time.monotonic() - started) * 1000
    WRITER.put(
        f'{{"time": "{_second[1]}", "level": "info", "message": "request", "rule": "{rule}", '
        f'"status": {status}, "ms": {ms:.1f}, "request": "{next(_numbers):08x}"}}'
    )


_second: list[Any] = [0, ""]
_numbers = itertools.count(secrets.randbelow(1 << 28))


def init_app(app: Flask) -> None:
    """One handler on our own logger; Flask's own messages, which quote addresses, go nowhere."""
    set_up()
    app.logger.disabled = True

    @app.before_request
    def begin() -> None:
        g.started = time.monotonic()
        g.request_id = secrets.token_hex(4)

    @app.after_request
    def end(response: Response) -> Response:
        if "started" not in g:  # no request, but a page made beforehand
            return response
        rule = request.url_rule.rule if request.url_rule else "-"
        log_request(rule, response.status_code, g.started, g.get("request_id", ""))
        return response

    def log_exception(exc_info: Any) -> None:
        LOGGER.error(
            "unhandled",
            exc_info=exc_info,
            extra={
                "rule": request.url_rule.rule if request.url_rule else "-",
                "request": g.get("request_id", ""),
            },
        )

    app.log_exception = log_exception  # type: ignore[method-assign]
