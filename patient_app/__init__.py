"""Redo: a family's help to be ready for a child's video visit."""

from flask import Flask

from patient_app import staff
from patient_app.children.recordings import recordings
from patient_app.children.views import children
from patient_app.clinics import published
from patient_app.device_check.views import device_check
from patient_app.front.views import front
from patient_app.guide.views import guide
from patient_app.paths import TEMPLATES
from patient_app.settings import Settings
from patient_app.support.views import support
from patient_app.web import (
    assets,
    errors,
    headers,
    hosts,
    languages,
    logs,
    operation,
    page_store,
    pictures,
    release,
    routing,
)


def create_app(settings: Settings | None = None) -> Flask:
    """The whole app as a table of contents. Raises SettingsError or MissingCatalogue when it cannot be
    right."""
    app = Flask("patient_app", template_folder=str(TEMPLATES), static_folder=None)
    app.config.update(
        SETTINGS=settings or Settings.from_environment(), MAX_CONTENT_LENGTH=512 * 1024, MAX_FORM_PARTS=200
    )
    logs.init_app(app)
    assets.init_app(app)
    headers.init_app(app)
    hosts.init_app(app)
    published.init_app(app)
    routing.init_app(app)
    languages.init_app(app)
    pictures.init_app(app)
    release.init_app(app)
    errors.init_app(app)
    operation.init_app(app)
    app.register_blueprint(front)
    app.register_blueprint(guide)
    app.register_blueprint(device_check)
    app.register_blueprint(children)
    app.register_blueprint(recordings)
    app.register_blueprint(support)
    staff.init_app(app)
    page_store.init_app(app)
    return app
