"""Static files under the hash of their whole tree, and the style that stands inside every page (styles.py).

The tree is copied to DATA_DIR/assets/<hash>/ at start, so that relative ES imports
inherit the version, nothing needs a build step, and the pages of the last three releases still find their
files (trust-and-speed.md F18). A script that a page asks for is joined with the modules it imports
(scripts.py), so that a page asks for one.
"""

import contextlib
import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import rcssmin
import rjsmin
from flask import Flask, g
from markupsafe import Markup

from patient_app.paths import STATIC
from patient_app.settings import Settings
from patient_app.web import scripts, styles
from patient_app.web.hosts import host_is_allowed
from patient_app.web.logs import LOGGER
from patient_app.web.routing import KEEP

RELEASES_KEPT = 3
HEADERS = (
    ("Content-Security-Policy", "default-src 'none'"),
    ("X-Content-Type-Options", "nosniff"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
)
FOREVER = ("Cache-Control", "max-age=31536000, public, immutable")  # one year, trust-and-speed.md 2
KINDS = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "svg": "image/svg+xml",
    "txt": "text/plain; charset=utf-8",
    "png": "image/png",
    "webp": "image/webp",
    "ico": "image/x-icon",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "ogg": "audio/ogg",
    "wav": "audio/wav",
    "webmanifest": "application/manifest+json",
}
KEPT_UP_TO = 512 * 1024  # bytes; a larger file is read from the disk each time
_ADDRESS = re.compile(
    r"/static/([0-9a-f]{12})/((?:[A-Za-z0-9_-][A-Za-z0-9_.-]*/)*[A-Za-z0-9_-][A-Za-z0-9_.-]*)"
)


class Assets:
    """The static tree of this release: its hash, the addresses of its files, and the style of each page."""

    def __init__(self, data_dir: Path) -> None:
        files = sorted(path for path in STATIC.rglob("*") if path.is_file())
        digest = hashlib.sha256()
        for maker in (__file__, scripts.__file__, styles.__file__):
            digest.update(Path(maker).read_bytes())  # they decide what the served copy looks like
        digest.update(f"{rjsmin.__version__} {rcssmin.__version__}".encode())
        for path in files:
            digest.update(path.relative_to(STATIC).as_posix().encode() + b"\0" + path.read_bytes())
        self.version = digest.hexdigest()[:12]
        self.root = data_dir / "assets"
        self._names = {path.relative_to(STATIC).as_posix() for path in files}
        self.sheet = styles.sheets(STATIC / "css" / "parts")
        self._in_memory: dict[str, bytes] = {}
        try:
            _install(files, self.root, self.version)
        except OSError as error:  # a full or read-only disk: families get their pages all the same
            LOGGER.error("assets", extra={"event": f"kept in memory: {type(error).__name__} {error.errno}"})
            self._in_memory = served_files(files)

    def read(self, address: str) -> bytes | None:
        """The bytes of a static file of this release or another that is on the disk; None when there is
        none."""
        found = _ADDRESS.fullmatch(address)
        if found is None:
            return None
        try:
            return (self.root / found[1] / found[2]).read_bytes()
        except OSError:
            return self._in_memory.get(found[2]) if found[1] == self.version else None

    def url(self, name: str) -> str:
        """The address of a static file. Raises KeyError when there is no such file, so that a typo is seen at
        once."""
        if name not in self._names:
            raise KeyError(f"no static file {name}")
        return f"/static/{self.version}/{name}"


def compact_script(source: str) -> str:
    """JavaScript as it is served: reasons and indentation stay in the repository, and a poor line does not
    carry them."""
    return str(rjsmin.jsmin(source))


def served_scripts(files: Iterable[Path]) -> dict[str, str]:
    """Every module as it is served, by its place in the tree: those that no other imports are joined with
    what they import."""
    sources = {
        path.relative_to(STATIC).as_posix(): path.read_text("utf-8") for path in files if path.suffix == ".js"
    }
    inner = {name for module, source in sources.items() for name in scripts.imported_by(module, source)}
    return {
        name: compact_script(source if name in inner else scripts.join(name, sources))
        for name, source in sources.items()
    }


def served_files(files: Iterable[Path]) -> dict[str, bytes]:
    """Every static file as it is served, by its place in the tree."""
    files = list(files)
    joined = served_scripts(files)
    served = {}
    for path in files:
        name = path.relative_to(STATIC).as_posix()
        data = path.read_bytes()
        if path.suffix == ".js":
            data = joined[name].encode()
        elif path.suffix == ".css":
            data = styles.compact_style(data.decode()).encode()
        served[name] = data
    return served


def _install(files: list[Path], root: Path, version: str) -> None:
    target = root / version
    if not target.is_dir():
        root.mkdir(parents=True, exist_ok=True)
        building = Path(tempfile.mkdtemp(dir=root, prefix=".building-"))
        try:
            for name, data in served_files(files).items():
                copy = building / name
                copy.parent.mkdir(parents=True, exist_ok=True)
                copy.write_bytes(data)
            building.chmod(0o755)
            building.rename(target)
        except OSError:
            shutil.rmtree(building, ignore_errors=True)
            if not target.is_dir():  # else another process was first with the same tree
                raise
    with contextlib.suppress(OSError):
        os.utime(target)
    releases = sorted(
        (p for p in root.iterdir() if p.is_dir() and not p.name.startswith(".")),
        key=lambda p: -p.stat().st_mtime,
    )
    for old in releases[RELEASES_KEPT:]:
        shutil.rmtree(old, ignore_errors=True)


class StaticFiles:
    """WSGI layer: GET and HEAD of a static file on our own hosts; anything else is Flask's to refuse, with
    our headers and our page.

    Each file is looked up on the disk, so that a page of another release, older or newer, finds its files
    here; it is marked with KEEP, so that this happens once.
    """

    def __init__(self, inner: Callable[..., Iterable[bytes]], settings: Settings, assets: Assets) -> None:
        self._inner = inner
        self._settings = settings
        self._assets = assets

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        data = None
        if environ["REQUEST_METHOD"] in ("GET", "HEAD") and host_is_allowed(environ, self._settings):
            data = self._assets.read(environ["PATH_INFO"])
        if data is None:
            return self._inner(environ, start_response)
        # Always the whole: a part of so small a file saves nobody anything (RFC 9110 14.2 lets us send it).
        kind = KINDS.get(environ["PATH_INFO"].rpartition(".")[2], "application/octet-stream")
        kept = [(KEEP, "/static/<version>/<file>")] if len(data) <= KEPT_UP_TO else []
        start_response(
            "200 OK", [("Content-Type", kind), ("Content-Length", str(len(data))), FOREVER, *HEADERS, *kept]
        )
        return [data] if environ["REQUEST_METHOD"] == "GET" else []


def init_app(app: Flask) -> None:
    """Gives templates `asset()` and `page_style()`, and serves the tree before Flask with its own few
    headers."""
    settings = app.config["SETTINGS"]
    assets = Assets(settings.data_dir)

    def page_style(page_id: str) -> Markup:
        """The page's whole style; its policy will name this sheet and no other (headers.py)."""
        g.sheet = assets.sheet(page_id)
        return Markup(g.sheet.text)

    app.extensions["assets"] = assets
    app.jinja_env.globals.update(asset=assets.url, page_style=page_style)
    app.wsgi_app = StaticFiles(app.wsgi_app, settings, assets)  # type: ignore[method-assign]
