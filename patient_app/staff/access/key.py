"""Staff. The key file in DATA_DIR, for those who set no SECRET_KEY: made at first use, never half."""

import contextlib
import os
import secrets
from pathlib import Path

from patient_app.staff.database import DatabaseDown
from patient_app.web.logs import LOGGER

KEY_FILE = "staff.key"
KEY_LEAST = 32  # bytes: what is shorter was cut off by a full disk


def key_in(path: Path) -> bytes:
    """The key in that file, which is made at first use. Raises DatabaseDown, also when what stands there is
    too short to be a key: then somebody puts the right file back, or takes the wrong one away."""
    try:
        if not path.is_file():
            _make_key_file(path)
        key = path.read_bytes()
    except OSError as error:
        LOGGER.error("staff", extra={"event": f"{path.name} can neither be read nor made"})
        raise DatabaseDown(f"{path.name} can neither be read nor made") from error
    if len(key) < KEY_LEAST:
        LOGGER.error("staff", extra={"event": f"{path.name} is shorter than {KEY_LEAST} bytes: no key"})
        raise DatabaseDown(f"{path.name} is no key")
    return key


def _make_key_file(path: Path) -> None:
    """Writes beside, to the disk, and only then gives the name: a full disk leaves nothing that looks like a
    key. The first of two processes wins."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_hex(32).encode())
            file.flush()
            os.fsync(file.fileno())
        # A link, not a rename: it never takes the place of a key that another process has just made.
        with contextlib.suppress(FileExistsError):
            os.link(beside, path)
    finally:
        beside.unlink(missing_ok=True)
