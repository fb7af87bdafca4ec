"""The guide as data: routes, steps, problems. Each step's words stand in
templates/guide/steps/<template>.html."""

from patient_app.clinics.opening import Opening
from patient_app.guide.flow import Flow, Problem, Route, Step
from patient_app.web.languages import N_


def child_is_added(opening: Opening) -> bool:
    """The guardian must have added the child before the visit can be opened."""
    return "add-child" in opening.first


def clinic_is_added(opening: Opening) -> bool:
    """The clinic may have to be added in the account where the visit stands."""
    return "add-clinic" in opening.first


def opens_on_1177(opening: Opening) -> bool:
    """The visit is reached on 1177.se."""
    return opening.on_1177


def logs_in(opening: Opening) -> bool:
    """Somebody logs in, on 1177.se or in an app, to reach the visit."""
    return opening.account != "none"


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

PROBLEMS = (
    Problem("cannot-start", N_("Besöket startar inte"), "visit", technical=True),
    Problem("button-dead", N_("Knappen gör ingenting"), "visit", technical=True),
    Problem("no-contact", N_("Vi är inne men ser eller hör ingen"), "visit", technical=True),
    Problem("sound", N_("Ljudet eller mikrofonen fungerar inte"), "visit", technical=True),
    Problem("picture", N_("Det syns ingen bild"), "visit", technical=True),
    Problem("freezes", N_("Bilden fryser"), "visit", technical=True),
    Problem("dropped", N_("Samtalet bröts"), "visit", technical=True),
    Problem("alone-dropped", N_("Samtalet bröts när barnet var ensamt"), "visit"),
    Problem("asked-again", N_("Telefonen frågar om kameran igen"), "visit", technical=True),
    Problem("visit-not-shown", N_("Besöket syns inte"), "way-in"),
    Problem("child-missing", N_("Barnet finns inte på 1177"), "way-in", child_is_added),
    Problem("cannot-log-in", N_("Jag kan inte logga in"), "way-in", logs_in, technical=True),
    Problem("no-eid", N_("Jag har ingen e-legitimation"), "way-in", logs_in),
    Problem(
        "bankid-return",
        N_("Jag hamnade i en annan webbläsare efter inloggningen"),
        "phone",
        opens_on_1177,
        technical=True,
    ),
    Problem("inside-app", N_("Länken öppnades inne i en annan app"), "phone", technical=True),
    Problem("app-instead", N_("Vi hittar inte besöket i appen"), "phone"),
    Problem("cannot-come", N_("Vi kan inte komma, eller blir sena"), "changed"),
    Problem("worse", N_("Det blir värre före besöket"), "changed"),
    Problem("wrong-age", N_("Barnet fyller 13 snart"), "changed"),
    Problem("two-places", N_("Vi är på två platser"), "changed"),
    Problem("no-number", N_("Inget svenskt personnummer, eller utomlands"), "changed"),
    Problem("other-service", N_("Det står något annat i brevet"), "changed"),
    Problem("no-device", N_("Ingen enhet, uppkoppling eller lugn plats"), "changed"),
    Problem("own-phone", N_("Barnet har en egen telefon"), "changed"),
    Problem("protected", N_("Vi har skyddade personuppgifter"), "changed"),
    Problem("cannot-phone", N_("Vi behöver tolk, eller kan inte ringa"), "changed"),
    Problem("someone-called", N_("Någon ringde och bad mig logga in"), "changed"),
    Problem("real-sms", N_("Är sms:et äkta?"), "changed"),
    Problem("in-person", N_("Vi vill hellre träffas på plats"), "other"),
)
PROBLEM_GROUPS = (
    ("visit", N_("I besöket")),
    ("way-in", N_("På väg in")),
    ("phone", N_("I telefonen")),
    ("changed", N_("Något har ändrats")),
    ("other", N_("Något annat")),
)

GUIDE = Flow(
    (UNDER_13, YOUTH, GUARDIAN_OF_YOUTH, OTHER_ADULT),
    PROBLEMS,
    loose=frozenset(problem.slug for problem in PROBLEMS if problem.group == "changed") | {"freezes"},
)
