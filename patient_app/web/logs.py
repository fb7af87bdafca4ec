"""Logs: time, level, route rule, status, milliseconds, request id. Never an address, query, agent, person or
form value."""

import json
import logging
import secrets
import sys
import time
import traceback
from typing import Any

from flask import Flask, Response, g, request

LOGGER = logging.getLogger(
    "redo"
)  # not "patient_app": that is the name of Flask's own logger, which is switched off
_FIELDS = ("rule", "status", "ms", "request", "event")


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


class _QuietHandler(logging.StreamHandler):  # type: ignore[type-arg]
    def handleError(self, record: logging.LogRecord) -> None:
        """A log that cannot be written must never stop the service (trust-and-speed.md F25)."""


def log_request(rule: str, status: int, started: float, request_id: str = "") -> None:
    """One line for a request answered; `started` is time.monotonic() at its beginning."""
    extra = {
        "rule": rule,
        "status": status,
        "ms": round((time.monotonic() - started) * 1000, 1),
        "request": request_id or secrets.token_hex(4),
    }
    LOGGER.log(logging.ERROR if status >= 500 else logging.INFO, "request", extra=extra)


def init_app(app: Flask) -> None:
    """One handler on our own logger; Flask's own messages, which quote addresses, go nowhere."""
    if not LOGGER.handlers:
        handler = _QuietHandler(sys.stdout)
        handler.setFormatter(JsonFormatter())
        LOGGER.addHandler(handler)
        LOGGER.setLevel(logging.INFO)
        LOGGER.propagate = False
    app.logger.disabled = True

    @app.before_request
    def begin() -> None:
        g.started = time.monotonic()
        g.request_id = secrets.token_hex(4)

    @app.after_request
    def end(response: Response) -> Response:
        rule = request.url_rule.rule if request.url_rule else "-"
        log_request(rule, response.status_code, g.get("started", time.monotonic()), g.get("request_id", ""))
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
