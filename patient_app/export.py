"""The last-resort copy: every common page as a file, with what a proxy needs to answer it as the app would.

A proxy serves it when all app processes are gone and it has no kept page of its own (trust-and-speed.md F5).
A clinic's page becomes the common page of the same name; a short link leads there too, for which clinic it
names cannot be checked without the app, and a wrong code may never open another clinic.
"""

import logging
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from werkzeug.test import Client, TestResponse

from patient_app.codes import short_link
from patient_app.codes.symbols import ALPHABET
from patient_app.room_addresses import public_paths
from patient_app.web.errors import plain_answer
from patient_app.web.languages import LANGUAGES, SWEDISH
from patient_app.web.logs import LOGGER

PAGES, ASSETS, MAPS = "pages", "static", "redo-last-resort.conf"
# What differs from page to page; the others are the same everywhere and stand in nginx.conf.
HEADERS_OF_A_PAGE = {"Content-Security-Policy": "csp", "Permissions-Policy": "permissions"}
# What the proxy shows when it refuses a request itself, and where staff or operators ask and no node answers.
OWN_ERRORS = {"refused.html": 400, "down.html": 503}


@dataclass(frozen=True)
class Page:
    """One page of the copy: its address, the file in it, its bytes and the headers that are its own."""

    address: str
    file: str
    body: bytes
    headers: dict[str, str]


def pages(app: Flask) -> Iterator[Page]:
    """Every common page in every language that is on; one that leads on carries the page it leads to. The
    last have no address: they stand where a request was refused.

    Raises RuntimeError when one does not come to a page.
    """
    client = Client(app)
    LOGGER.setLevel(logging.ERROR)  # a line for each of our own questions helps nobody
    base = app.config["SETTINGS"].public_url
    for address in public_paths(app):
        answer: TestResponse = client.get(address, base_url=base, follow_redirects=True)
        if answer.status_code != 200:
            raise RuntimeError(f"{address} answered {answer.status_code}")
        own = {name: answer.headers[name] for name in HEADERS_OF_A_PAGE}
        yield Page(address, file_of(address), answer.get_data(), own)
    for file, status in OWN_ERRORS.items():
        _, headers, body = plain_answer(app, status)
        yield Page("", file, body, {name: value for name, value in headers if name in HEADERS_OF_A_PAGE})


def file_of(address: str) -> str:
    """The file of an address: `/sv/` is sv/index.html, `/sv/day` is sv/day.html."""
    return address.strip("/") + ("/index.html" if address.endswith("/") else ".html")


def preset_targets() -> dict[str, str]:
    """The three symbols of a short link's preset -> the common page they lead to, for every number in use."""
    numbers = {0: "$redo_reader"} | {language.number: language.code for language in LANGUAGES.values()}
    targets = {}
    for who in range(len(short_link.WHO)):
        for start in range(len(short_link.START)):
            for number, code in numbers.items():
                link = short_link.ShortLink("0000", who, start, number)
                preset = short_link.encode_long(link)[5:8]
                targets[preset] = f"/{code}/{short_link.path(link)}"
    return targets


def maps(found: list[Page]) -> str:
    """nginx maps for the copy: which file an address has, the headers of each file, and where short links
    lead."""
    lines = ["# Written by `patient-app export`. Included at the http level, before nginx.conf's servers."]
    own = {f'"~^(/[a-z]+)/m/[{ALPHABET}]{{4}}(/.*)$"': "$1$2"}
    lines += _map("$uri", "$redo_common", own, "$uri")
    lines += _map(
        "$redo_common",
        "$redo_page",
        {_quoted(page.address): _quoted(f"/{page.file}") for page in found if page.address}
        | {_quoted(f"/{file}"): _quoted(f"/{file}") for file in OWN_ERRORS},
        '""',
    )
    for name, short in HEADERS_OF_A_PAGE.items():
        values = {_quoted(f"/{page.file}"): _quoted(page.headers[name]) for page in found}
        lines += _map("$redo_page", f"$redo_{short}", values, next(iter(values.values())))
    readers = {f'"~*^{code}"': code for code in LANGUAGES}
    lines += _map("$http_accept_language", "$redo_reader", readers, SWEDISH.code)
    codes = {'"~*^/[0-9a-z]{5}$"': "start", '"~*^/[0-9a-z]{4}-?([0-9a-z]{3})[0-9a-z]$"': "$1"}
    lines += _map("$uri", "$redo_preset", codes, '""')
    targets = {f'"{preset}"': f'"{path}"' for preset, path in preset_targets().items()}
    lines += _map("$redo_preset", "$redo_target", targets, '"/$redo_reader/"')
    return "\n".join(lines) + "\n"


def _map(source: str, name: str, pairs: dict[str, str], default: str) -> list[str]:
    return [
        f"map {source} {name} {{",
        f"  default {default};",
        *(f"  {key} {value};" for key, value in pairs.items()),
        "}",
    ]


def _quoted(text: str) -> str:
    """A value as nginx reads it. Raises ValueError for one that it would read otherwise."""
    if set(text) & set('"\\$\n'):
        raise ValueError(f"cannot stand in nginx's configuration: {text!r}")
    return f'"{text}"'


def write(app: Flask, folder: Path) -> int:
    """Writes pages, assets and maps into the folder, beside what is there and then in its place; the number
    of pages."""
    beside = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    found = list(pages(app))
    for page in found:
        path = beside / PAGES / page.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(page.body)
    assets = app.extensions["assets"]
    shutil.copytree(assets.root / assets.version, beside / ASSETS / assets.version)
    (beside / MAPS).write_text(maps(found), "utf-8")
    for path in (beside, *beside.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    old = folder.with_name(f".{folder.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    beside.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
    return len(found)
