"""The guide as data: routes, steps, problems. Each step's words stand in
templates/guide/steps/<template>.html."""

from patient_app.clinics.settings import VisitProfile
from patient_app.guide.flow import Flow, Problem, Route, Step
from patient_app.web.languages import N_


def child_is_added(profile: VisitProfile) -> bool:
    """The visit is reached through the child's own account, so the guardian acts for the child on 1177."""
    return profile.booked_on == "child" and logs_in_to_1177(profile)


def clinic_is_added(profile: VisitProfile) -> bool:
    """The clinic may have to be added in the account where the visit stands."""
    return profile.add_clinic and logs_in_to_1177(profile)


def logs_in_to_1177(profile: VisitProfile) -> bool:
    """The link is reached on 1177.se."""
    return profile.link_place in ("bookings", "inbox")


_CHECK_PROBLEMS = ("sound", "picture", "asked-again", "bankid-return")
_FIND_PROBLEMS = ("visit-not-shown", "app-instead", "inside-app", "bankid-return")
_READY_PROBLEMS = ("cannot-start", "dropped", "sound", "picture")

UNDER_13 = Route(
    "under-13",
    N_("Barnet är under 13 år"),
    N_("För dig som är vårdnadshavare"),
    (
        Step(
            "before",
            N_("Innan du börjar"),
            "before",
            2,
            ("leaflet", "guidance", "routine", "impact"),
            "add-child",
            problems=("no-eid", "wrong-age", "in-person"),
        ),
        Step(
            "add-child",
            N_("Lägg till ditt barn på 1177.se"),
            "add-child",
            2,
            ("leaflet",),
            "add-clinic",
            child_is_added,
            problems=("child-missing", "no-eid", "wrong-age", "inside-app"),
        ),
        Step(
            "add-clinic",
            N_("Lägg till mottagningen"),
            "add-clinic",
            1,
            ("leaflet",),
            "find-visit",
            clinic_is_added,
            problems=("visit-not-shown",),
        ),
        Step(
            "find-visit",
            N_("Hitta besöket"),
            "find-visit",
            1,
            ("leaflet", "routine"),
            "check",
            problems=_FIND_PROBLEMS,
            asides=("notifications",),
        ),
        Step(
            "check", N_("Testa kamera och ljud"), "check", 2, ("leaflet",), "place", problems=_CHECK_PROBLEMS
        ),
        Step(
            "place",
            N_("Välj en lugn plats"),
            "place",
            1,
            ("leaflet", "guidance"),
            "child",
            problems=("alone-dropped",),
        ),
        Step(
            "child",
            N_("Förbered barnet"),
            "child",
            2,
            ("guidance", "research", "impact"),
            "ready",
            problems=("alone-dropped", "in-person"),
        ),
        Step(
            "ready",
            N_("Så går besöket till"),
            "ready",
            1,
            ("leaflet", "guidance", "routine", "impact"),
            problems=_READY_PROBLEMS,
        ),
        Step(
            "notifications",
            N_("Få besked när barnet får ett meddelande"),
            "notifications",
            1,
            ("leaflet", "routine"),
            side=True,
        ),
    ),
    later="find-visit",
)

OTHER_ADULT = Route(
    "other-adult",
    N_("Du är en annan vuxen"),
    N_("För familjehem, släkting eller annan vuxen"),
    (
        Step(
            "before",
            N_("Du som inte är vårdnadshavare"),
            "other-before",
            1,
            ("leaflet", "impact"),
            "check",
            problems=("child-missing", "in-person"),
        ),
        Step(
            "check", N_("Testa kamera och ljud"), "check", 2, ("leaflet",), "place", problems=_CHECK_PROBLEMS
        ),
        Step(
            "place",
            N_("Välj en lugn plats"),
            "place",
            1,
            ("leaflet", "guidance"),
            "child",
            problems=("alone-dropped",),
        ),
        Step(
            "child",
            N_("Förbered barnet"),
            "child",
            2,
            ("guidance", "research", "impact"),
            "ready",
            problems=("alone-dropped", "in-person"),
        ),
        Step(
            "ready",
            N_("Så går besöket till"),
            "ready",
            1,
            ("leaflet", "guidance", "routine", "impact"),
            problems=_READY_PROBLEMS,
        ),
    ),
)

YOUTH = Route(
    "13-17",
    N_("13–17 år"),
    N_("För dig som loggar in själv"),
    (
        Step(
            "before",
            N_("Innan ditt videobesök"),
            "youth-before",
            1,
            ("leaflet", "guidance", "research"),
            "log-in",
            problems=("no-eid", "in-person"),
        ),
        Step(
            "log-in",
            N_("Logga in på 1177.se"),
            "youth-log-in",
            1,
            ("leaflet",),
            "find-visit",
            logs_in_to_1177,
            problems=("no-eid", "inside-app"),
        ),
        Step(
            "find-visit",
            N_("Hitta ditt besök"),
            "youth-find-visit",
            1,
            ("leaflet",),
            "check",
            problems=_FIND_PROBLEMS,
        ),
        Step(
            "check", N_("Testa kamera och ljud"), "check", 2, ("leaflet",), "place", problems=_CHECK_PROBLEMS
        ),
        Step(
            "place",
            N_("Välj en plats där du får vara ifred"),
            "youth-place",
            1,
            ("leaflet", "guidance"),
            "ready",
        ),
        Step(
            "ready",
            N_("Så går ditt besök till"),
            "youth-ready",
            1,
            ("leaflet", "guidance", "research"),
            problems=_READY_PROBLEMS,
        ),
    ),
    later="find-visit",
)

PROBLEMS = (
    Problem("sound", N_("Ljudet eller mikrofonen fungerar inte"), "visit"),
    Problem("picture", N_("Det syns ingen bild"), "visit"),
    Problem("dropped", N_("Samtalet bröts"), "visit"),
    Problem("cannot-start", N_("Besöket startar inte"), "visit"),
    Problem("alone-dropped", N_("Skärmen blev tyst när barnet var ensamt"), "visit"),
    Problem("asked-again", N_("Telefonen frågar om kameran igen"), "visit"),
    Problem("visit-not-shown", N_("Besöket syns inte"), "1177"),
    Problem("child-missing", N_("Barnet går inte att lägga till"), "1177"),
    Problem("wrong-age", N_("Åldern stämmer inte"), "1177"),
    Problem("no-eid", N_("Jag har ingen e-legitimation, eller kan inte logga in"), "1177"),
    Problem("bankid-return", N_("Jag hamnade i en annan webbläsare efter inloggningen"), "phone"),
    Problem("inside-app", N_("Länken öppnades inne i en annan app"), "phone"),
    Problem("app-instead", N_("Vi hittar inte besöket i appen"), "phone"),
    Problem("in-person", N_("Vi vill hellre träffas på plats"), "other"),
)
PROBLEM_GROUPS = (
    ("visit", N_("I besöket")),
    ("1177", N_("På 1177.se")),
    ("phone", N_("I telefonen")),
    ("other", N_("Något annat")),
)

GUIDE = Flow((UNDER_13, OTHER_ADULT, YOUTH), PROBLEMS)
