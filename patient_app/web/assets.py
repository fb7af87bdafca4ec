"""Static files under the hash of their whole tree, precompressed, and the style that stands inside every page
(styles.py).

The tree is copied to DATA_DIR/assets/<hash>/ with its compressed twins at start, so that relative ES imports
inherit the version, nothing needs a build step, and the pages of the last three releases still find their
files (trust-and-speed.md F18). A script that a page asks for is joined with the modules it imports
(scripts.py), so that a page asks for one.
"""

import gzip
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import brotli
import rcssmin
import rjsmin
from flask import Flask, g
from markupsafe import Markup
from whitenoise import WhiteNoise

from patient_app.paths import STATIC
from patient_app.settings import Settings
from patient_app.web import scripts, styles
from patient_app.web.hosts import host_is_allowed

RELEASES_KEPT = 3
HEADERS = (
    ("Content-Security-Policy", "default-src 'none'"),
    ("X-Content-Type-Options", "nosniff"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
)
COMPRESSED = (".css", ".js", ".svg", ".json", ".txt", ".webmanifest")


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
        _install(files, self.root, self.version)

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


def _install(files: list[Path], root: Path, version: str) -> None:
    target = root / version
    if not target.is_dir():
        root.mkdir(parents=True, exist_ok=True)
        scripts = served_scripts(files)
        building = Path(tempfile.mkdtemp(dir=root, prefix=".building-"))
        for path in files:
            copy = building / path.relative_to(STATIC)
            copy.parent.mkdir(parents=True, exist_ok=True)
            data = path.read_bytes()
            if path.suffix == ".js":
                data = scripts[path.relative_to(STATIC).as_posix()].encode()
            elif path.suffix == ".css":
                data = styles.compact_style(data.decode()).encode()
            copy.write_bytes(data)
            if path.suffix in COMPRESSED:
                Path(f"{copy}.br").write_bytes(brotli.compress(data, quality=11))
                Path(f"{copy}.gz").write_bytes(gzip.compress(data, 9, mtime=0))
        building.chmod(0o755)
        try:
            building.rename(target)
        except OSError:
            # Another process was first with the same tree.
            shutil.rmtree(building)
    os.utime(target)
    releases = sorted(
        (p for p in root.iterdir() if p.is_dir() and not p.name.startswith(".")),
        key=lambda p: -p.stat().st_mtime,
    )
    for old in releases[RELEASES_KEPT:]:
        shutil.rmtree(old, ignore_errors=True)


class StaticFiles(WhiteNoise):  # type: ignore[misc]
    """WhiteNoise for GET and HEAD on our own hosts; anything else is Flask's to refuse, with our headers and
    our page."""

    FOREVER = 365 * 24 * 60 * 60  # one year, trust-and-speed.md 2

    def __init__(self, inner: Callable[..., Iterable[bytes]], settings: Settings, root: Path) -> None:
        super().__init__(
            inner,
            root=root,
            prefix="static/",
            allow_all_origins=False,
            immutable_file_test=lambda path, url: True,
            add_headers_function=lambda headers, path, url: [
                headers.add_header(*header) for header in HEADERS
            ],
        )
        self._settings = settings

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or not host_is_allowed(environ, self._settings):
            return self.application(environ, start_response)  # type: ignore[no-any-return]
        # A part of so small a file saves nobody anything (RFC 9110 14.2 lets us send the whole), and one that
        # is not there was refused without our headers.
        environ.pop("HTTP_RANGE", None)
        return super().__call__(environ, start_response)  # type: ignore[no-any-return]


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
    app.wsgi_app = StaticFiles(app.wsgi_app, settings, assets.root)  # type: ignore[method-assign]
