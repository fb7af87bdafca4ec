"""What a support code means, in plain words: every reading, its likely cause, what to say now, and the fix to
send. What a verdict means and what to say about it stands in its row (device_check/verdicts.py).

Data and pure functions. The rules are tried in order; the order is the device check's own (browser,
permission, device, sound, picture, network; what stops everything before what only disturbs), so that staff
and family see the same thing first. static/js/support/code.js tries the same rules on the device, from the
page's own data-when.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from patient_app.codes.support_code import MEANINGS, CodeError, SupportCode, decode
from patient_app.codes.symbols import check_symbol
from patient_app.device_check.verdicts import STAGES, VERDICTS, Verdict, rows_at
from patient_app.web.languages import staff_lazy as _sl

OK, FIX, STOP, NEUTRAL = "ok", "fix", "stop", "neutral"


@dataclass(frozen=True)
class Reading:
    """One value of one field: a few words for it, short enough for the paper table, and how it stands."""

    words: object
    level: str = NEUTRAL


def _found(place: str, others: Mapping[str, Reading]) -> Mapping[str, Reading]:
    """The readings of a place of the code that verdicts give, and these others."""
    return {
        **others,
        **{
            row.id: Reading(_sl(row.means), NEUTRAL if row.severity == "skipped" else row.severity)
            for row in rows_at(place)
            if row.number
        },
    }


_NOT_RUN = {"not-run": Reading(_sl("inte testad"))}
_DEVICE = {
    **_NOT_RUN,
    "constraint": Reading(_sl("klarar inte kravet"), STOP),
    "missing": Reading(_sl("går inte i webbläsaren"), STOP),
    "our-error": Reading(_sl("fel hos oss"), STOP),
}


def _speed(better: str) -> dict[str, Reading]:
    steps = (
        ("0–0,15", STOP),
        ("0,15–0,35", STOP),
        ("0,35–0,7", FIX),
        ("0,7–1,1", better),
        ("1,1–2", OK),
        ("2–5", OK),
        ("5+", OK),
    )
    return {
        "not-run": Reading(_sl("inte mätt")),
        **{f"class-{n}": Reading(f"{words} Mbit/s", level) for n, (words, level) in enumerate(steps, 1)},
    }


READINGS: Mapping[str, Mapping[str, Reading]] = {
    "os": {
        "other": Reading(_sl("annan enhet")),
        "ios": Reading(_sl("iPhone, iPad")),
        "android": Reading("Android"),
        "windows": Reading("Windows"),
        "mac": Reading("Mac"),
        "chromeos": Reading("Chromebook"),
        "linux": Reading("Linux"),
    },
    "age": {
        "unknown": Reading(_sl("okänd ålder")),
        "current": Reading(_sl("aktuell"), OK),
        "old": Reading(_sl("gammal men går"), FIX),
        "too-old": Reading(_sl("för gammal"), STOP),
    },
    "browser": {
        "other": Reading(_sl("annan webbläsare")),
        "safari": Reading("Safari", OK),
        "chrome": Reading("Chrome", OK),
        "edge": Reading("Edge", OK),
        "firefox": Reading("Firefox", OK),
        "samsung": Reading("Samsung Internet", OK),
        "opera": Reading("Opera", OK),
        "other-chromium": Reading(_sl("annan, som Chrome"), OK),
        "home-screen": Reading(_sl("sparad på hemskärmen"), OK),
        "in-facebook": Reading(_sl("inne i Facebook"), FIX),
        "in-messenger": Reading(_sl("inne i Messenger"), FIX),
        "in-instagram": Reading(_sl("inne i Instagram"), FIX),
        "in-snapchat": Reading(_sl("inne i Snapchat"), FIX),
        "in-tiktok": Reading(_sl("inne i TikTok"), FIX),
        "in-linkedin": Reading(_sl("inne i LinkedIn"), FIX),
        "in-x": Reading(_sl("inne i X"), FIX),
        "in-whatsapp": Reading(_sl("inne i WhatsApp"), FIX),
        "in-google": Reading(_sl("inne i Googles app"), FIX),
        "in-line-wechat-telegram": Reading(_sl("inne i Line, WeChat eller Telegram"), FIX),
        "in-mail": Reading(_sl("inne i en mejlapp"), FIX),
        "in-safari-view": Reading(_sl("kanske inne i en app"), NEUTRAL),
        "in-android-view": Reading(_sl("inne i en app"), FIX),
        "in-ios-view": Reading(_sl("inne i en app"), FIX),
    },
    "camera": _found("camera", _DEVICE),
    "microphone": _found("microphone", _DEVICE),
    "speaker": _found("speaker", _NOT_RUN),
    "down": _speed(FIX),
    "net": {
        "unknown": Reading(_sl("okänt nät")),
        "wifi": Reading("wifi"),
        "mobile": Reading(_sl("mobildata")),
        "wired": Reading(_sl("sladd")),
    },
    "up": _speed(OK),
    "udp": {
        "not-run": Reading(_sl("inte mätt")),
        "ok": Reading(_sl("öppet för video"), OK),
        "blocked": Reading(_sl("nätet spärrar en del"), FIX),
        "nothing": Reading(_sl("nätet spärrar video"), STOP),
    },
    "rtt": {
        "not-run": Reading(_sl("inte mätt")),
        "below-50": Reading("0–50 ms", OK),
        "below-100": Reading("50–100 ms", OK),
        "below-150": Reading("100–150 ms", OK),
        "below-300": Reading("150–300 ms", FIX),
        "below-600": Reading("300–600 ms", FIX),
        "600-or-more": Reading("600+ ms", STOP),
        "not-reached": Reading(_sl("nådde inte fram"), STOP),
    },
    "jitter": {
        "not-run": Reading(_sl("inte mätt")),
        "below-30": Reading(_sl("jämnt"), OK),
        "below-100": Reading(_sl("lite ojämnt"), FIX),
        "100-or-lost": Reading(_sl("mycket ojämnt"), FIX),
    },
}

# What each field is called, in the order staff read them: device first, network last.
FIELDS: Mapping[str, object] = {
    "os": _sl("Enhet"),
    "age": _sl("Version"),
    "browser": _sl("Webbläsare"),
    "camera": _sl("Kamera"),
    "microphone": _sl("Mikrofon"),
    "speaker": _sl("Högtalare"),
    "net": _sl("Nät"),
    "down": _sl("Hämtar"),
    "up": _sl("Skickar"),
    "rtt": _sl("Svarstid"),
    "jitter": _sl("Jämnhet"),
    "udp": _sl("Spärrar"),
}

FAULTS: Mapping[str, object] = {
    "clinic": _sl("Koden är hel, men ingen mottagning har den. Be dem läsa den en gång till."),
    "symbol": _sl(
        "Det står ett tecken som aldrig finns i en kod. U finns inte. Be dem läsa en grupp i taget."
    ),
    "length": _sl("Testets kod har nio tecken, brevets fem eller åtta. Be dem läsa en grupp i taget."),
    "check": _sl(
        "Ett tecken är fel eller två har bytt plats. Be dem läsa en grupp i taget, och läs tillbaka."
    ),
    "version": _sl("Koden kommer från en annan version av testet. Be dem ladda om sidan och testa igen."),
    "reserved": _sl(
        "Koden säger något som den här sidan inte känner till. Be dem ladda om sidan och testa igen."
    ),
}

When = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Advice:
    """A likely cause, what to say now word for word, and the fix to send. `when`: alternatives, each field in
    its ids.

    Of the advice in one `group` only the first that fits is given. `last` is given only when nothing else is.
    """

    id: str
    group: str
    when: tuple[When, ...]
    cause: object
    say: object
    fix: str
    last: bool = False

    def fits(self, meanings: Mapping[str, str]) -> bool:
        """Whether one of the alternatives holds for the meanings of a code's fields."""
        return any(all(meanings[field] in ids for field, ids in one.items()) for one in self.when)

    @property
    def condition(self) -> str:
        """`when` as the numbers of the code, for data-when: "camera=9,10;os=1|microphone=9,10;os=1"."""
        return "|".join(
            ";".join(
                f"{field}={','.join(str(number) for number, id in MEANINGS[field].items() if id in ids)}"
                for field, ids in one.items()
            )
            for one in self.when
        )


IN_APP = tuple(
    id for id, reading in READINGS["browser"].items() if id.startswith("in-") and reading.level == FIX
)
_OUTSIDE = tuple(id for id in READINGS["browser"] if id not in IN_APP)
_NOT_ALLOWED = ("refused", "blocked")
_COMPUTERS = ("windows", "mac", "chromeos", "linux", "other")


def _either(ids: tuple[str, ...], **also: tuple[str, ...]) -> tuple[When, ...]:
    return {"camera": ids, **also}, {"microphone": ids, **also}


# Where the words depend on the device. Everything else comes from the rows of verdicts.py.
_BY_DEVICE: tuple[Advice, ...] = (
    Advice(
        "in-app-ios",
        "browser",
        ({"browser": IN_APP, "os": ("ios",)},),
        _sl("Sidan är öppen inne i en annan app. Där brukar kameran inte gå att använda."),
        _sl(
            "Sidan är öppen inne i en annan app. Tryck på de tre prickarna eller dela-tecknet, och välj "
            "Öppna i Safari. Jag skickar länken igen också."
        ),
        "help/inside-app",
    ),
    Advice(
        "missing-ios",
        "browser",
        _either(("missing",), os=("ios",), browser=_OUTSIDE),
        _sl(
            "Den här webbläsaren kan inte använda kameran. Telefonen är gammal, sidan är inte öppen i "
            "Safari, telefonen är i låst läge, eller så öppnades sidan utan lås (http)."
        ),
        _sl(
            "Jag skickar länken igen. Öppna den i Safari. Är det redan Safari? Uppdatera telefonen, eller ta "
            "en nyare telefon, surfplatta eller dator."
        ),
        "check/fix/environment-missing#iphone-safari",
    ),
    Advice(
        "missing-android",
        "browser",
        _either(("missing",), os=("android",), browser=_OUTSIDE),
        _sl(
            "Den här webbläsaren kan inte använda kameran. Den är gammal eller ovanlig, eller så öppnades "
            "sidan utan lås (http)."
        ),
        _sl(
            "Jag skickar länken igen. Öppna den i Chrome. Är det redan Chrome? Uppdatera Chrome i Play "
            "Butik, eller ta en nyare telefon, surfplatta eller dator."
        ),
        "check/fix/environment-missing#android-chrome",
    ),
    Advice(
        "not-allowed-ios-safari",
        "permission",
        _either(_NOT_ALLOWED, os=("ios",), browser=("safari", "home-screen", "in-safari-view")),
        _sl("Safari får inte använda kamera eller mikrofon på sidan."),
        _sl(
            "Tryck på tecknet intill adressen, det ser ut som aA eller en liten sida. Välj "
            "Webbplatsinställningar. Sätt Kamera och Mikrofon på Tillåt. Ladda sedan om sidan."
        ),
        "check/fix/camera-refused#iphone-safari",
    ),
    Advice(
        "not-allowed-ios-other",
        "permission",
        _either(_NOT_ALLOWED, os=("ios",), browser=_OUTSIDE),
        _sl("Telefonen släpper inte fram kameran till den webbläsaren."),
        _sl(
            "Öppna telefonens Inställningar och sök efter webbläsarens namn. Slå på Kamera och Mikrofon. "
            "Enklast är kanske att öppna länken i Safari."
        ),
        "check/fix/camera-refused#iphone-other",
    ),
    Advice(
        "not-allowed-android-samsung",
        "permission",
        _either(_NOT_ALLOWED, os=("android",), browser=("samsung",)),
        _sl("Samsung Internet får inte använda kamera eller mikrofon."),
        _sl(
            "Öppna telefonens Inställningar, Appar, Samsung Internet, Behörigheter. Tillåt Kamera och "
            "Mikrofon. Ladda sedan om sidan."
        ),
        "check/fix/camera-refused#android-samsung",
    ),
    Advice(
        "not-allowed-android-firefox",
        "permission",
        _either(_NOT_ALLOWED, os=("android",), browser=("firefox",)),
        _sl("Firefox får inte använda kamera eller mikrofon på sidan."),
        _sl("Tryck på hänglåset intill adressen. Tillåt Kamera och Mikrofon. Ladda sedan om sidan."),
        "check/fix/camera-refused#android-firefox",
    ),
    Advice(
        "not-allowed-android",
        "permission",
        _either(_NOT_ALLOWED, os=("android",), browser=_OUTSIDE),
        _sl("Webbläsaren får inte använda kamera eller mikrofon på sidan."),
        _sl(
            "Tryck på tecknet till vänster om adressen. Välj Behörigheter. Sätt Kamera och Mikrofon på "
            "Tillåt. Ladda sedan om sidan."
        ),
        "check/fix/camera-refused#android-chrome",
    ),
    Advice(
        "not-allowed-windows",
        "permission",
        _either(_NOT_ALLOWED, os=("windows",), browser=_OUTSIDE),
        _sl("Webbläsaren eller Windows släpper inte fram kamera eller mikrofon."),
        _sl(
            "Tryck på kameran eller tecknet intill adressen, och tillåt. Hjälper det inte? Öppna Windows "
            "Inställningar, sök efter kamera, och slå på åtkomst. Gör likadant med mikrofon."
        ),
        "check/fix/camera-refused#windows",
    ),
    Advice(
        "not-allowed-mac",
        "permission",
        _either(_NOT_ALLOWED, os=("mac",), browser=_OUTSIDE),
        _sl("Webbläsaren eller datorn släpper inte fram kamera eller mikrofon."),
        _sl(
            "Tryck på tecknet intill adressen, och tillåt. Hjälper det inte? Öppna Systeminställningar, "
            "Integritet och säkerhet, Kamera, och slå på webbläsaren. Avsluta den sedan helt och öppna den "
            "igen."
        ),
        "check/fix/camera-refused#mac",
    ),
    Advice(
        "our-error",
        "ours",
        _either(("our-error",)),
        _sl("Felet ligger i vårt test, inte hos familjen."),
        _sl(
            "Det är fel i vårt test, inte hos er. Ladda om sidan och testa en gång till. Det säger inget om "
            "själva besöket."
        ),
        "check",
    ),
)

# Verdicts that the code tells by other fields than the one of their check.
_TOLD_BY: Mapping[str, tuple[When, ...]] = {
    "environment-in-app": ({"browser": IN_APP},),
    "environment-missing": _either(("missing",), browser=_OUTSIDE),
    "environment-old": ({"age": ("old", "too-old")},),
    "connection-unreachable": ({"rtt": ("not-reached",)},),
    "connection-poor": (
        {"down": ("class-1", "class-2")},
        {"up": ("class-1", "class-2")},
        {"rtt": ("600-or-more",)},
    ),
    "connection-fair": (
        {"down": ("class-3", "class-4")},
        {"up": ("class-3",)},
        {"rtt": ("below-300", "below-600")},
        {"jitter": ("below-100", "100-or-lost")},
        {"udp": ("blocked", "nothing")},
    ),
}
# What is sent where the fix of the verdict itself is not enough to find the device's own steps.
_SENDS = {
    "environment-in-app": "help/inside-app",
    "environment-missing": "check/fix/environment-missing#windows",
    "camera-refused": "check/fix/camera-refused#other",
}


def _when(row: Verdict) -> tuple[When, ...]:
    """How the code says that verdict."""
    place = "camera" if row.check == "light" else row.check
    ids = (row.id, "constraint") if row.id == "failed" else (row.id,)
    also = {"browser": _OUTSIDE} if row.first == "allow" else {}
    return _TOLD_BY.get(f"{row.check}-{row.id}", ({place: ids, **also},))


def _group(row: Verdict) -> str:
    """Of the advice in one group only the first is given: one a check, but permission is one for both."""
    if row.stage == "permission":
        return row.stage
    return {"light": "camera", "environment": "browser"}.get(row.check, row.check)


def _from_rows() -> list[tuple[int, Advice]]:
    """One advice for all rows with the same words, each with its place in the order of what is mended."""
    found: dict[tuple[str, str, str], Advice] = {}
    ranks: dict[str, int] = {}
    for row in sorted(VERDICTS, key=lambda row: row.rank):
        if row.say:  # what the code does not tell has none
            name, group = f"{row.check}-{row.id}", _group(row)
            same = found.get((group, row.cause, row.say))
            ranks.setdefault(name, row.rank)
            found[group, row.cause, row.say] = Advice(
                same.id if same else name,
                group,
                (*same.when, *_when(row)) if same else _when(row),
                _sl(row.cause),
                _sl(row.say),
                same.fix if same else _SENDS.get(name, f"check/fix/{name}"),
            )
    return [(ranks[advice.id], advice) for advice in found.values()]


_LAST: tuple[Advice, ...] = (
    Advice(
        "not-finished",
        "rest",
        (*_either(("not-run", "skipped")), {"speaker": ("not-run",)}, {"down": ("not-run",)}),
        _sl("Inget fel syns, men allt är inte testat."),
        _sl("Det ni har testat fungerar. Vill ni testa resten också? Tryck på Testa igen."),
        "check",
        last=True,
    ),
    Advice(
        "all-well",
        "rest",
        ({},),
        _sl(
            "Allt fungerade på den enheten när de testade. Då är det något annat: inloggningen, tiden eller "
            "vår sida."
        ),
        _sl("Er telefon klarar bild och ljud. Berätta vad ni ser på skärmen nu, så tar vi det därifrån."),
        "help",
        last=True,
    ),
)


_RANKS = {"browser": 0, "permission": STAGES.index("permission"), "ours": STAGES.index("device")}

# The order of the check; the device's own words before the general ones of the same group.
ADVICE: tuple[Advice, ...] = (
    *(
        advice
        for _rank, advice in sorted(
            [*((_RANKS[advice.group], advice) for advice in _BY_DEVICE), *_from_rows()],
            key=lambda ranked: ranked[0],
        )
    ),
    *_LAST,
)


def meanings(code: SupportCode) -> dict[str, str]:
    """Every field of a code by the stable id of what it says."""
    return {field: code.meaning(field) for field in READINGS}


def advise(code: SupportCode) -> list[Advice]:
    """What to do about a code, the first thing first; never empty."""
    said = meanings(code)
    chosen: dict[str, Advice] = {}
    for advice in ADVICE:
        if advice.group not in chosen and not (advice.last and chosen) and advice.fits(said):
            chosen[advice.group] = advice
    return list(chosen.values())


def readings(code: SupportCode) -> list[tuple[object, Reading]]:
    """Every field's name and what it says, in the order staff read them."""
    said = meanings(code)
    return [(name, READINGS[field][said[field]]) for field, name in FIELDS.items()]


def summary(code: SupportCode) -> str:
    """One line for a ticket: the kind of device, its browser, and what is not well. static/js/support/code.js
    makes the same of the page's own words."""
    said = meanings(code)
    found = {field: READINGS[field][said[field]] for field in FIELDS}
    kind = [str(found[field].words) for field in ("os", "browser")]
    wrong = [
        f"{name}: {found[field].words}"
        for field, name in FIELDS.items()
        if field not in ("os", "browser") and found[field].level in (FIX, STOP)
    ]
    return ", ".join([*kind, *wrong])


# What each of the first eight places of a code holds.
PLACES = (
    ("speaker",),
    ("os", "age"),
    ("browser",),
    ("camera",),
    ("microphone",),
    ("down", "net"),
    ("up", "udp"),
    ("rtt", "jitter"),
)
COLUMNS = tuple(FIELDS[fields[0]] for fields in PLACES)
_BARE = "40000000"  # version 1, nothing run


def words_at(place: int, symbol: str) -> list[object]:
    """What one symbol says at one of the first eight places; empty when it says nothing there."""
    data = _BARE[:place] + symbol + _BARE[place + 1 :]
    try:
        said = meanings(decode(data + check_symbol(data)))
    except CodeError:
        return []
    first, *rest = PLACES[place]
    return [
        READINGS[first][said[first]].words,
        *(READINGS[field][said[field]].words for field in rest if said[field] not in ("not-run", "unknown")),
    ]
