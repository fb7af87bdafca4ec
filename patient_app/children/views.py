"""Public. The child's and the youth's own pages: no session, no database, nothing is sent, nothing is kept."""

from flask import Blueprint, abort
from werkzeug.wrappers import Response

from patient_app import outbound
from patient_app.children.pages import BANDS, CHILDREN
from patient_app.public import page, public

children = Blueprint("children", __name__)


@children.app_context_processor
def exit_address() -> dict[str, str]:
    """Where «Lämna sidan» goes."""
    return {"EXIT": outbound.EXIT, "EXIT_HOST": outbound.EXIT.split("/")[2].removeprefix("www.")}


@public(children, "/child")
def chooser() -> Response:
    """Who follows along, and which story."""
    return page("children/chooser.html", id="children.chooser", bands=BANDS.values(), drawn=CHILDREN)


@public(children, "/child/<any('3-6', '7-9', '10-12'):band>/<int(fixed_digits=1):number>")
def story(band: str, number: int) -> Response:
    """One page of a story: 404 beyond its last."""
    told = BANDS[band]
    shown = told.page(number)
    if shown is None:
        abort(404)
    return page("children/story.html", id="children.story", band=told, shown=shown, number=number, last=len(told.pages))
