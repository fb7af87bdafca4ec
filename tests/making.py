"""Makes the app that tests ask, as `patient-app serve` makes it: published clinics in a data folder, settings
by name."""

import tempfile
from itertools import cycle, product
from pathlib import Path

from flask import Flask
from jinja2 import FileSystemBytecodeCache

from patient_app import create_app
from patient_app.clinics import directory, published
from patient_app.codes import symbols
from patient_app.settings import Settings
from patient_app.web.page_store import BEST_BROTLI, FAST_BROTLI

_folder = tempfile.TemporaryDirectory(prefix="redo-templates-")
TEMPLATES = FileSystemBytecodeCache(_folder.name)  # compiled once for all apps that the tests make


def publish_shipped(data_dir: Path, version: int = 1) -> None:
    """Publishes the clinics that come with the app."""
    published.write_published(data_dir / published.PUBLISHED, directory.shipped_body(), version)


def make_app(data_dir: Path, as_sent: bool = False, **settings: object) -> Flask:
    """The whole app on that data folder. Its pages are compressed fast, as most tests only read them; with
    `as_sent` as families get them, for tests that weigh them."""
    app = create_app(Settings.from_values(data_dir=data_dir, **settings))
    app.testing = False
    app.jinja_env.bytecode_cache = TEMPLATES
    store = app.extensions["page-store"]
    store.improves = False  # no thread works on while a test counts
    store.first_quality = BEST_BROTLI if as_sent else FAST_BROTLI
    return app


PLACES = ("bookings", "inbox", "app", "sms", "letter")
ACCOUNTS = ("child", "guardian")
PLAN_B = (None, "clinic-calls", "family-calls")
OTHERS = (None, "guest-link", "phone", "on-site", "ask")


def each_opening() -> list[dict]:
    """One clinic for each opening x account x plan B, the ways of another adult among them."""
    other = cycle(OTHERS)
    clinics = []
    for index, (place, account, plan_b) in enumerate(product(PLACES, ACCOUNTS, PLAN_B)):
        settings = {"phone": "010-111 11 11", "link_place": place, "booked_on": account}
        settings |= {"plan_b": plan_b} if plan_b else {}
        settings |= {"other_adult_way": way} if (way := next(other)) else {}
        code = "W0" + symbols.ALPHABET[index // 32] + symbols.ALPHABET[index % 32]
        clinics.append({"code": code, "name": f"Kajen {code}", "settings": settings})
    return clinics
