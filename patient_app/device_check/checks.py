"""The checks as data: what each is called, how it looks, and the sentence for every verdict (style.md 7).

The modules of static/js/device-check/ find the verdict; every word a person reads about it stands here, so
that each language comes with the translation alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from patient_app.web.languages import N_
from patient_app.web.languages import lazy as _l


@dataclass(frozen=True, kw_only=True)
class Check:
    """One check: its id, sign, name, a sentence for each verdict, and what the person reads while it runs, by
    phase."""

    id: str
    icon: str
    name: object
    says: Mapping[str, object]
    running: Mapping[str, object] = field(default_factory=dict)
    can_be_skipped: bool = True
    has_meter: bool = False


_SKIPPED = _l("Inte testat.")

ENVIRONMENT = Check(
    id="environment",
    icon="info",
    name=_l("Webbläsare"),
    can_be_skipped=False,
    says={
        "ok": _l("Webbläsaren kan visa bild och ljud."),
        "in-app": _l(
            "Sidan är öppen inne i en annan app. Där brukar kameran krångla. Öppna sidan i telefonens egen "
            "webbläsare."
        ),
        "old": _l("Webbläsaren är gammal. Det kan fungera ändå. Uppdatera telefonen om det går."),
        "insecure": _l("Sidan kom hit utan lås. Då släpper webbläsaren inte fram kameran."),
        "missing": _l("Den här webbläsaren kan inte visa din bild."),
    },
)
CONNECTION = Check(
    id="connection",
    icon="wifi",
    name=_l("Uppkoppling"),
    running={
        "running": _l("Mäter. Det tar högst 15 sekunder."),
        "mobile": _l("Surfar du på mobildata nu? Då mäter vi med mindre data."),
    },
    says={
        "good": _l("Uppkopplingen är bra, här och nu."),
        "fair": _l("Uppkopplingen räcker troligen. Bilden kan hacka ibland."),
        "poor": _l("Uppkopplingen är svag, här och nu."),
        "unreachable": _l("Vi når inte vår egen server. Är du uppkopplad?"),
        "skipped": _SKIPPED,
    },
)
CAMERA = Check(
    id="camera",
    icon="camera",
    name=_l("Kamera"),
    running={"running": _l("Tryck Tillåt om telefonen frågar. Sedan tittar vi på bilden.")},
    says={
        "ok": _l("Kameran fungerar."),
        "no-frames": _l("Kameran är på, men det kommer ingen bild."),
        "frozen": _l("Bilden har stannat."),
        "paused": _l("Kameran är pausad. Pågår ett samtal?"),
        "covered": _l("Bilden är svart. Sitter något för kameran?"),
        "low-resolution": _l("Bilden är liten eller hackig. Den går att använda."),
        "refused": _l("Webbläsaren fick inte använda kameran."),
        "blocked": _l("Kameran är avstängd för webbläsaren."),
        "dismissed": _l("Frågan om kameran stängdes utan svar."),
        "waiting": _l("En fråga väntar på skärmen. Titta högst upp eller längst ner, och tryck Tillåt."),
        "none": _l("Vi hittar ingen kamera."),
        "in-use": _l("Något annat använder kameran just nu."),
        "failed": _l("Kameran gick inte att starta."),
        "skipped": _SKIPPED,
    },
)
LIGHT = Check(
    id="light",
    icon="light",
    name=_l("Ljus"),
    running={"running": _l("Tittar på ljuset.")},
    says={
        "ok": _l("Ljuset räcker."),
        "dark": _l("Det ser mörkt ut. Tänd en lampa framför er."),
        "backlit": _l(
            "Det är ljusare bakom er än framför. Vänd er mot fönstret, eller tänd en lampa framför er."
        ),
        "glare": _l("Det är mycket starkt ljus i bilden. Vrid er lite, eller dra för gardinen."),
        "skipped": _SKIPPED,
    },
)
MICROPHONE = Check(
    id="microphone",
    icon="mic",
    name=_l("Mikrofon"),
    has_meter=True,
    running={
        "quiet": _l("Var tyst ett litet tag."),
        "talk": _l("Läs högt: «Hej, nu testar vi ljudet. Hör du mig? Då är vi klara för besöket.»"),
    },
    says={
        "ok": _l("Vi hörde dig bra."),
        "low": _l("Rösten är svag. Sitt närmare, eller prata lite högre."),
        "clipping": _l("Ljudet är så starkt att det spricker. Flytta mikrofonen lite längre bort."),
        "noisy": _l("Det låter mycket runt er. Stäng dörren, eller ta ett headset."),
        "silent": _l("Vi hörde ingenting. Är headsetet på ljudlöst? Testa igen, eller gå vidare utan test."),
        "no-speech": _l("Vi hörde inget prat. Tryck Testa igen och läs meningen högt."),
        "engine": _l("Ljudmätaren startade inte. Tryck Testa igen. Mikrofonen kan vara hel ändå."),
        "paused": _l("Mikrofonen är pausad. Pågår ett samtal?"),
        "refused": _l("Webbläsaren fick inte använda mikrofonen."),
        "blocked": _l("Mikrofonen är avstängd för webbläsaren."),
        "dismissed": _l("Frågan om mikrofonen stängdes utan svar."),
        "waiting": _l("En fråga väntar på skärmen. Titta högst upp eller längst ner, och tryck Tillåt."),
        "none": _l("Vi hittar ingen mikrofon."),
        "in-use": _l("Något annat använder mikrofonen just nu."),
        "failed": _l("Mikrofonen gick inte att starta."),
        "skipped": _SKIPPED,
    },
)
SPEAKER = Check(
    id="speaker",
    icon="speaker",
    name=_l("Högtalare"),
    running={"ask": _l("Hörde du två toner?"), "tap": _l("Tryck Spela ljudet. Lyssna efter två toner.")},
    says={
        "heard": _l("Du hörde ljudet."),
        "not-heard": _l("Du hörde inget ljud. Höj volymen, och se om ljudet går till ett headset."),
        "cannot-play": _l("Webbläsaren spelade inte upp ljudet."),
        "skipped": _SKIPPED,
    },
)

CONNECTION_PAGE = (ENVIRONMENT, CONNECTION)
CAMERA_PAGE = (ENVIRONMENT, CAMERA, LIGHT, MICROPHONE, SPEAKER, CONNECTION)

# How one says a symbol on the phone. Digits are said as numbers.
# Translators: the spelling alphabet people use on the phone in your language, one word for each Latin letter.
_WORDS = (
    N_("noll"),
    N_("ett"),
    N_("två"),
    N_("tre"),
    N_("fyra"),
    N_("fem"),
    N_("sex"),
    N_("sju"),
    N_("åtta"),
    N_("nio"),
    N_("Adam"),
    N_("Bertil"),
    N_("Cesar"),
    N_("David"),
    N_("Erik"),
    N_("Filip"),
    N_("Gustav"),
    N_("Helge"),
    N_("Johan"),
    N_("Kalle"),
    N_("Martin"),
    N_("Niklas"),
    N_("Petter"),
    N_("Qvintus"),
    N_("Rudolf"),
    N_("Sigurd"),
    N_("Tore"),
    N_("Viktor"),
    N_("Wilhelm"),
    N_("Xerxes"),
    N_("Yngve"),
    N_("Zäta"),
)
SPELLING: Mapping[str, object] = dict(zip("0123456789ABCDEFGHJKMNPQRSTVWXYZ", map(_l, _WORDS), strict=True))
