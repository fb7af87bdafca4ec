"""Pure. The flow of a guide as a value that refuses to be wrong. Words stand in templates, rules in small
functions.

A route is a chain of steps: its tasks, then the steps that close it. A step says what follows it and when it
applies to how the visit opens; a step that does not apply is passed over. Side pages hang on a step, or on
the route's plan. Problems are what can go wrong in a step, and they lead back to it.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from patient_app.clinics.opening import ROUTES, Opening, opening
from patient_app.clinics.settings import VisitProfile

Rule = Callable[[Opening], bool]


def always(opening: Opening) -> bool:
    """Applies to every visit."""
    return True


class FlowError(ValueError):
    """The flow's data is wrong; the message says where."""


@dataclass(frozen=True)
class Step:
    """One page of the guide. `title` and `template` are msgid and file; `problems` what can go wrong here;
    `minutes` an estimate. A `closing` step is no task to tick: how to join, and that all is ready."""

    slug: str
    title: str
    template: str
    minutes: int
    sources: tuple[str, ...]
    next: str | None = None
    when: Rule = always
    problems: tuple[str, ...] = ()
    asides: tuple[str, ...] = ()
    side: bool = False
    closing: bool = False


@dataclass(frozen=True)
class Route:
    """A way through the guide for one kind of reader. `asides` are the side pages that hang on its plan."""

    slug: str
    title: str
    for_whom: str
    steps: tuple[Step, ...]
    asides: tuple[str, ...] = ()

    def step(self, slug: str) -> Step:
        """The step with that slug. Raises KeyError."""
        for step in self.steps:
            if step.slug == slug:
                return step
        raise KeyError(slug)


@dataclass(frozen=True)
class Problem:
    """Something that went wrong, named by what one sees, the group it stands in on the help page, the visits
    and the readers for whom it can arise, and whether those who know the technique can help. `titles` are for
    readers who would say it otherwise: a young person is one, and no family."""

    slug: str
    title: str
    group: str
    when: Rule = always
    technical: bool = False
    readers: tuple[str, ...] = ROUTES
    titles: Mapping[str, str] = field(default_factory=dict, compare=False)

    def title_for(self, route: str) -> str:
        """The title as a reader of that route would say it."""
        return self.titles.get(route, self.title)


@dataclass(frozen=True)
class Flow:
    """All routes and problems. Building it checks it.

    Raises FlowError on an unknown target, an unreachable step, a loop, a slug that stands twice, or a problem
    that no step leads to (unless it is named in `loose`).
    """

    routes: tuple[Route, ...]
    problems: tuple[Problem, ...]
    loose: frozenset[str] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        _no_doubles("route", [route.slug for route in self.routes])
        _no_doubles("problem", [problem.slug for problem in self.problems])
        known = {problem.slug for problem in self.problems}
        named: set[str] = set(self.loose)
        for route in self.routes:
            _check_route(route)
            for step in route.steps:
                missing = set(step.problems) - known
                if missing:
                    raise FlowError(f"{route.slug}/{step.slug}: unknown problem {', '.join(sorted(missing))}")
                named.update(step.problems)
        if known - named:
            raise FlowError(f"no step leads to the problem {', '.join(sorted(known - named))}")

    def route(self, slug: str) -> Route:
        """The route with that slug. Raises KeyError."""
        for route in self.routes:
            if route.slug == slug:
                return route
        raise KeyError(slug)

    def problem(self, slug: str) -> Problem:
        """The problem with that slug. Raises KeyError."""
        for problem in self.problems:
            if problem.slug == slug:
                return problem
        raise KeyError(slug)

    def steps_for(self, route: Route, profile: VisitProfile) -> list[Step]:
        """The chain a reader walks at that clinic, in order; side pages are not in it."""
        found = opening(profile, route.slug)
        return [step for step in chain(route) if step.when(found)]

    def tasks_for(self, route: Route, profile: VisitProfile) -> list[Step]:
        """The tasks of the route's plan at that clinic: what one ticks, in order."""
        return [step for step in self.steps_for(route, profile) if not step.closing]

    def following(self, route: Route, step: Step, profile: VisitProfile) -> Step | None:
        """The next step that applies, also after one that does not apply itself; None after the last."""
        found = opening(profile, route.slug)
        slug = step.next
        while slug is not None:
            follower = route.step(slug)
            if follower.when(found):
                return follower
            slug = follower.next
        return None

    def parent(self, route: Route, step: Step, profile: VisitProfile) -> Step | None:
        """The step of the chain that a side page hangs on at that clinic; None when it hangs on the plan."""
        return next((found for found in self.steps_for(route, profile) if step.slug in found.asides), None)

    def steps_with_problem(self, problem: Problem, profile: VisitProfile, route: Route) -> list[Step]:
        """The steps of a route where the problem can arise at that clinic: what its page leads back to."""
        found = opening(profile, route.slug)
        return [step for step in route.steps if problem.slug in step.problems and step.when(found)]

    def problems_for(self, profile: VisitProfile, route: str = "under-13") -> list[Problem]:
        """The problems that can arise at that clinic for a reader of that route."""
        found = opening(profile, route)
        return [one for one in self.problems if route in one.readers and one.when(found)]

    def paths(self) -> list[dict[str, str]]:
        """Route and step of every page, side pages too."""
        return [{"route": route.slug, "step": step.slug} for route in self.routes for step in route.steps]


def chain(route: Route) -> Iterator[Step]:
    """The steps of a route from the first along `next`."""
    slug: str | None = route.steps[0].slug
    while slug is not None:
        step = route.step(slug)
        yield step
        slug = step.next


def _no_doubles(what: str, slugs: list[str]) -> None:
    for slug in slugs:
        if slugs.count(slug) > 1:
            raise FlowError(f"the {what} {slug} stands twice")


def _check_route(route: Route) -> None:
    slugs = [step.slug for step in route.steps]
    _no_doubles("step", slugs)
    if "all" in slugs:
        raise FlowError(f"{route.slug}: `all` is the whole route's page and no step's name")
    for step in route.steps:
        for target in (step.next, *step.asides, *route.asides):
            if target is not None and target not in slugs:
                raise FlowError(f"{route.slug}/{step.slug}: leads to {target}, which is not there")
    walked: list[str] = []
    slug: str | None = slugs[0]
    while slug is not None:
        if slug in walked:
            raise FlowError(f"{route.slug}: a loop at {slug}")
        walked.append(slug)
        slug = route.step(slug).next
    reached = (
        set(walked) | set(route.asides) | {aside for name in walked for aside in route.step(name).asides}
    )
    if set(slugs) - reached:
        raise FlowError(f"{route.slug}: nothing leads to {', '.join(sorted(set(slugs) - reached))}")
    for step in route.steps:
        if step.side == (step.slug in walked):
            raise FlowError(f"{route.slug}/{step.slug}: a side page hangs on a step and is not in the chain")
    closing = [route.step(name).closing for name in walked]
    if closing != sorted(closing):
        raise FlowError(f"{route.slug}: a task stands behind a step that closes the route")
