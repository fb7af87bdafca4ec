"""Public. No session, no database. The guide's pages, troubleshooting, and the page for the moment the visit
starts."""

from typing import Any

from flask import Blueprint, abort, g, redirect, request, url_for
from werkzeug.routing import BaseConverter, ValidationError
from werkzeug.wrappers import Response

from patient_app.guide.flow import Problem, Route, Step
from patient_app.guide.forms import GuideForm, age_band, leads_to
from patient_app.guide.steps import GUIDE, PROBLEM_GROUPS
from patient_app.sources import REVIEWED, SOURCES
from patient_app.web.qr import qr_svg
from patient_app.web.routing import absolute, page, public

guide = Blueprint("guide", __name__)


class RouteConverter(BaseConverter):
    """`<route:route>`: hands the view a Route, or refuses."""

    def to_python(self, value: str) -> Route:
        try:
            return GUIDE.route(value)
        except KeyError:
            raise ValidationError from None

    def to_url(self, value: Any) -> str:
        return str(getattr(value, "slug", value))


class ProblemConverter(BaseConverter):
    """`<problem:problem>`: hands the view a Problem, or refuses."""

    def to_python(self, value: str) -> Problem:
        try:
            return GUIDE.problem(value)
        except KeyError:
            raise ValidationError from None

    def to_url(self, value: Any) -> str:
        return str(getattr(value, "slug", value))


@guide.record_once
def _converters(state: Any) -> None:
    state.app.url_map.converters.update(route=RouteConverter, problem=ProblemConverter)


@public(guide, "/guide")
def questions() -> Response:
    """The questions. 303 to the right step when they are answered, else 200 with what is missing; never
    kept."""
    form = GuideForm(request.args)
    asked = any(
        name in request.args for name in ("show", *(field.name for field in form))
    )  # the button is named, for radios left open send nothing
    if asked:
        form.age.data = age_band(form.age.data or "")
        if form.validate():
            slug, step = leads_to(form)
            response: Response = redirect(absolute(url_for("guide.step", route=slug, step=step)), 303)
            response.headers["Cache-Control"] = "no-store"
            return response
    return page(
        "guide/questions.html",
        id="guide.questions",
        policy="form",
        store=False,
        form=form,
        asked=asked,
        guide=GUIDE,
    )


@public(guide, "/guide/<route:route>/all")
def whole_route(route: Route) -> Response:
    """The whole route on one page, for print and for those who want all moves at once."""
    address = absolute(url_for("guide.whole_route", route=route))
    steps = GUIDE.steps_for(route, g.profile)
    used = [source for source in SOURCES if any(source.key in step.sources for step in steps)]
    return page(
        "guide/all.html",
        id="guide.all",
        route=route,
        steps=steps,
        qr=qr_svg(address),
        address=address,
        sources=used,
        reviewed=REVIEWED,
    )


@public(guide, "/guide/<route:route>/<step>")
def step(route: Route, step: str) -> Response:
    """One step. One that does not apply at this clinic leads on to the next that does, so shared links never
    end."""
    try:
        found = route.step(step)
    except KeyError:
        abort(404)
    steps = GUIDE.steps_for(route, g.profile)
    if not found.side and found not in steps:
        follower = GUIDE.following(route, found, g.profile) or steps[-1]
        return redirect(absolute(_path(route, follower)), 303)
    parent = next((s for s in steps if found.slug in s.asides), None) if found.side else None
    number = steps.index(parent or found)
    context: dict[str, Any] = {
        "route": route,
        "step": found,
        "steps": steps,
        "number": number,
        "parent": parent,
        "minutes_left": sum(s.minutes for s in steps[number:]),
        "after": parent or GUIDE.following(route, found, g.profile),
        "problems": [GUIDE.problem(slug) for slug in found.problems],
        "asides": [route.step(slug) for slug in found.asides],
        "sources": [source for source in SOURCES if source.key in found.sources],
        "reviewed": REVIEWED,
        "qr": qr_svg(absolute(_path(route, found)), error="l"),
    }
    return page("guide/step.html", id=f"guide.{found.slug}", **context)


@public(guide, "/help")
def problems() -> Response:
    """Troubleshooting by what one sees."""
    groups = [(title, [p for p in GUIDE.problems if p.group == key]) for key, title in PROBLEM_GROUPS]
    return page("guide/problems.html", id="guide.problems", groups=groups)


@public(guide, "/help/<problem:problem>")
def problem(problem: Problem) -> Response:
    """One problem: what to do now, whom to call, and the way back to the steps where it arises."""
    back = GUIDE.steps_with_problem(problem, g.profile)
    return page("guide/problem.html", id=f"guide.problem-{problem.slug}", problem=problem, back=back)


@public(guide, "/day")
def day() -> Response:
    """The visit starts now: the moves of joining, big, and trouble one press away."""
    return page("guide/day.html", id="guide.day")


def _path(route: Route, step: Step) -> str:
    return url_for("guide.step", route=route, step=step.slug)
