"""Logs: what an operator needs, and nothing about anybody (trust-and-speed.md 1)."""

import io
import json
import logging
import os
import time

import pytest
from flask import Blueprint, request
from werkzeug.test import Client

from patient_app.codes.short_link import ShortLink, encode
from patient_app.web.logs import LOGGER, JsonFormatter, LineWriter
from patient_app.web.routing import public

FIELDS = {"time", "level", "message", "rule", "status", "ms", "request", "event", "error", "where"}
CODE = encode(ShortLink("D3M0"))
# Everything a person brings along, each to be found nowhere.
SECRETS = (
    "D3M0",
    "V3ST",
    CODE,
    "811218",
    "198.51.100.7",
    "203.0.113.9",
    "Hemlig",
    "secret",
    "evil",
    "K7Q2",
    "Sjukdom",
    "referrer",
    "55111WR5K",
)


@pytest.fixture
def lines():
    """What is written to our log while the test runs, a parsed line each."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonFormatter())
    LOGGER.addHandler(handler)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    LOGGER.removeHandler(handler)


@pytest.fixture
def talkative(new_app):
    app = new_app(allowed_hosts="localhost", trusted_proxy="127.0.0.1")
    room = Blueprint("talkative", __name__)

    @public(room, "/fail", methods=["GET", "POST"])
    def fail():
        raise ValueError(f"Sjukdom {request.args} {request.form} {request.headers} {request.url}")

    @room.get("/deep")
    def deep():
        try:
            raise KeyError("Sjukdom secret 811218-9876")
        except KeyError as error:
            raise RuntimeError("secret") from error

    app.register_blueprint(room)
    return Client(app)


VISITS = [
    ("GET", "/sv/?q=secret"),
    ("GET", "/sv/m/D3M0/guide/under-13/before?q=secret"),
    ("GET", "/sv/m/V3ST/"),
    ("GET", "/sv/m/K7Q2/secret"),
    ("GET", f"/{CODE}"),
    ("GET", "/K7Q2Q"),
    ("GET", "/sv/code?c=811218-9876"),
    ("GET", f"/sv/code?c={CODE}"),
    ("GET", "/en/guide?age=secret"),
    ("GET", "/secret/page?x=secret"),
    ("POST", "/sv/m/D3M0/"),
    ("POST", "/check/up?secret"),
    ("GET", "/static/secret.js"),
    ("GET", "/sv/m/D3M0/fail?secret=811218-9876"),
    ("POST", "/sv/m/D3M0/fail?secret=811218-9876"),
    ("GET", "/deep"),
    ("GET", "//evil.example/secret"),
    ("GET", "/sv"),
    ("HEAD", "/sv/m/D3M0/day"),
]


def test_no_line_names_an_address_a_query_an_agent_a_clinic_or_a_value(talkative, lines, capfd):
    said = []
    for method, address in VISITS:
        for host in ("localhost", "evil.example"):
            answer = talkative.open(
                address,
                method=method,
                data={"name": "Hemlig 811218-9876"} if method == "POST" else None,
                headers={
                    "User-Agent": "Hemlig/1.0",
                    "X-Forwarded-For": "203.0.113.9",
                    "Referer": "https://referrer.example/secret",
                    "Cookie": "secret=1",
                    "Accept-Language": "so",
                    "Host": host,
                    "X-Request-Id": "secret",
                },
                environ_base={"REMOTE_ADDR": "198.51.100.7"},
            )
            said.append(answer.status_code)
    assert {200, 303, 308, 404, 405, 413, 421, 500} <= set(said), (
        "the visits should cover every kind of answer"
    )
    seen = lines()
    assert len(seen) >= len(VISITS)
    elsewhere = capfd.readouterr()
    for text in (*(json.dumps(line, ensure_ascii=False) for line in seen), elsewhere.out, elsewhere.err):
        for secret in SECRETS:
            assert secret.lower() not in text.lower(), f"{secret} stands in the log: {text}"


def test_a_line_has_these_fields_and_no_others(talkative, lines):
    for method, address in VISITS:
        talkative.open(address, method=method)
    for line in lines():
        assert set(line) <= FIELDS
        if line["message"] == "request":
            assert {"time", "level", "rule", "status", "ms", "request"} <= set(line)
            assert line["rule"] == "-" or line["rule"].startswith("/")


def test_the_route_rule_is_named_and_never_what_it_was_filled_with(talkative, lines):
    for _time in ("rendered", "kept"):
        talkative.get("/sv/m/D3M0/guide/under-13/before")
    rules = [line["rule"] for line in lines()]
    assert rules == ["/<lang:lang>/m/<clinic:clinic>/guide/<route:route>/<step>"] * 2


def test_an_exception_is_told_by_kind_file_and_line(talkative, lines):
    talkative.get("/deep?secret")
    unhandled = next(line for line in lines() if line["message"] == "unhandled")
    assert unhandled["error"] == "RuntimeError"
    assert unhandled["where"][-1].startswith("test_logs.py:")
    assert unhandled["level"] == "error"


def test_the_lines_of_one_request_can_be_told_together(talkative, lines):
    talkative.get("/deep")
    assert len({line["request"] for line in lines()}) == 1 and len(lines()) == 2


def test_a_full_or_closed_target_costs_lines_and_nothing_else(tmp_path):
    with open("/dev/full", "wb") as full:
        writer = LineWriter(full.fileno())
        writer.put("lost")
        writer.flush(5)
        assert writer.dropped == 1
    writer.put("lost too")  # the descriptor is closed now
    writer.flush(5)
    assert writer.dropped == 2


def test_a_stalled_reader_keeps_nobody_waiting_and_is_told_what_it_missed():
    reading, writing = os.pipe()
    writer = LineWriter(writing, limit=1000)
    started = time.monotonic()
    for number in range(5000):
        writer.put(f"line {number} ".ljust(200, "."))
    assert time.monotonic() - started < 1
    assert writer.dropped > 0
    said = b""
    while b"could not be written" not in said:
        said += os.read(reading, 65536)
    kept = said.count(b"line ")
    assert f'"{writer.dropped} lines could not be written"'.encode() in said
    while kept < 5000 - writer.dropped:
        kept += os.read(reading, 65536).count(b"line ")
    assert kept == 5000 - writer.dropped
    os.close(reading)
    os.close(writing)


def test_what_a_library_says_is_reduced_to_its_name():
    record = logging.LogRecord(
        "some.library", logging.WARNING, "x.py", 1, "GET /sv/m/D3M0/?secret", None, None
    )
    assert json.loads(JsonFormatter().format(record))["message"] == "some.library"
