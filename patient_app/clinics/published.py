"""Clinics: the published file, read only, with the last good one kept. Public rooms read; staff and the CLI
publish.

A published file is one JSON object {version, published, checksum, body}: body holds regions and clinics with
their settings as typed, checksum is SHA-256 over the canonical body. It is written beside and renamed, so it
is never half there.
"""

import datetime
import hashlib
import json
import os
import tempfile
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask

from patient_app.clinics.directory import Directory, build_directory, check_shape
from patient_app.clinics.settings import ProfileError, public_settings
from patient_app.web.logs import LOGGER

PUBLISHED = "clinics.json"
LOOK_EVERY = 2.0  # seconds between looks for a newer file, in a thread of its own


class PublishedFileError(ValueError):
    """The published file is missing, broken, or its checksum does not fit."""


def canonical(body: Mapping[str, Any]) -> bytes:
    """The bytes a checksum is taken over."""
    return json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str).encode()


def read_published(path: Path) -> tuple[int, dict[str, Any]]:
    """Version and body of a published file. Raises PublishedFileError when it is missing, half written or
    altered."""
    try:
        document = json.loads(path.read_bytes())
        version, body, checksum = int(document["version"]), dict(document["body"]), str(document["checksum"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise PublishedFileError(f"{path.name} cannot be read: {type(error).__name__}") from error
    if hashlib.sha256(canonical(body)).hexdigest() != checksum:
        raise PublishedFileError(f"{path.name}: the checksum does not fit")
    return version, body


def write_published(path: Path, body: Mapping[str, Any], version: int) -> Directory:
    """Checks the body and writes it as that version, whole or not at all. Raises ProfileError; then the old
    file stays."""
    # Checked as it will be read again: a TOML date, for one, is a text once it was JSON.
    plain: dict[str, Any] = json.loads(canonical(body))
    check_shape(plain)
    body = _public_body(plain)
    directory = build_directory(body, version)
    document = {
        "version": version,
        "published": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "checksum": hashlib.sha256(canonical(body)).hexdigest(),
        "body": body,
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(document, file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(beside, 0o644)
        os.replace(beside, path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
    return directory


def _public_body(body: dict[str, Any]) -> dict[str, Any]:
    """The body without settings that no file, search or API may tell (clinics/settings.py)."""
    for layer in (*body.get("regions", {}).values(), *body.get("clinics", [])):
        if "settings" in layer:
            layer["settings"] = public_settings(layer["settings"])
    return body


class Published:
    """Keeps the last good directory in memory and looks for a newer file now and then, never on a request's
    time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.directory = Directory(0, {}, {})
        self._seen: tuple[int, int, int] | None = None
        self._said = ""
        self.look()

    def look(self) -> bool:
        """Reads the file if it changed. True when a new directory took over; a broken file is said once and
        left."""
        try:
            status = self.path.stat()
            seen = (status.st_mtime_ns, status.st_size, status.st_ino)
            if seen == self._seen:
                return False
            version, body = read_published(self.path)
            directory = build_directory(body, version)
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
