"""Public. The child's and the youth's own pages: no session, no database, nothing is sent, nothing is
kept."""

from flask import Blueprint, abort, request
from werkzeug.wrappers import Response

from patient_app.children.pages import BANDS, CHILDREN, TEENS, YOUTH, YOUTH_CAST, folded
from patient_app.children.recordings import all_recorded, recorded, words_of
from patient_app.clinics import outbound
from patient_app.web.routing import page, public

children = Blueprint("children", __name__)


@children.app_context_processor
def exit_address() -> dict[str, str]:
    """Where «Lämna sidan» goes."""
    return {"EXIT": outbound.EXIT, "EXIT_HOST": outbound.EXIT.split("/")[2].removeprefix("www.")}


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
        audio=recorded(f"child-{band}-{number}", words_of(shown)),
    )


@public(children, "/child/<any('3-6', '7-9', '10-12'):band>/book")
def book(band: str) -> Response:
    """A whole story on one page: to have read aloud without pressing, and to print as a booklet."""
    told = BANDS[band]
    pages = [
        (f"child-{band}-{number}", words_of(shown))
        for number, shown in enumerate(told.pages, start=1)
        if not any(line.is_private for line in shown.lines)
    ]
    every = [scene for shown in told.pages for scene in shown.scenes]
    return page(
        "children/book.html",
        id="children.book",
        band=told,
        every=every,
        places=folded(1 + len(told.pages)),  # the cover is the first
        audio=all_recorded(pages),
    )


@public(children, "/child/pictures")
def pictures() -> Response:
    """Pictures to cut out and to point at, on A4 or A5: first and then, and the visit's own mat."""
    return page("children/pictures.html", id="children.pictures")


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
        audio=recorded(f"youth-{slug}", words_of(YOUTH[at].page)),
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
