"""The guide's flow: data that refuses to be wrong, and three tests a step: it renders, it leads on, it gives
way."""

from itertools import pairwise

import pytest
from house import text_of

from patient_app.clinics.settings import VisitProfile
from patient_app.guide.flow import Flow, FlowError, Problem, Route, Step, chain
from patient_app.guide.steps import GUIDE

CLINICS = ("", "m/D3M0/", "m/V3ST/", "m/N0RR/")
STEPS = [(route.slug, step.slug) for route in GUIDE.routes for step in route.steps]


def step(slug: str, next: str | None = None, **more) -> Step:
    return Step(slug, slug, slug, 1, ("leaflet",), next, **more)


def flow(*steps: Step, later: str | None = None, problems=(), loose=()) -> Flow:
    return Flow(
        (Route("way", "Way", "all", steps, later),),
        tuple(Problem(slug, slug, "x") for slug in problems),
        frozenset(loose),
    )


WRONG = {
    "unknown step": (lambda: flow(step("a", "b")), "leads to b"),
    "unknown side page": (lambda: flow(step("a", asides=("x",))), "leads to x"),
    "unknown later start": (lambda: flow(step("a"), later="x"), "leads to x"),
    "loop": (lambda: flow(step("a", "b"), step("b", "a")), "a loop at a"),
    "loop of one": (lambda: flow(step("a", "a")), "a loop at a"),
    "loop further on": (lambda: flow(step("a", "b"), step("b", "c"), step("c", "b")), "a loop at b"),
    "unreachable step": (lambda: flow(step("a"), step("b")), "nothing leads to b"),
    "unreachable side page": (lambda: flow(step("a"), step("b", side=True)), "nothing leads to b"),
    "double step": (lambda: flow(step("a", "b"), step("b"), step("b")), "b stands twice"),
    "double route": (lambda: Flow((Route("way", "x", "x", (step("a"),)),) * 2, ()), "way stands twice"),
    "double problem": (lambda: flow(step("a", problems=("p",)), problems=("p", "p")), "p stands twice"),
    "unknown problem": (lambda: flow(step("a", problems=("p",))), "unknown problem p"),
    "problem nobody leads to": (lambda: flow(step("a"), problems=("p",)), "no step leads to the problem p"),
    "step called all": (lambda: flow(step("all")), "no step's name"),
    "side page in the chain": (lambda: flow(step("a", "b"), step("b", side=True)), "side page"),
    "step beside the chain": (lambda: flow(step("a", asides=("b",)), step("b")), "side page"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_wrong_data_raises_when_it_is_built_and_says_where(wrong):
    build, said = WRONG[wrong]
    with pytest.raises(FlowError, match=said):
        build()


def test_right_data_is_taken_and_a_loose_problem_needs_no_step():
    built = flow(
        step("a", "b", asides=("s",)),
        step("b", problems=("p",)),
        step("s", side=True),
        problems=("p", "q"),
        loose=("q",),
    )
    assert [found.slug for found in chain(built.route("way"))] == ["a", "b"]
    for missing in (built.route, built.problem, built.route("way").step):
        with pytest.raises(KeyError):
            missing("nowhere")


def test_a_step_that_does_not_apply_is_passed_over_also_several_in_a_row_and_last():
    def never(profile):
        return False

    built = flow(
        step("a", "b"),
        step("b", "c", when=never),
        step("c", "d", when=never),
        step("d", "e"),
        step("e", when=never),
    )
    way, profile = built.route("way"), VisitProfile()
    assert [found.slug for found in built.steps_for(way, profile)] == ["a", "d"]
    assert built.following(way, way.step("a"), profile).slug == "d"
    assert built.following(way, way.step("b"), profile).slug == "d"
    assert built.following(way, way.step("d"), profile) is None


CHAINS = {
    ("under-13", ""): "before add-child add-clinic find-visit check place child ready",
    ("under-13", "m/D3M0/"): "before add-child add-clinic find-visit check place child ready",
    ("under-13", "m/V3ST/"): "before find-visit check place child ready",
    ("under-13", "m/N0RR/"): "before find-visit check place child ready",
    ("other-adult", ""): "before check place child ready",
    ("other-adult", "m/V3ST/"): "before check place child ready",
    ("13-17", "m/D3M0/"): "before log-in find-visit check place ready",
    ("13-17", "m/V3ST/"): "before find-visit check place ready",
    ("13-17", "m/N0RR/"): "before find-visit check place ready",
}


def profile_of(app, prefix: str) -> VisitProfile:
    return app.extensions["clinics"].directory.find(prefix[2:6]).profile if prefix else VisitProfile()


@pytest.mark.parametrize("route, prefix", CHAINS)
def test_each_clinic_has_the_steps_that_are_true_there(app, route, prefix):
    steps = GUIDE.steps_for(GUIDE.route(route), profile_of(app, prefix))
    assert " ".join(found.slug for found in steps) == CHAINS[route, prefix]


@pytest.mark.parametrize("prefix", CLINICS)
@pytest.mark.parametrize("route, slug", STEPS)
def test_a_step_renders_and_leads_on_or_gives_way_to_the_next_that_applies(
    app, client, visit, route, slug, prefix
):
    way, profile = GUIDE.route(route), profile_of(app, prefix)
    found = way.step(slug)
    address = f"/sv/{prefix}guide/{route}/{slug}"
    applies = found.side or found.when(profile)
    if not applies:
        follower = GUIDE.following(way, found, profile)
        answer = client.get(address)
        assert answer.status_code == 303
        assert answer.location.endswith(f"/sv/{prefix}guide/{route}/{follower.slug}")
        return
    page = visit(address)
    assert page.body["data-page"] == f"guide.{slug}"
    assert text_of(page.h1) == found.title
    links = [link["href"] for link in page.select("nav.bar a[href]")]
    assert len(links) <= 2
    follower = None if found.side else GUIDE.following(way, found, profile)
    parent = next((s for s in GUIDE.steps_for(way, profile) if slug in s.asides), None)
    onward = follower or (parent if found.side else None)
    assert links[-1] == (f"/sv/{prefix}guide/{route}/{onward.slug}" if onward else f"/sv/{prefix}day")
    for problem in found.problems:
        assert page.find("a", href=f"/sv/{prefix}help/{problem}"), problem


@pytest.mark.parametrize("prefix", CLINICS)
def test_one_walks_each_route_from_its_first_step_to_the_day_by_next_alone(app, visit, prefix):
    for route in GUIDE.routes:
        expected = [found.slug for found in GUIDE.steps_for(route, profile_of(app, prefix))]
        address, walked = f"/sv/{prefix}guide/{route.slug}/{expected[0]}", []
        while "/guide/" in address:
            walked.append(address.rpartition("/")[2])
            address = visit(address).select("nav.bar a[href]")[-1]["href"]
            assert len(walked) <= 12, f"{route.slug} never ends"
        assert walked == expected
        assert address == f"/sv/{prefix}day"


@pytest.mark.parametrize("prefix", CLINICS)
def test_a_problem_leads_back_to_every_step_where_it_arises(app, visit, prefix):
    for problem in GUIDE.problems:
        page = visit(f"/sv/{prefix}help/{problem.slug}")
        assert text_of(page.h1) == problem.title
        links = {link["href"] for link in page.main.find_all("a", href=True)}
        back = GUIDE.steps_with_problem(problem, profile_of(app, prefix))
        assert not back or any(
            f"/sv/{prefix}guide/{route.slug}/{found.slug}" in links for route, found in back
        ), problem.slug


@pytest.mark.parametrize("prefix", CLINICS)
def test_the_whole_route_on_one_page_holds_the_steps_that_apply_in_order(app, visit, prefix):
    for route in GUIDE.routes:
        page = visit(f"/sv/{prefix}guide/{route.slug}/all")
        headings = [text_of(heading) for heading in page.main.find_all("h2")]
        places = [
            next(i for i, text in enumerate(headings) if found.title in text)
            for found in GUIDE.steps_for(route, profile_of(app, prefix))
        ]
        assert all(before < after for before, after in pairwise(places))


def test_the_three_clinics_speak_of_their_own_way_in(visit):
    said = {prefix: text_of(visit(f"/sv/{prefix}guide/under-13/find-visit").main) for prefix in CLINICS[1:]}
    assert len(set(said.values())) == 3
    assert "sms" in said["m/V3ST/"].lower() and "Norrappen" in said["m/N0RR/"]


def test_unknown_steps_routes_and_problems_are_no_pages(client):
    for path in (
        "guide/under-13/nowhere",
        "guide/nowhere/before",
        "help/nowhere",
        "guide/under-13/",
        "guide/13-17/add-child",
    ):
        assert client.get(f"/sv/{path}").status_code == 404, path
