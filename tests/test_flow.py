"""The guide's flow: data that refuses to be wrong, and three tests a step: it renders, it leads on, it gives
way."""

from itertools import pairwise

import pytest
from house import soup, text_of

from patient_app.clinics.opening import ROUTES, opening
from patient_app.clinics.settings import VisitProfile
from patient_app.guide.flow import Flow, FlowError, Problem, Route, Step, chain
from patient_app.guide.steps import GUIDE
from patient_app.paths import TEMPLATES

CLINICS = ("", "m/D3M0/", "m/V3ST/", "m/N0RR/")


def help_of(route: str) -> str:
    """Where the help of a route stands: a guardian of a child under 13 has the short address."""
    return "help" if route == "under-13" else f"help/{route}"


STEPS = [(route.slug, step.slug) for route in GUIDE.routes for step in route.steps]


def step(slug: str, next: str | None = None, **more) -> Step:
    return Step(slug, slug, slug, 1, ("leaflet",), next, **more)


def flow(*steps: Step, asides=(), problems=(), loose=()) -> Flow:
    return Flow(
        (Route("way", "Way", "all", steps, asides),),
        tuple(Problem(slug, slug, "x") for slug in problems),
        frozenset(loose),
    )


WRONG = {
    "unknown step": (lambda: flow(step("a", "b")), "leads to b"),
    "unknown side page": (lambda: flow(step("a", asides=("x",))), "leads to x"),
    "unknown page on the plan": (lambda: flow(step("a"), asides=("x",)), "leads to x"),
    "a task that closes": (
        lambda: flow(step("a", "b", closing=True), step("b")),
        "a task stands behind a step that closes",
    ),
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
        step("t", side=True),
        asides=("t",),
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
    ("under-13", ""): "add-child find-visit check place child join ready",
    ("under-13", "m/D3M0/"): "add-child find-visit check place child join ready",
    ("under-13", "m/V3ST/"): "find-visit check place child join ready",
    ("under-13", "m/N0RR/"): "find-visit check place child join ready",
    ("other-adult", ""): "before check place child join ready",
    ("other-adult", "m/V3ST/"): "before check place child join ready",
    ("13-17", "m/D3M0/"): "log-in find-visit check place say join ready",
    ("13-17", "m/V3ST/"): "find-visit check place say join ready",
    ("13-17", "m/N0RR/"): "find-visit check place say join ready",
    ("guardian-13-17", "m/D3M0/"): "before log-in check place join ready",
    ("guardian-13-17", "m/N0RR/"): "before log-in check place join ready",
    ("guardian-13-17", "m/V3ST/"): "before check place join ready",
}


def test_every_template_of_a_step_or_problem_has_its_row():
    def there(folder: str) -> set[str]:
        return {path.stem for path in (TEMPLATES / "guide" / folder).glob("*.html")}

    assert there("steps") == {step.template for route in GUIDE.routes for step in route.steps}
    assert there("problems") == {problem.slug for problem in GUIDE.problems}


def profile_of(app, prefix: str) -> VisitProfile:
    return app.extensions["clinics"].directory.find(prefix[2:6]).profile if prefix else VisitProfile()


@pytest.mark.parametrize("route, prefix", CHAINS)
def test_each_clinic_has_the_steps_that_are_true_there(app, route, prefix):
    steps = GUIDE.steps_for(GUIDE.route(route), profile_of(app, prefix))
    assert " ".join(found.slug for found in steps) == CHAINS[route, prefix]


def is_there(way: Route, found: Step, profile: VisitProfile) -> bool:
    """Whether a step has a page at that clinic: it applies, and so does what it hangs on."""
    if found.slug in way.asides:
        return True
    if not found.when(opening(profile, way.slug)):
        return False
    return not found.side or GUIDE.parent(way, found, profile) is not None


@pytest.mark.parametrize("prefix", CLINICS)
@pytest.mark.parametrize("route, slug", STEPS)
def test_a_step_renders_and_leads_on_or_gives_way_to_one_that_applies(
    app, client, visit, route, slug, prefix
):
    way, profile = GUIDE.route(route), profile_of(app, prefix)
    found = way.step(slug)
    address = f"/sv/{prefix}guide/{route}/{slug}"
    if not is_there(way, found, profile):
        answer = client.get(address)
        assert answer.status_code == 303
        onward = answer.location.rpartition("/")[2]
        assert onward in [step.slug for step in GUIDE.steps_for(way, profile)]
        assert client.get(answer.location).status_code == 200
        return
    page = visit(address)
    assert page.body["data-page"] == f"guide.{slug}"
    assert text_of(page.h1) == found.title
    # The way on stands in the bar; «Ni är redo» has none, and leads to the day from among its tools.
    links = [link["href"] for link in page.select(".tools a[href]" if slug == "ready" else "nav.bar a[href]")]
    assert len(links) <= 2
    if found.side:
        parent = GUIDE.parent(way, found, profile)
        expected = f"guide/{route}/{parent.slug}" if parent else f"guide/{route}"
    elif follower := GUIDE.following(way, found, profile):
        # After the last task one is ready: how to join stands on the plan, and on the day itself.
        expected = f"guide/{route}/{'ready' if follower.closing else follower.slug}"
    else:
        expected = "day" if route == "under-13" else f"day/{route}"
    assert links[-1] == f"/sv/{prefix}{expected}"
    assert page.find("a", href=f"/sv/{prefix}guide/{route}") is not None, "the plan is one link away"
    listed = {problem.slug for problem in GUIDE.problems_for(profile, route)}
    for problem in found.problems:
        linked = page.main.find("a", href=f"/sv/{prefix}{help_of(route)}/{problem}") is not None
        assert linked == (problem in listed) or not found.problems, problem


@pytest.mark.parametrize("prefix", CLINICS)
@pytest.mark.parametrize("route", [route.slug for route in GUIDE.routes])
def test_the_plan_lists_the_tasks_that_apply_and_how_to_join(app, visit, route, prefix):
    way, profile = GUIDE.route(route), profile_of(app, prefix)
    page = visit(f"/sv/{prefix}guide/{route}")
    tasks = [found for found in GUIDE.steps_for(way, profile) if not found.closing]
    assert [found["data-task"] for found in page.select("[data-task]")] == [found.slug for found in tasks]
    for found in tasks:
        assert page.main.find("a", href=f"/sv/{prefix}guide/{route}/{found.slug}") is not None
        assert 1 <= found.minutes <= 3
    for closing in ("join", "ready"):
        assert page.main.find("a", href=f"/sv/{prefix}guide/{route}/{closing}") is not None


@pytest.mark.parametrize("prefix", CLINICS)
def test_one_walks_each_route_from_its_first_task_to_the_day_by_done_alone(app, visit, prefix):
    for route in GUIDE.routes:
        expected = [found.slug for found in GUIDE.tasks_for(route, profile_of(app, prefix))]
        address, walked = f"/sv/{prefix}guide/{route.slug}/{expected[0]}", []
        while not address.endswith("/ready"):
            walked.append(address.rpartition("/")[2])
            address = visit(address).select("nav.bar a[href]")[-1]["href"]
            assert len(walked) <= 12, f"{route.slug} never ends"
        assert walked == expected
        assert visit(address).select(".tools a[href]")[-1]["href"].startswith(f"/sv/{prefix}day")


WHOSE_HELP = [("under-13", prefix) for prefix in CLINICS] + [
    ("13-17", ""),
    *(pytest.param(route, prefix, marks=pytest.mark.whole) for route in ROUTES[1:] for prefix in CLINICS),
]


@pytest.mark.parametrize("route, prefix", WHOSE_HELP)
def test_a_problem_leads_back_to_its_readers_steps_and_to_the_readers_day(app, client, visit, route, prefix):
    way, profile, base = GUIDE.route(route), profile_of(app, prefix), f"/sv/{prefix}{help_of(route)}"
    listed = GUIDE.problems_for(profile, route)
    day = f"/sv/{prefix}day" + ("" if route == "under-13" else f"/{route}")
    help = {link["href"] for link in visit(base).main.find_all("a", href=True)}
    assert day in help
    for problem in GUIDE.problems:
        address = f"{base}/{problem.slug}"
        assert (address in help) == (problem in listed), problem.slug
        if problem not in listed:
            answer = client.get(address)
            assert answer.status_code == 303 and answer.location.endswith(base)
            continue
        page = visit(address)
        assert text_of(page.h1) == problem.title_for(route)
        # The last thing in the bar is the day that this reader came from.
        assert page.select("nav.bar a[href]")[-1]["href"] == day
        links = {link["href"] for link in page.main.find_all("a", href=True)}
        back = GUIDE.steps_with_problem(problem, profile, way)
        for found in back:
            assert f"/sv/{prefix}guide/{route}/{found.slug}" in links, problem.slug
        assert back or f"/sv/{prefix}guide/{route}" in links


@pytest.mark.parametrize("path", ["help/under-13", "help/under-13/sound"])
def test_a_guardian_of_a_child_under_13_has_one_address_for_each_page_of_help(client, path):
    answer = client.get(f"/sv/{path}")
    assert answer.status_code == 308
    assert answer.location.endswith(f"/sv/{path.replace('/under-13', '')}")


# What happens on the day is read with five minutes left: whom to call and plan B stand on the page.
@pytest.mark.parametrize(
    "route, prefix",
    [*((route, "m/D3M0/") for route in ROUTES), ("under-13", "m/V3ST/"), ("13-17", "m/N0RR/")],
)
def test_what_goes_wrong_on_the_day_knows_plan_b_and_the_technical_line(app, client, route, prefix):
    profile = profile_of(app, prefix)
    for problem in GUIDE.problems_for(profile, route):
        if problem.group not in ("visit", "way-in", "phone"):
            continue
        page = soup(client.get(f"/sv/{prefix}{help_of(route)}/{problem.slug}").data)
        assert page.main.select('[data-facts~="leaflet.trouble-start"]'), problem.slug
        helped = bool(page.main.select('[data-setting="support_phone"]'))
        assert helped == bool(problem.technical and profile.support_phone), problem.slug


@pytest.mark.parametrize(
    ("prefix", "gone"),
    [
        ("m/V3ST/", {"child-missing", "cannot-log-in", "no-eid", "bankid-return"}),
        ("m/N0RR/", {"child-missing", "bankid-return"}),
        ("", set()),
    ],
)
def test_a_problem_that_cannot_arise_at_a_clinic_is_not_listed_there(app, prefix, gone):
    listed = {problem.slug for problem in GUIDE.problems_for(profile_of(app, prefix))}
    assert {problem.slug for problem in GUIDE.problems} - listed == gone


@pytest.mark.parametrize("prefix", CLINICS)
def test_the_whole_route_on_one_page_holds_the_steps_that_apply_in_order(app, visit, prefix):
    for route in GUIDE.routes:
        page = visit(f"/sv/{prefix}guide/{route.slug}/all")
        headings = [text_of(heading) for heading in page.main.find_all("h2")]
        places = [
            next(i for i, text in enumerate(headings) if found.title in text)
            # How to join stands first: it is the paper for the day.
            for found in sorted(
                GUIDE.steps_for(route, profile_of(app, prefix)), key=lambda found: found.slug != "join"
            )
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
        "guide/13-17/add-child",
        "day/nowhere",
    ):
        assert client.get(f"/sv/{path}").status_code == 404, path
