"""The guide's problem pages as data: what one sees, in which group, at which visits. Each page's words stand
in templates/guide/problems/<slug>.html. (What really goes wrong with devices: device_check/problems.py.)"""

from patient_app.guide.flow import Problem
from patient_app.guide.when import child_is_added, is_known, logs_in, opens_on_1177
from patient_app.web.languages import N_

_ADULTS = ("under-13", "guardian-13-17", "other-adult")

PROBLEMS = (
    Problem("cannot-start", N_("Besöket startar inte"), "visit", technical=True),
    Problem("button-dead", N_("Knappen gör ingenting"), "visit", is_known, technical=True),
    Problem(
        "no-contact",
        N_("Vi är inne men ser eller hör ingen"),
        "visit",
        technical=True,
        titles={"13-17": N_("Jag är inne men ser eller hör ingen")},
    ),
    Problem("sound", N_("Ljudet eller mikrofonen fungerar inte"), "visit", technical=True),
    Problem("picture", N_("Det syns ingen bild"), "visit", technical=True),
    Problem("freezes", N_("Bilden fryser"), "visit", technical=True),
    Problem("dropped", N_("Samtalet bröts"), "visit", technical=True),
    Problem(
        "alone-dropped",
        N_("Samtalet bröts när barnet var ensamt"),
        "visit",
        readers=_ADULTS,
        titles={"guardian-13-17": N_("Samtalet bröts när tonåringen var ensam")},
    ),
    Problem("asked-again", N_("Telefonen frågar om kameran igen"), "visit", technical=True),
    Problem("visit-not-shown", N_("Besöket syns inte"), "way-in", is_known),
    Problem(
        "child-missing", N_("Barnet finns inte på 1177"), "way-in", child_is_added, readers=("under-13",)
    ),
    Problem(
        "cannot-log-in",
        N_("Jag kan inte logga in"),
        "way-in",
        logs_in,
        technical=True,
        titles={"guardian-13-17": N_("Tonåringen kan inte logga in")},
    ),
    Problem(
        "no-eid",
        N_("Jag har ingen e-legitimation"),
        "way-in",
        logs_in,
        titles={"guardian-13-17": N_("Tonåringen har ingen e-legitimation")},
    ),
    Problem(
        "bankid-return",
        N_("Jag hamnade i en annan webbläsare efter inloggningen"),
        "phone",
        opens_on_1177,
        technical=True,
    ),
    Problem("inside-app", N_("Länken öppnades inne i en annan app"), "phone", technical=True),
    Problem(
        "app-instead",
        N_("Vi hittar inte besöket i appen"),
        "phone",
        is_known,
        titles={"13-17": N_("Jag hittar inte besöket i appen")},
    ),
    Problem(
        "cannot-come",
        N_("Vi kan inte komma, eller blir sena"),
        "changed",
        titles={"13-17": N_("Jag kan inte komma, eller blir sen")},
    ),
    Problem("worse", N_("Det blir värre före besöket"), "changed"),
    Problem("wrong-age", N_("Barnet fyller 13 snart"), "changed", readers=("under-13",)),
    Problem("two-places", N_("Vi är på två platser"), "changed", readers=_ADULTS),
    Problem("no-number", N_("Inget svenskt personnummer, eller utomlands"), "changed"),
    Problem("other-service", N_("Det står något annat i brevet"), "changed"),
    Problem("no-device", N_("Ingen enhet, uppkoppling eller lugn plats"), "changed"),
    Problem("own-phone", N_("Barnet har en egen telefon"), "changed", readers=("under-13", "other-adult")),
    Problem(
        "protected",
        N_("Vi har skyddade personuppgifter"),
        "changed",
        titles={"13-17": N_("Jag har skyddade personuppgifter")},
    ),
    Problem(
        "cannot-phone",
        N_("Vi behöver tolk, eller kan inte ringa"),
        "changed",
        titles={"13-17": N_("Jag behöver tolk, eller kan inte ringa")},
    ),
    Problem("someone-called", N_("Någon ringde och bad mig logga in"), "changed"),
    Problem("real-sms", N_("Är sms:et äkta?"), "changed"),
    Problem(
        "in-person",
        N_("Vi vill hellre träffas på plats"),
        "other",
        titles={"13-17": N_("Jag vill hellre träffas på plats")},
    ),
)
PROBLEM_GROUPS = (
    ("visit", N_("I besöket")),
    ("way-in", N_("På väg in")),
    ("phone", N_("I telefonen")),
    ("changed", N_("Något har ändrats")),
    ("other", N_("Något annat")),
)
