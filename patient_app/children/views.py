"""Public. The child's and the youth's own pages: no session, no database, nothing is sent, nothing is
kept."""

from flask import Blueprint, abort, current_app, g, request
from werkzeug.wrappers import Response

from patient_app.children.pages import BANDS, CHILDREN, TEENS, YOUTH, YOUTH_CAST
from patient_app.clinics import outbound
from patient_app.web.routing import page, public

children = Blueprint("children", __name__)


@children.app_context_processor
def exit_address() -> dict[str, str]:
    """Where «Lämna sidan» goes."""
    return {"EXIT": outbound.EXIT, "EXIT_HOST": outbound.EXIT.split("/")[2].removeprefix("www.")}


def recording(name: str) -> str | None:
    """The address of static/audio/<lang>/<name>.mp3 if whoever runs the service put one there
    (docs/children.md)."""
    try:
        return str(current_app.extensions["assets"].url(f"audio/{g.lang.code}/{name}.mp3"))
    except KeyError:
        return None


@public(children, "/child")
def chooser() -> Response:
    """Who follows along, and which story."""
    return page("children/chooser.html", id="children.chooser", bands=BANDS.values(), drawn=CHILDREN)


@public(children, "/child/<any('3-6', '7-9', '10-12'):band>/<int:number>")
def story(band: str, number: int) -> Response:
    """One page of a story: 404 beyond its last."""
    told = BANDS[band]
    shown = told.page(number)
    if shown is None or not request.path.endswith(f"/{number}"):  # /01 is no second address of /1
        abort(404)
    return page(
        "children/story.html",
        id="children.story",
        band=told,
        shown=shown,
        number=number,
        last=len(told.pages),
        audio=recording(f"child-{band}-{number}"),
    )


@public(children, "/youth")
def youth_index() -> Response:
    """What there is for 13-17, to read in any order."""
    return page("children/youth-index.html", id="children.youth-index", pages=YOUTH, drawn=TEENS)


@public(children, "/youth/<slug>")
def youth(slug: str) -> Response:
    """One page for 13-17, or 404."""
    at = next((index for index, told in enumerate(YOUTH) if told.slug == slug), None)
    if at is None:
        abort(404)
    following = YOUTH[at + 1].slug if at + 1 < len(YOUTH) else None
    return page(
        "children/youth.html",
        id=f"children.youth-{slug}",
        told=YOUTH[at],
        cast=YOUTH_CAST,
        number=at + 1,
        last=len(YOUTH),
        before=YOUTH[at - 1].slug if at else None,
        following=following,
        audio=recording(f"youth-{slug}"),
    )


@public(children, "/youth/adult")
def youth_adult() -> Response:
    """For the adult of someone who is 13-17: how to help, and what not to do."""
    return page("children/youth-adult.html", id="children.youth-adult")


@public(children, "/child/adult")
def adult() -> Response:
    """For the adult beside the child: before, during, after."""
    return page("children/adult.html", id="children.adult")


@public(children, "/after")
def after() -> Response:
    """How it was and how to meet next time, by pictures; and what the adults do. Nothing is sent."""
    return page("children/after.html", id="children.after")


@public(children, "/card")
def card() -> Response:
    """The child's card. Free text stays on the device: the page's policy refuses every request."""
    return page("children/card.html", id="children.card", policy="card")
