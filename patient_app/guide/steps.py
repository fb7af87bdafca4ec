"""The guide as data: routes and their steps. Each step's words stand in
templates/guide/steps/<template>.html; the problems that a step names are in problems.py."""

from patient_app.guide.flow import Flow, Route, Step
from patient_app.guide.problems import PROBLEMS
from patient_app.guide.when import child_is_added, clinic_is_added, logs_in, opens_on_1177
from patient_app.web.languages import N_

_LEAFLET = ("leaflet",)
_ALL_SOURCES = ("leaflet", "guidance", "routine", "impact")
_CHECK = ("sound", "picture", "asked-again", "bankid-return")
_FIND = ("visit-not-shown", "cannot-log-in", "app-instead", "inside-app", "bankid-return")
_JOIN = ("cannot-start", "button-dead", "no-contact", "dropped", "sound", "picture", "alone-dropped")


def _check(next: str) -> Step:
    """The task of testing, the same on every route."""
    return Step("check", N_("Testa kamera och ljud"), "check", 2, _LEAFLET, next, problems=_CHECK)


def _place(next: str) -> Step:
    return Step(
        "place",
        N_("Välj en lugn plats"),
        "place",
        1,
        ("leaflet", "guidance"),
        next,
        problems=("alone-dropped",),
    )


def _child(next: str) -> Step:
    return Step(
        "child",
        N_("Berätta för barnet"),
        "child",
        3,
        ("guidance", "research", "impact"),
        next,
        problems=("alone-dropped", "in-person"),
    )


def _closing(join_template: str = "join", ready_template: str = "ready") -> tuple[Step, Step]:
    """How to join, and that all is ready: what every route ends with."""
    return (
        Step(
            "join",
            N_("Så ansluter ni"),
            join_template,
            1,
            ("leaflet", "guidance"),
            "ready",
            problems=_JOIN,
            closing=True,
        ),
        Step(
            "ready",
            N_("Ni är redo"),
            ready_template,
            1,
            _ALL_SOURCES,
            problems=("cannot-start",),
            closing=True,
        ),
    )


UNDER_13 = Route(
    "under-13",
    N_("Barnet är under 13 år"),
    N_("För dig som är vårdnadshavare"),
    (
        Step(
            "add-child",
            N_("Lägg till barnet på 1177"),
            "add-child",
            2,
            _LEAFLET,
            "find-visit",
            child_is_added,
            problems=("child-missing", "no-eid", "cannot-log-in", "wrong-age", "inside-app"),
        ),
        Step(
            "find-visit",
            N_("Hitta besöket"),
            "find-visit",
            1,
            ("leaflet", "routine"),
            "check",
            problems=_FIND,
            asides=("add-clinic", "notifications"),
        ),
        _check("place"),
        _place("child"),
        _child("join"),
        *_closing(),
        Step(
            "before",
            N_("Innan du börjar"),
            "before",
            2,
            _ALL_SOURCES,
            problems=("no-eid", "wrong-age", "in-person"),
            side=True,
        ),
        Step(
            "add-clinic",
            N_("Lägg till mottagningen"),
            "add-clinic",
            1,
            _LEAFLET,
            when=clinic_is_added,
            problems=("visit-not-shown",),
            side=True,
        ),
        Step(
            "notifications",
            N_("Få besked när barnet får ett meddelande"),
            "notifications",
            1,
            ("leaflet", "routine"),
            when=opens_on_1177,
            side=True,
        ),
    ),
    asides=("before",),
)

OTHER_ADULT = Route(
    "other-adult",
    N_("Du är en annan vuxen"),
    N_("För familjehem, släkting eller annan vuxen"),
    (
        Step(
            "before",
            N_("Fråga hur du är med"),
            "other-before",
            1,
            ("leaflet", "impact"),
            "check",
            problems=("in-person",),
        ),
        _check("place"),
        _place("child"),
        _child("join"),
        *_closing("other-join"),
    ),
)

YOUTH = Route(
    "13-17",
    N_("13–17 år"),
    N_("För dig som ska på ditt eget besök"),
    (
        Step(
            "log-in",
            N_("Logga in på 1177.se"),
            "youth-log-in",
            1,
            _LEAFLET,
            "find-visit",
            opens_on_1177,
            problems=("no-eid", "cannot-log-in", "inside-app"),
        ),
        Step(
            "find-visit",
            N_("Hitta ditt besök"),
            "youth-find-visit",
            1,
            _LEAFLET,
            "check",
            problems=_FIND,
        ),
        _check("place"),
        Step(
            "place",
            N_("Välj en plats där du får vara ifred"),
            "youth-place",
            1,
            ("leaflet", "guidance"),
            "say",
        ),
        Step(
            "say",
            N_("Tänk ut vad du vill säga"),
            "youth-say",
            2,
            ("guidance", "research"),
            "join",
            problems=("in-person",),
        ),
        Step(
            "join",
            N_("Så ansluter du"),
            "join",
            1,
            ("leaflet", "guidance"),
            "ready",
            problems=_JOIN,
            closing=True,
        ),
        Step(
            "ready",
            N_("Du är redo"),
            "youth-ready",
            1,
            ("leaflet", "guidance", "research"),
            problems=("cannot-start",),
            closing=True,
        ),
        Step(
            "before",
            N_("Innan ditt videobesök"),
            "youth-before",
            1,
            ("leaflet", "guidance", "research"),
            problems=("no-eid", "in-person"),
            side=True,
        ),
    ),
    asides=("before",),
)

GUARDIAN_OF_YOUTH = Route(
    "guardian-13-17",
    N_("Barnet är 13–17 år"),
    N_("För dig som är vårdnadshavare till en tonåring"),
    (
        Step(
            "before",
            N_("Prata om vem som gör vad"),
            "of-youth-before",
            2,
            ("leaflet", "guidance", "routine"),
            "log-in",
            problems=("in-person",),
        ),
        Step(
            "log-in",
            N_("Låt tonåringen prova att logga in"),
            "of-youth-log-in",
            2,
            _LEAFLET,
            "check",
            logs_in,
            problems=("no-eid", "cannot-log-in"),
        ),
        _check("place"),
        Step(
            "place",
            N_("Ordna en plats där tonåringen får vara ifred"),
            "of-youth-place",
            1,
            ("leaflet", "guidance", "research"),
            "join",
        ),
        *_closing("of-youth-join", "of-youth-ready"),
    ),
)

GUIDE = Flow(
    (UNDER_13, YOUTH, GUARDIAN_OF_YOUTH, OTHER_ADULT),
    PROBLEMS,
    loose=frozenset(problem.slug for problem in PROBLEMS if problem.group == "changed") | {"freezes"},
)
