"""Clinics: the published file, read only, with the last good one kept. Public rooms read; staff and the CLI
publish.

A published file is one JSON object {version, published, checksum, body}: body holds regions and clinics with
their settings as typed, checksum is SHA-256 over the canonical body. It is written beside and renamed, so it
is never half there. The body stands there as its canonical JSON, so that the checksum is one pass over bytes.
"""

import contextlib
import datetime
import hashlib
import json
import os
import tempfile
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask

from patient_app.clinics.directory import Directory, build_directory, build_what_holds, check_shape
from patient_app.clinics.fixed import Fixed, dumps, fixed, read_body, text_of_body
from patient_app.clinics.settings import NEVER_PUBLISHED, public_settings
from patient_app.problem import ProfileError
from patient_app.web.logs import LOGGER

PUBLISHED = "clinics.json"
PREVIOUS = "clinics.previous.json"
LOOK_EVERY = 2.0  # seconds between looks for a newer file, in a thread of its own
_BODY = ',"body":'
_HEAD_LONGEST = 300  # characters before the body, as we write it


class PublishedFileError(ValueError):
    """The published file is missing, broken, or its checksum does not fit."""


def canonical(body: Mapping[str, Any]) -> bytes:
    """The bytes a checksum is taken over."""
    return text_of_body(body).encode()


def checksum(body: Mapping[str, Any]) -> str:
    """SHA-256 over the canonical bytes."""
    return hashlib.sha256(canonical(body)).hexdigest()


def read_published(path: Path) -> tuple[int, dict[str, Any]]:
    """Version and body of a published file. Raises PublishedFileError when it is missing, half written or
    altered."""
    try:
        status = path.stat()
        data = path.read_bytes()
        document = _read_quickly(data) or json.loads(data)
        version, body, said = int(document["version"]), dict(document["body"]), str(document["checksum"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise PublishedFileError(f"{path.name} cannot be read: {type(error).__name__}") from error
    if checksum(body) != said:
        raise PublishedFileError(f"{path.name}: the checksum does not fit")
    _known_files[path] = (_identity(status), version)
    return version, body


def _read_quickly(data: bytes) -> dict[str, Any] | None:
    """The document as `write_published` writes it, clinic by clinic; None when it reads otherwise."""
    text = data.decode()
    start = text.find(_BODY, 0, _HEAD_LONGEST)
    body = read_body(text[start + len(_BODY) : -1]) if start > 0 else None
    return None if body is None else {**json.loads(text[:start] + "}"), "body": body}


_Identity = tuple[int, int, int]
_known_files: dict[
    Path, tuple[_Identity, int]
] = {}  # whole files that were read or written, and their version


def _identity(status: os.stat_result) -> _Identity:
    return status.st_mtime_ns, status.st_size, status.st_ino


def version_of(path: Path) -> int:
    """The version in a published file, 0 when it is missing or broken; read again only when it changed."""
    try:
        known = _known_files.get(path)
        if known is not None and known[0] == _identity(path.stat()):
            return known[1]
        return read_published(path)[0]
    except (OSError, PublishedFileError):
        return 0


def write_published(path: Path, body: Mapping[str, Any], version: int) -> Directory:
    """Checks the body and writes it as that version, whole or not at all. Raises ProfileError; then the old
    file stays."""
    body = _public_body(body)
    directory = build_directory(body, version)
    head = {
        "version": version,
        "published": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "checksum": checksum(body),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(f"{dumps(head)[:-1]}{_BODY}{text_of_body(body)}}}")
            file.flush()
            os.fsync(file.fileno())
        os.chmod(beside, 0o644)
        identity = _identity(os.stat(beside))
        _keep_previous(path)
        os.replace(beside, path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
    _known_files[path] = (identity, version)
    return directory


def _public_body(body: Mapping[str, Any]) -> dict[str, Any]:
    """The body as it will be read again (a TOML date, for one, is a text once it was JSON), without settings
    that no file, search or API may tell (clinics/settings.py). Raises ProfileError when it has no shape."""
    check_shape(body)
    plain = {
        "regions": {key: _public_layer(one) for key, one in body.get("regions", {}).items()},
        "clinics": [_public_layer(one) for one in body.get("clinics", [])],
    }
    check_shape(plain)
    return plain


def _public_layer(layer: Mapping[str, Any]) -> Fixed:
    if NEVER_PUBLISHED & layer.get("settings", {}).keys():
        layer = {**layer, "settings": public_settings(layer["settings"])}
    return layer if isinstance(layer, Fixed) else fixed(json.loads(dumps(layer)))


def _keep_previous(path: Path) -> None:
    """The file that is there now stays as the previous one, when it is whole."""
    beside = path.with_name(f".{path.name}.previous-being-made")
    with contextlib.suppress(OSError, PublishedFileError):
        known = _known_files.get(path)
        if known is None or known[0] != _identity(path.stat()):
            read_published(path)
        beside.unlink(missing_ok=True)
        os.link(path, beside)
        os.replace(beside, path.with_name(PREVIOUS))
    with contextlib.suppress(OSError):
        beside.unlink(missing_ok=True)


class Published:
    """Keeps the last good directory in memory and looks for a newer file now and then, never on a request's
    time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.directory = Directory(0, {}, {})
        self._seen: tuple[int, int, int] | None = None
        self._said = ""
        if not self.look():
            self._look_back()

    @property
    def is_loaded(self) -> bool:
        """True when a published version is in memory: families are served."""
        return self._seen is not None

    @property
    def age(self) -> float:
        """Seconds since the version in memory was written; 0 without one."""
        return max(0.0, time.time() - self._seen[0] / 1e9) if self._seen else 0.0

    def look(self) -> bool:
        """Reads the file if it changed. True when a new directory took over; a broken file is said once and
        left."""
        try:
            seen = _identity(self.path.stat())
            if seen == self._seen:
                return False
            version, body = read_published(self.path)
            directory = self._build(body, version)
        except (OSError, PublishedFileError, ProfileError) as error:
            if str(error) != self._said:
                self._said = str(error)
                LOGGER.error(
                    "clinics", extra={"event": "published file cannot be used; the last good one is kept"}
                )
            return False
        self._seen, self._said = seen, ""
        self.directory = directory
        return True

    def _build(self, body: dict[str, Any], version: int) -> Directory:
        """The directory of a body. At start nothing is in memory: then what an older program published and
        this one refuses is left out, rather than everything."""
        if self._seen is not None:
            return build_directory(body, version)
        directory, left_out = build_what_holds(body, version)
        if left_out:
            LOGGER.error("clinics", extra={"event": f"{left_out} places of the published file are left out"})
        return directory

    def _look_back(self) -> None:
        """At start: the previous file, when the newest cannot be used."""
        before = self.path.with_name(PREVIOUS)
        with contextlib.suppress(OSError, PublishedFileError, ProfileError):
            version, body = read_published(before)
            self.directory = self._build(body, version)
            self._seen = (before.stat().st_mtime_ns, -1, -1)
            LOGGER.error("clinics", extra={"event": "the previous published file is used"})

    def watch(self) -> None:
        """Starts the thread that looks every LOOK_EVERY seconds; it ends with the process."""

        def look_on() -> None:
            pause = threading.Event()
            while not pause.wait(LOOK_EVERY):
                self.look()

        threading.Thread(target=look_on, name="clinics", daemon=True).start()


def init_app(app: Flask) -> None:
    """The directory as app.extensions["clinics"], a Published."""
    published = Published(app.config["SETTINGS"].data_dir / PUBLISHED)
    app.extensions["clinics"] = published
    published.watch()
