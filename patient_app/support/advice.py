"""What a support code means, in plain words: every reading, its likely cause, what to say now, and the fix to
send.

Data and pure functions. The rules are tried in order; the order is the device check's own (browser,
permission, device, sound, picture, network; what stops everything before what only disturbs), so that staff
and family see the same thing first. static/js/support/code.js tries the same rules on the device, from the
page's own data-when.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from patient_app.codes.support_code import MEANINGS, CodeError, SupportCode, decode
from patient_app.codes.symbols import check_symbol
from patient_app.web.languages import staff_lazy as _sl

OK, FIX, STOP, NEUTRAL = "ok", "fix", "stop", "neutral"


@dataclass(frozen=True)
class Reading:
    """One value of one field: a few words for it, short enough for the paper table, and how it stands."""

    words: object
    level: str = NEUTRAL


def _device(kind: Mapping[str, Reading]) -> dict[str, Reading]:
    return {
        "not-run": Reading(_sl("inte testad")),
        "ok": Reading(_sl("fungerar"), OK),
        **kind,
        "waiting": Reading(_sl("frågan är obesvarad"), STOP),
        "refused": Reading(_sl("nej till tillåtelse"), STOP),
        "blocked": Reading(_sl("avstängd för webbläsaren"), STOP),
        "none": Reading(_sl("hittas inte"), STOP),
        "in-use": Reading(_sl("används av något annat"), STOP),
        "paused": Reading(_sl("pausad"), STOP),
        "constraint": Reading(_sl("klarar inte kravet"), STOP),
        "failed": Reading(_sl("startade inte"), STOP),
        "missing": Reading(_sl("går inte i webbläsaren"), STOP),
        "skipped": Reading(_sl("hoppades över")),
        "dismissed": Reading(_sl("frågan stängdes"), STOP),
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
    "camera": _device(
        {
            "dark": Reading(_sl("mörkt"), FIX),
            "backlit": Reading(_sl("motljus"), FIX),
            "low-resolution": Reading(_sl("liten eller hackig bild"), FIX),
            "covered": Reading(_sl("täckt, svart bild"), FIX),
            "frozen": Reading(_sl("bilden står stilla"), STOP),
            "glare": Reading(_sl("för starkt ljus"), FIX),
        }
    ),
    "microphone": _device(
        {
            "low": Reading(_sl("svag röst"), FIX),
            "clipping": Reading(_sl("så starkt att det spricker"), FIX),
            "noisy": Reading(_sl("bullrigt"), FIX),
            "silent": Reading(_sl("helt tyst"), STOP),
            "no-speech": Reading(_sl("inget prat"), FIX),
            "engine": Reading(_sl("mätaren startade inte"), FIX),
        }
    ),
    "speaker": {
        "not-run": Reading(_sl("inte testad")),
        "heard": Reading(_sl("hördes"), OK),
        "not-heard": Reading(_sl("hördes inte"), FIX),
        "cannot-play": Reading(_sl("kunde inte spela"), FIX),
    },
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
    "symbol": _sl(
        "Det står ett tecken som aldrig finns i en kod. U finns inte. Be dem läsa en grupp i taget."
    ),
    "length": _sl("En kod har nio tecken, tre och tre. Be dem läsa en grupp i taget."),
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


ADVICE: tuple[Advice, ...] = (
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
        "in-app-android",
        "browser",
        ({"browser": IN_APP},),
        _sl("Sidan är öppen inne i en annan app. Där brukar kameran inte gå att använda."),
        _sl(
            "Sidan är öppen inne i en annan app. Tryck på de tre prickarna, och välj Öppna i webbläsare "
            "eller Öppna i Chrome. Jag skickar länken igen också."
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
        "missing-computer",
        "browser",
        _either(("missing",), os=_COMPUTERS, browser=_OUTSIDE),
        _sl(
            "Den här webbläsaren kan inte använda kameran. Den är gammal, datorn är spärrad av arbetet eller "
            "skolan, eller så öppnades sidan utan lås (http)."
        ),
        _sl(
            "Jag skickar länken igen. Öppna den i en annan webbläsare, eller ta en telefon. Är det en dator "
            "från arbetet eller skolan kan den vara spärrad."
        ),
        "check/fix/environment-missing#windows",
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
        "not-allowed-other",
        "permission",
        _either(_NOT_ALLOWED, browser=_OUTSIDE),
        _sl("Webbläsaren får inte använda kamera eller mikrofon på sidan."),
        _sl("Tryck på tecknet intill adressen. Tillåt Kamera och Mikrofon. Ladda sedan om sidan."),
        "check/fix/camera-refused#other",
    ),
    Advice(
        "unanswered",
        "permission",
        _either(("waiting", "dismissed")),
        _sl("Telefonens fråga om kameran är inte besvarad. Den stängdes, eller ligger kvar på skärmen."),
        _sl("Tryck Testa igen. Det kommer en fråga högst upp eller längst ner på skärmen. Tryck Tillåt."),
        "check/fix/camera-dismissed",
    ),
    Advice(
        "no-camera",
        "camera",
        ({"camera": ("none",)},),
        _sl("Enheten har ingen kamera, eller så sitter den inte i."),
        _sl(
            "Sitter kameran i en sladd? Dra ut den och sätt i den igen. Har datorn ett skjutlock eller en "
            "knapp för kameran? Annars: ta en telefon eller surfplatta."
        ),
        "check/fix/camera-none",
    ),
    Advice(
        "camera-in-use",
        "camera",
        ({"camera": ("in-use",)},),
        _sl("En annan app eller ett annat program använder kameran."),
        _sl(
            "Stäng andra appar och program som kan använda kameran, till exempel Teams, Zoom eller FaceTime. "
            "Testa igen. Hjälper det inte, starta om enheten."
        ),
        "check/fix/camera-in-use",
    ),
    Advice(
        "camera-stopped",
        "camera",
        ({"camera": ("frozen", "paused", "failed", "constraint")},),
        _sl(
            "Kameran startar inte, eller bilden har stannat. Ofta håller ett samtal eller en annan app i den."
        ),
        _sl(
            "Avsluta samtal, och stäng andra appar och flikar. Testa igen. Hjälper det inte, starta om "
            "enheten."
        ),
        "check/fix/camera-failed",
    ),
    Advice(
        "our-error",
        "camera",
        _either(("our-error",)),
        _sl("Felet ligger i vårt test, inte hos familjen."),
        _sl(
            "Det är fel i vårt test, inte hos er. Ladda om sidan och testa en gång till. Det säger inget om "
            "själva besöket."
        ),
        "check",
    ),
    Advice(
        "no-microphone",
        "microphone",
        ({"microphone": ("none",)},),
        _sl("Enheten har ingen mikrofon, eller så sitter headsetet inte i som det ska."),
        _sl(
            "Dra ut headsetet och sätt i det igen, eller prova utan. Finns ingen mikrofon? Ta en telefon "
            "eller surfplatta."
        ),
        "check/fix/microphone-none",
    ),
    Advice(
        "microphone-stopped",
        "microphone",
        ({"microphone": ("in-use", "paused", "failed", "constraint")},),
        _sl("Mikrofonen startar inte. Ofta håller ett samtal eller en annan app i den."),
        _sl(
            "Avsluta samtal, och stäng andra appar och flikar. Testa igen. Hjälper det inte, starta om "
            "enheten."
        ),
        "check/fix/microphone-in-use",
    ),
    Advice(
        "silent",
        "microphone",
        ({"microphone": ("silent",)},),
        _sl("Det kommer inget ljud alls. Ofta är headsetet på ljudlöst eller kopplat till en annan telefon."),
        _sl(
            "Har headsetet en ljudlös-knapp? Tryck på den, eller dra ut headsetet. Är det trådlöst kan det "
            "vara kopplat till en annan telefon. Testa igen."
        ),
        "check/fix/microphone-silent",
    ),
    Advice(
        "unreachable",
        "connection",
        ({"rtt": ("not-reached",)},),
        _sl("Testet nådde inte vår server. Telefonen är utan nät, eller så spärrar nätet."),
        _sl(
            "Slå av flygplansläge. Byt mellan wifi och mobildata. Sitter ni på ett nät på arbetet, skolan "
            "eller ett hotell? Det kan vara spärrat."
        ),
        "check/fix/connection-unreachable",
    ),
    Advice(
        "poor",
        "connection",
        ({"down": ("class-1", "class-2")}, {"up": ("class-1", "class-2")}, {"rtt": ("600-or-more",)}),
        _sl("Uppkopplingen är för svag för video just nu."),
        _sl(
            "Sätt er nära routern, eller byt mellan wifi och mobildata. Be andra hemma att vänta med film "
            "och spel. Testa igen där ni ska sitta."
        ),
        "check/fix/connection-poor",
    ),
    Advice(
        "no-speech",
        "microphone",
        ({"microphone": ("no-speech",)},),
        _sl("Mikrofonen går, men ingen pratade under testet."),
        _sl("Mikrofonen verkar gå. Tryck Testa igen och läs meningen högt."),
        "check/fix/microphone-no-speech",
    ),
    Advice(
        "low",
        "microphone",
        ({"microphone": ("low",)},),
        _sl("Rösten är svag. Mikrofonen är långt bort eller täckt."),
        _sl("Håll telefonen närmare, och täck inte mikrofonen med handen eller skalet."),
        "check/fix/microphone-low",
    ),
    Advice(
        "clipping",
        "microphone",
        ({"microphone": ("clipping",)},),
        _sl("Ljudet är så starkt att det spricker."),
        _sl("Flytta mikrofonen lite längre från munnen."),
        "check/fix/microphone-clipping",
    ),
    Advice(
        "noisy",
        "microphone",
        ({"microphone": ("noisy",)},),
        _sl("Det låter mycket runt familjen."),
        _sl("Stäng dörren, och stäng av tv, fläkt och musik. Ta ett headset med sladd om ni har ett."),
        "check/fix/microphone-noisy",
    ),
    Advice(
        "engine",
        "microphone",
        ({"microphone": ("engine",)},),
        _sl("Ljudmätaren startade inte. Mikrofonen kan vara hel."),
        _sl("Mätaren startade inte, mikrofonen kan vara hel. Tryck Testa igen."),
        "check/fix/microphone-engine",
    ),
    Advice(
        "speaker",
        "speaker",
        ({"speaker": ("not-heard", "cannot-play")},),
        _sl("De hörde inte ljudet. Volymen är låg, eller så går ljudet till ett headset."),
        _sl(
            "Höj volymen medan ljudet spelas. Är ett headset kopplat? Koppla bort det, eller sätt det i "
            "öronen."
        ),
        "check/fix/speaker-not-heard",
    ),
    Advice(
        "covered",
        "camera",
        ({"camera": ("covered",)},),
        _sl("Något sitter för kameran."),
        _sl("Titta efter ett finger, ett skal, en lapp eller ett skjutlock framför kameran. Torka av den."),
        "check/fix/camera-covered",
    ),
    Advice(
        "backlit",
        "camera",
        ({"camera": ("backlit",)},),
        _sl("Motljus: det är ljusare bakom dem än framför."),
        _sl("Kan ni vända er mot fönstret, eller tända en lampa framför er?"),
        "check/fix/light-backlit",
    ),
    Advice(
        "dark",
        "camera",
        ({"camera": ("dark",)},),
        _sl("Det är mörkt."),
        _sl("Tänd en lampa framför er, eller sätt er vända mot ett fönster."),
        "check/fix/light-dark",
    ),
    Advice(
        "glare",
        "camera",
        ({"camera": ("glare",)},),
        _sl("Det är för starkt ljus i bilden."),
        _sl("Vrid er lite, eller dra för gardinen."),
        "check/fix/light-glare",
    ),
    Advice(
        "low-resolution",
        "camera",
        ({"camera": ("low-resolution",)},),
        _sl("Bilden är liten eller hackig. Den går att använda."),
        _sl(
            "Bilden räcker. Vill ni ha den bättre: stäng andra appar och tänd en lampa, eller ta en annan "
            "telefon."
        ),
        "check/fix/camera-low-resolution",
    ),
    Advice(
        "old",
        "browser",
        ({"age": ("old", "too-old")},),
        _sl("Telefonen eller webbläsaren är gammal. Det kan fungera ändå."),
        _sl(
            "Uppdatera telefonen eller webbläsaren i dag om det går, inte strax före besöket. Går det inte: "
            "testet här är ändå ett gott tecken."
        ),
        "check/fix/environment-old",
    ),
    Advice(
        "fair",
        "connection",
        (
            {"down": ("class-3", "class-4")},
            {"up": ("class-3",)},
            {"rtt": ("below-300", "below-600")},
            {"jitter": ("below-100", "100-or-lost")},
            {"udp": ("blocked", "nothing")},
        ),
        _sl("Uppkopplingen räcker troligen, men bilden kan hacka."),
        _sl("Sätt er nära routern, och be andra hemma att vänta med film och spel under besöket."),
        "check/fix/connection-fair",
    ),
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
            "Allt fungerade på den enheten när de testade. Då är det något annat: inloggningen, tiden på "
            "1177, eller vår sida."
        ),
        _sl("Er telefon klarar bild och ljud. Berätta vad ni ser på skärmen nu, så tar vi det därifrån."),
        "help",
        last=True,
    ),
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
