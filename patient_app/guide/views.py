"""Public. No session, no database. The guide's pages, troubleshooting, and the page for the moment the visit
starts."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, g, redirect, request, url_for
from werkzeug.routing import BaseConverter
from werkzeug.wrappers import Response

from patient_app.clinics.opening import opening
from patient_app.guide.flow import Problem, Route, Step
from patient_app.guide.forms import leads_to, read
from patient_app.guide.problems import PROBLEM_GROUPS
from patient_app.guide.steps import GUIDE, UNDER_13
from patient_app.sources import REVIEWED, SOURCES, Source
from patient_app.web.qr import qr_svg
from patient_app.web.routing import absolute, page, public

guide = Blueprint("guide", __name__)


class RouteConverter(BaseConverter):
    """`<route:route>`: hands the view a Route, or refuses."""

    regex = "|".join(route.slug for route in GUIDE.routes)

    def to_python(self, value: str) -> Route:
        return GUIDE.route(value)

    def to_url(self, value: Any) -> str:
        return str(getattr(value, "slug", value))


class ProblemConverter(BaseConverter):
    """`<problem:problem>`: hands the view a Problem, or refuses."""

    regex = "|".join(problem.slug for problem in GUIDE.problems)

    def to_python(self, value: str) -> Problem:
        return GUIDE.problem(value)

    def to_url(self, value: Any) -> str:
        return str(getattr(value, "slug", value))


@guide.record_once
def _converters(state: Any) -> None:
    state.app.url_map.converters.update(route=RouteConverter, problem=ProblemConverter)


@public(guide, "/guide")
def questions() -> Response:
    """The questions. 303 to the right step when they are answered, else 200 with what is missing; never
    kept."""
    form = read(request.args)
    adds_child = opening(g.profile).by_proxy
    # The button is named, for radios left open send nothing.
    asked = any(name in request.args for name in ("show", *(field.name for field in form)))
    if asked and form.validate():
        slug, done = leads_to(form, adds_child)
        address = absolute(url_for("guide.plan", route=slug)) + (f"#done={done}" if done else "")
        response: Response = redirect(address, 303)
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
        adds_child=adds_child,
    )


@dataclass(frozen=True)
class Task:
    """A task as the plan shows it: what, how long, where, and the words of its step."""

    slug: str
    title: str
    minutes: int
    address: str
    step: Step


@public(guide, "/guide/<route:route>")
def plan(route: Route) -> Response:
    """The plan: the tasks that apply, joining, and what hangs on it. Ticks are the device's own affair."""
    tasks = [
        Task(step.slug, step.title, step.minutes, _path(route, step), step)
        for step in GUIDE.tasks_for(route, g.profile)
    ]
    address = absolute(url_for("guide.plan", route=route))
    return page(
        "guide/plan.html",
        id="guide.plan",
        route=route,
        tasks=tasks,
        minutes=sum(task.minutes for task in tasks),
        join=_path(route, route.step("join")),
        ready=_path(route, route.step("ready")),
        asides=[route.step(slug) for slug in route.asides],
        sources=_sources(route),
        reviewed=REVIEWED,
        qr=qr_svg(address, error="l"),
        address=address,
    )


@public(guide, "/guide/<route:route>/all")
def whole_route(route: Route) -> Response:
    """The whole route on one page, for print and for those who want all moves at once."""
    address = absolute(url_for("guide.whole_route", route=route))
    steps = GUIDE.steps_for(route, g.profile)
    return page(
        "guide/all.html",
        id="guide.all",
        route=route,
        steps=steps,
        asides=[route.step(slug) for slug in route.asides],
        qr=qr_svg(address),
        address=address,
        sources=_sources(route),
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
    parent = GUIDE.parent(route, found, g.profile) if found.side else None
    on_plan = found.slug in route.asides
    if not on_plan and not (found.when(opening(g.profile, route.slug)) and (parent or found in steps)):
        onward = _side_of(route, found) if found.side else found
        follower = GUIDE.following(route, onward, g.profile) or steps[-1]
        if onward in steps:
            follower = onward
        return redirect(absolute(_path(route, follower)), 303)
    number = 0 if on_plan else steps.index(parent or found)
    following = GUIDE.following(route, found, g.profile)
    context: dict[str, Any] = {
        "route": route,
        "step": found,
        "steps": steps,
        "number": number,
        "parent": parent,
        "minutes_left": sum(s.minutes for s in steps[number:]),
        "after": parent or following,
        "plan": url_for("guide.plan", route=route),
        "problems": [p for p in GUIDE.problems_for(g.profile, route.slug) if p.slug in found.problems],
        "asides": [
            aside
            for aside in (route.step(slug) for slug in found.asides)
            if aside.when(opening(g.profile, route.slug))
        ],
        "sources": [source for source in SOURCES if source.key in found.sources],
        "reviewed": REVIEWED,
        "qr": qr_svg(absolute(_path(route, found)), error="l"),
    }
    return page("guide/step.html", id=f"guide.{found.slug}", **context)


@public(guide, "/help")
@public(guide, "/help/<route:route>")
def problems(route: Route | None = None) -> Response:
    """Troubleshooting by what one sees, for one kind of reader. Without a route: under-13, which has no
    second address."""
    if route is UNDER_13:
        return redirect(absolute(url_for("guide.problems")), 308)
    route = route or UNDER_13
    listed = GUIDE.problems_for(g.profile, route.slug)
    groups = [(title, [p for p in listed if p.group == key]) for key, title in PROBLEM_GROUPS]
    groups = [(title, found) for title, found in groups if found]
    return page("guide/problems.html", id="guide.problems", route=route, groups=groups)


@public(guide, "/help/<problem:problem>")
@public(guide, "/help/<route:route>/<problem:problem>")
def problem(problem: Problem, route: Route | None = None) -> Response:
    """One problem: what to do now, whom to call, the way back to the day and to the steps where it arises.
    One that cannot arise for that reader at this clinic leads to those that can."""
    if route is UNDER_13:
        return redirect(absolute(url_for("guide.problem", problem=problem)), 308)
    route = route or UNDER_13
    if problem not in GUIDE.problems_for(g.profile, route.slug):
        own = None if route is UNDER_13 else route
        return redirect(absolute(url_for("guide.problems", route=own)), 303)
    return page(
        "guide/problem.html",
        id=f"guide.problem-{problem.slug}",
        problem=problem,
        route=route,
        back=GUIDE.steps_with_problem(problem, g.profile, route),
    )


@public(guide, "/day")
@public(guide, "/day/<route:route>")
def day(route: Route | None = None) -> Response:
    """The day of the visit: the moves of joining, and trouble one press away. Without a route: under-13."""
    route = route or UNDER_13
    return page(
        "guide/day.html",
        id="guide.day",
        route=route,
        problems=[p for p in GUIDE.problems_for(g.profile, route.slug) if p.group in ("visit", "way-in")],
    )


def _path(route: Route, step: Step) -> str:
    return url_for("guide.step", route=route, step=step.slug)


def _side_of(route: Route, side: Step) -> Step:
    """The step a side page hangs on, whether or not it applies."""
    return next(step for step in route.steps if side.slug in step.asides)


def _sources(route: Route) -> list[Source]:
    """The sources of the steps that a route has at this clinic, in the order of `SOURCES`."""
    steps = GUIDE.steps_for(route, g.profile)
    return [source for source in SOURCES if any(source.key in step.sources for step in steps)]
