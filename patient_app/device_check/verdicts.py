"""Every verdict of the device check, one row each: what a `judge` may find, how much it weighs, and all its
words.

Everybody reads it here: the pages (and through their data-* the modules in the browser), the support code's
decoder, the advice to staff, the table in docs/device-check.md. Pure: sentences are msgids, translated where
they are shown. A verdict that a judge returns and that has no row turns a test red, and so does a row that no
judge can return.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from patient_app.marks import N_, S_

Severity = Literal["ok", "skipped", "fix", "stop"]
SEVERITIES: tuple[Severity, ...] = ("ok", "skipped", "fix", "stop")

# What is mended first, the first first. What stops everything goes before what only disturbs; but a page
# inside another app is left before all else.
STAGES = ("browser", "permission", "device", "voice", "speaker", "picture", "age", "line")


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """One row. In comes nothing; out go the words and numbers that everybody else reads.

    `number` is its value in the support code (camera and light share a place; of two rows with one number the
    first gives the meaning; None: the code does not tell). `first` is the recipe of fixes.py that is the
    first thing to do. `means` is for the paper table; `cause` and `say` are what support reads and says where
    the device makes no difference.
    """

    check: str
    id: str
    severity: Severity
    says: str
    number: int | None = None
    stage: str = "browser"
    first: str = ""
    means: str = ""
    cause: str = ""
    say: str = ""

    @property
    def rank(self) -> int:
        """Its place in the order of what is mended first."""
        place = STAGES.index(self.stage)
        return place if place == 0 or self.severity == "stop" else place + len(STAGES)


_NOT_TESTED = N_("Inte testat.")
_QUESTION_WAITS = N_(
    "Webbläsaren har inte svarat. Syns en fråga högst upp eller längst ner på skärmen? Tryck Tillåt."
)
_UNANSWERED = S_(
    "Telefonens fråga om kameran är inte besvarad. Den stängdes, ligger kvar på skärmen, eller kom aldrig: "
    "några webbläsare frågar inte."
)
_ANSWER_IT = S_(
    "Tryck Testa igen. Ser ni en fråga högst upp eller längst ner på skärmen? Tryck Tillåt. Kommer ingen "
    "fråga, öppna sidan i en annan webbläsare."
)
_NOT_ALLOWED = S_("Webbläsaren får inte använda kamera eller mikrofon på sidan.")
_ALLOW = S_("Tryck på tecknet intill adressen. Tillåt Kamera och Mikrofon. Ladda sedan om sidan.")
_CAMERA_STOPPED = S_(
    "Kameran startar inte, eller bilden har stannat. Ofta håller ett samtal eller en annan app i den."
)
_MICROPHONE_STOPPED = S_("Mikrofonen startar inte. Ofta håller ett samtal eller en annan app i den.")
_LET_GO = S_(
    "Avsluta samtal, och stäng andra appar och flikar. Testa igen. Hjälper det inte, starta om enheten."
)

VERDICTS: tuple[Verdict, ...] = (
    # --- environment: the browser itself. Its faults stand at the camera's and the microphone's place. ---
    Verdict(check="environment", id="ok", severity="ok", says=N_("Webbläsaren kan visa bild och ljud.")),
    Verdict(
        check="environment",
        id="in-app",
        severity="fix",
        says=N_(
            "Sidan är öppen inne i en annan app. Där brukar kameran krångla. Öppna sidan i telefonens egen "
            "webbläsare."
        ),
        first="leave-app",
        cause=S_("Sidan är öppen inne i en annan app. Där brukar kameran inte gå att använda."),
        say=S_(
            "Sidan är öppen inne i en annan app. Tryck på de tre prickarna, och välj Öppna i webbläsare "
            "eller Öppna i Chrome. Jag skickar länken igen också."
        ),
    ),
    Verdict(
        check="environment",
        id="old",
        severity="fix",
        stage="age",
        says=N_("Webbläsaren är gammal. Det kan fungera ändå. Uppdatera telefonen om det går."),
        first="update",
        cause=S_("Telefonen eller webbläsaren är gammal. Det kan fungera ändå."),
        say=S_(
            "Uppdatera telefonen eller webbläsaren i dag om det går, inte strax före besöket. Går det inte: "
            "testet här är ändå ett gott tecken."
        ),
    ),
    Verdict(
        check="environment",
        id="missing",
        severity="stop",
        number=16,
        says=N_("Den här webbläsaren kan inte visa din bild."),
        first="newer-browser",
        means=S_("går inte i webbläsaren"),
        cause=S_(
            "Den här webbläsaren kan inte använda kameran. Den är gammal, datorn är spärrad av arbetet eller "
            "skolan, eller så öppnades sidan utan lås (http)."
        ),
        say=S_(
            "Jag skickar länken igen. Öppna den i en annan webbläsare, eller ta en telefon. Är det en dator "
            "från arbetet eller skolan kan den vara spärrad."
        ),
    ),
    Verdict(
        check="environment",
        id="insecure",
        severity="stop",
        number=16,
        says=N_("Sidan kom hit utan lås. Då släpper webbläsaren inte fram kameran."),
        first="padlock",
    ),
    # --- connection: the code tells its classes, not its verdict ---
    Verdict(check="connection", id="good", severity="ok", says=N_("Uppkopplingen är bra, här och nu.")),
    Verdict(
        check="connection",
        id="fair",
        severity="fix",
        stage="line",
        says=N_("Uppkopplingen räcker troligen. Bilden kan hacka ibland."),
        first="better-line",
        cause=S_("Uppkopplingen räcker troligen, men bilden kan hacka."),
        say=S_("Sätt er nära routern, och be andra hemma att vänta med film och spel under besöket."),
    ),
    Verdict(
        check="connection",
        id="poor",
        severity="stop",
        stage="line",
        says=N_("Uppkopplingen är svag, här och nu."),
        first="better-line",
        cause=S_("Uppkopplingen är för svag för video just nu."),
        say=S_(
            "Sätt er nära routern, eller byt mellan wifi och mobildata. Be andra hemma att vänta med film "
            "och spel. Testa igen där ni ska sitta."
        ),
    ),
    Verdict(
        check="connection",
        id="unreachable",
        severity="stop",
        stage="line",
        says=N_("Vi når inte vår egen server. Är du uppkopplad?"),
        first="any-line",
        cause=S_("Testet nådde inte vår server. Telefonen är utan nät, eller så spärrar nätet."),
        say=S_(
            "Slå av flygplansläge. Byt mellan wifi och mobildata. Sitter ni på ett nät på arbetet, skolan "
            "eller ett hotell? Det kan vara spärrat."
        ),
    ),
    Verdict(check="connection", id="skipped", severity="skipped", says=_NOT_TESTED),
    # --- call and window: tried on the first page alone; the code does not tell ---
    Verdict(check="call", id="ok", severity="ok", says=N_("Enheten orkar med ett videosamtal.")),
    Verdict(
        check="call",
        id="slow",
        severity="fix",
        stage="picture",
        says=N_("Enheten orkar inte riktigt med ett videosamtal. Bilden kan hacka."),
        first="lighten",
    ),
    Verdict(check="call", id="skipped", severity="skipped", says=_NOT_TESTED),
    Verdict(check="window", id="ok", severity="ok", says=N_("Webbläsaren kan öppna ett nytt fönster.")),
    Verdict(
        check="window",
        id="blocked",
        severity="fix",
        stage="age",
        says=N_("Webbläsaren spärrade fönstret. I besöket kan det göra att inget händer när du ansluter."),
        first="allow-windows",
    ),
    Verdict(
        check="window",
        id="no-storage",
        severity="fix",
        stage="age",
        says=N_("Webbläsaren sparar ingenting. Videotjänsten kan behöva det."),
        first="allow-storage",
    ),
    # --- camera ---
    Verdict(
        check="camera",
        id="ok",
        severity="ok",
        number=1,
        says=N_("Kameran fungerar."),
        means=S_("fungerar"),
    ),
    Verdict(
        check="camera",
        id="low-resolution",
        severity="fix",
        number=4,
        stage="picture",
        says=N_("Bilden är liten eller hackig. Den går att använda."),
        first="better-picture",
        means=S_("liten eller hackig bild"),
        cause=S_("Bilden är liten eller hackig. Den går att använda."),
        say=S_(
            "Bilden räcker. Vill ni ha den bättre: stäng andra appar och tänd en lampa, eller ta en annan "
            "telefon."
        ),
    ),
    Verdict(
        check="camera",
        id="covered",
        severity="fix",
        number=5,
        stage="picture",
        says=N_("Bilden är svart. Sitter något för kameran?"),
        first="uncover",
        means=S_("täckt, svart bild"),
        cause=S_("Något sitter för kameran."),
        say=S_(
            "Titta efter ett finger, ett skal, en lapp eller ett skjutlock framför kameran. Torka av den."
        ),
    ),
    # A finger, tape, grease, a ceiling: light comes in, but nothing can be told from anything.
    Verdict(
        check="camera",
        id="unclear",
        severity="fix",
        number=5,
        stage="picture",
        says=N_("Bilden är suddig eller tom. Torka av kameran, och rikta den mot er."),
        first="uncover",
    ),
    Verdict(
        check="camera",
        id="frozen",
        severity="stop",
        number=6,
        stage="device",
        says=N_("Bilden har stannat."),
        first="still-picture",
        means=S_("bilden står stilla"),
        cause=S_(
            "Bilden står stilla. På en dator är det ofta ett skjutlock eller en kameraknapp, annars en app "
            "som håller i kameran."
        ),
        say=S_(
            "Är det en dator? Titta efter ett skjutlock eller en knapp för kameran. Stäng andra appar och "
            "program som kan använda kameran. Testa igen. Hjälper det inte, starta om enheten."
        ),
    ),
    Verdict(
        check="camera",
        id="no-frames",
        severity="stop",
        number=6,
        stage="device",
        says=N_("Kameran är på, men det kommer ingen bild."),
        first="still-picture",
    ),
    Verdict(
        check="camera",
        id="waiting",
        severity="stop",
        number=8,
        stage="permission",
        says=_QUESTION_WAITS,
        first="answer",
        means=S_("frågan är obesvarad"),
        cause=_UNANSWERED,
        say=_ANSWER_IT,
    ),
    Verdict(
        check="camera",
        id="refused",
        severity="stop",
        number=9,
        stage="permission",
        says=N_("Webbläsaren fick inte använda kameran."),
        first="allow",
        means=S_("nej till tillåtelse"),
        cause=_NOT_ALLOWED,
        say=_ALLOW,
    ),
    Verdict(
        check="camera",
        id="blocked",
        severity="stop",
        number=10,
        stage="permission",
        says=N_("Kameran är avstängd för webbläsaren."),
        first="allow",
        means=S_("avstängd för webbläsaren"),
        cause=_NOT_ALLOWED,
        say=_ALLOW,
    ),
    Verdict(
        check="camera",
        id="none",
        severity="stop",
        number=11,
        stage="device",
        says=N_("Vi hittar ingen kamera."),
        first="find-camera",
        means=S_("hittas inte"),
        cause=S_(
            "Webbläsaren ser ingen kamera. I en telefon finns den ändå. På en dator kan systemet ha stängt "
            "av den, eller så sitter den inte i."
        ),
        say=S_(
            "Är det en telefon? Öppna sidan i en annan webbläsare, och starta om telefonen. Är det en "
            "dator? Dra ut kameran och sätt i den igen. Sök efter kamera i datorns inställningar och slå "
            "på åtkomst."
        ),
    ),
    Verdict(
        check="camera",
        id="in-use",
        severity="stop",
        number=12,
        stage="device",
        says=N_("Något annat använder kameran just nu."),
        first="let-go-camera",
        means=S_("används av något annat"),
        cause=S_("En annan app eller ett annat program använder kameran."),
        say=S_(
            "Stäng andra appar och program som kan använda kameran, till exempel Teams, Zoom eller FaceTime. "
            "Testa igen. Hjälper det inte, starta om enheten."
        ),
    ),
    Verdict(
        check="camera",
        id="paused",
        severity="stop",
        number=13,
        stage="device",
        says=N_("Kameran är pausad. Pågår ett samtal, eller är den avstängd med en knapp?"),
        first="resume-camera",
        means=S_("pausad"),
        cause=S_("Kameran är pausad, av ett samtal eller av en knapp på enheten."),
        say=S_(
            "Pågår ett samtal? Avsluta det. Har datorn en knapp eller ett skjutlock för kameran? Slå på "
            "den. Testa igen. Hjälper det inte, starta om enheten."
        ),
    ),
    Verdict(
        check="camera",
        id="failed",
        severity="stop",
        number=15,
        stage="device",
        says=N_("Kameran gick inte att starta."),
        first="let-go-camera",
        means=S_("startade inte"),
        cause=_CAMERA_STOPPED,
        say=_LET_GO,
    ),
    Verdict(
        check="camera",
        id="dismissed",
        severity="stop",
        number=18,
        stage="permission",
        says=N_("Frågan om kameran stängdes utan svar."),
        first="answer",
        means=S_("frågan stängdes"),
        cause=_UNANSWERED,
        say=_ANSWER_IT,
    ),
    Verdict(
        check="camera",
        id="skipped",
        severity="skipped",
        number=17,
        says=_NOT_TESTED,
        means=S_("hoppades över"),
    ),
    # --- light: stands at the camera's place when the camera itself is well ---
    Verdict(check="light", id="ok", severity="ok", says=N_("Ljuset räcker.")),
    Verdict(
        check="light",
        id="dark",
        severity="fix",
        number=2,
        stage="picture",
        says=N_("Det ser mörkt ut. Tänd en lampa framför er."),
        first="lamp",
        means=S_("mörkt"),
        cause=S_("Det är mörkt."),
        say=S_("Tänd en lampa framför er, eller sätt er vända mot ett fönster."),
    ),
    Verdict(
        check="light",
        id="backlit",
        severity="fix",
        number=3,
        stage="picture",
        says=N_("Det är ljusare bakom er än framför. Vänd er mot fönstret, eller tänd en lampa framför er."),
        first="turn-round",
        means=S_("motljus"),
        cause=S_("Motljus: det är ljusare bakom dem än framför."),
        say=S_("Kan ni vända er mot fönstret, eller tända en lampa framför er?"),
    ),
    Verdict(
        check="light",
        id="glare",
        severity="fix",
        number=7,
        stage="picture",
        says=N_("Det är mycket starkt ljus i bilden. Vrid er lite, eller dra för gardinen."),
        first="shade",
        means=S_("för starkt ljus"),
        cause=S_("Det är för starkt ljus i bilden."),
        say=S_("Vrid er lite, eller dra för gardinen."),
    ),
    Verdict(check="light", id="skipped", severity="skipped", says=_NOT_TESTED),
    # --- microphone ---
    Verdict(
        check="microphone",
        id="ok",
        severity="ok",
        number=1,
        says=N_("Vi hörde dig bra."),
        means=S_("fungerar"),
    ),
    Verdict(
        check="microphone",
        id="silent",
        severity="stop",
        number=5,
        stage="voice",
        says=N_("Vi hörde ingenting. Är headsetet på ljudlöst? Testa igen, eller gå vidare utan test."),
        first="unmute",
        means=S_("helt tyst"),
        cause=S_(
            "Det kommer inget ljud alls. Ofta är headsetet på ljudlöst eller kopplat till en annan telefon."
        ),
        say=S_(
            "Har headsetet en ljudlös-knapp? Tryck på den, eller dra ut headsetet. Är det trådlöst kan det "
            "vara kopplat till en annan telefon. Testa igen."
        ),
    ),
    Verdict(
        check="microphone",
        id="no-speech",
        severity="fix",
        number=6,
        stage="voice",
        says=N_("Vi hörde inget prat. Tryck Testa igen och prata högt, vad som helst."),
        first="speak-up",
        means=S_("inget prat"),
        cause=S_("Mikrofonen går, men ingen pratade under testet."),
        say=S_("Mikrofonen verkar gå. Tryck Testa igen och prata högt, vad som helst."),
    ),
    Verdict(
        check="microphone",
        id="low",
        severity="fix",
        number=2,
        stage="voice",
        says=N_("Rösten är svag. Sitt närmare, eller prata lite högre."),
        first="speak-up",
        means=S_("svag röst"),
        cause=S_("Rösten är svag. Mikrofonen är långt bort eller täckt."),
        say=S_("Håll telefonen närmare, och täck inte mikrofonen med handen eller skalet."),
    ),
    Verdict(
        check="microphone",
        id="clipping",
        severity="fix",
        number=3,
        stage="voice",
        says=N_("Ljudet är så starkt att det spricker. Flytta mikrofonen lite längre bort."),
        first="move-away",
        means=S_("så starkt att det spricker"),
        cause=S_("Ljudet är så starkt att det spricker."),
        say=S_("Flytta mikrofonen lite längre från munnen."),
    ),
    Verdict(
        check="microphone",
        id="noisy",
        severity="fix",
        number=4,
        stage="voice",
        says=N_("Det låter mycket runt er. Stäng dörren, eller ta ett headset."),
        first="quieter",
        means=S_("bullrigt"),
        cause=S_("Det låter mycket runt familjen."),
        say=S_("Stäng dörren, och stäng av tv, fläkt och musik. Ta ett headset med sladd om ni har ett."),
    ),
    Verdict(
        check="microphone",
        id="engine",
        severity="fix",
        number=7,
        stage="voice",
        says=N_("Ljudmätaren startade inte. Tryck Testa igen. Mikrofonen kan vara hel ändå."),
        first="unmute",
        means=S_("mätaren startade inte"),
        cause=S_("Ljudmätaren startade inte. Mikrofonen kan vara hel."),
        say=S_("Mätaren startade inte, mikrofonen kan vara hel. Tryck Testa igen."),
    ),
    Verdict(
        check="microphone",
        id="waiting",
        severity="stop",
        number=8,
        stage="permission",
        says=_QUESTION_WAITS,
        first="answer",
        means=S_("frågan är obesvarad"),
        cause=_UNANSWERED,
        say=_ANSWER_IT,
    ),
    Verdict(
        check="microphone",
        id="refused",
        severity="stop",
        number=9,
        stage="permission",
        says=N_("Webbläsaren fick inte använda mikrofonen."),
        first="allow",
        means=S_("nej till tillåtelse"),
        cause=_NOT_ALLOWED,
        say=_ALLOW,
    ),
    Verdict(
        check="microphone",
        id="blocked",
        severity="stop",
        number=10,
        stage="permission",
        says=N_("Mikrofonen är avstängd för webbläsaren."),
        first="allow",
        means=S_("avstängd för webbläsaren"),
        cause=_NOT_ALLOWED,
        say=_ALLOW,
    ),
    Verdict(
        check="microphone",
        id="none",
        severity="stop",
        number=11,
        stage="device",
        says=N_("Vi hittar ingen mikrofon."),
        first="find-microphone",
        means=S_("hittas inte"),
        cause=S_(
            "Webbläsaren ser ingen mikrofon. I en telefon finns den ändå. På en dator kan systemet ha "
            "stängt av den, eller så sitter headsetet inte i som det ska."
        ),
        say=S_(
            "Är det en telefon? Öppna sidan i en annan webbläsare, och starta om telefonen. Är det en "
            "dator? Dra ut headsetet och sätt i det igen, eller prova utan. Sök efter mikrofon i datorns "
            "inställningar och slå på åtkomst."
        ),
    ),
    Verdict(
        check="microphone",
        id="in-use",
        severity="stop",
        number=12,
        stage="device",
        says=N_("Något annat använder mikrofonen just nu."),
        first="let-go-microphone",
        means=S_("används av något annat"),
        cause=_MICROPHONE_STOPPED,
        say=_LET_GO,
    ),
    Verdict(
        check="microphone",
        id="paused",
        severity="stop",
        number=13,
        stage="device",
        says=N_("Mikrofonen är pausad. Pågår ett samtal, eller är den avstängd med en knapp?"),
        first="resume-microphone",
        means=S_("pausad"),
        cause=S_("Mikrofonen är pausad, av ett samtal eller av en knapp på datorn eller headsetet."),
        say=S_(
            "Pågår ett samtal? Avsluta det. Har datorn eller headsetet en knapp som stänger av mikrofonen? "
            "Tryck på den. Testa igen."
        ),
    ),
    # Holes in the sound: something else takes the microphone now and then, or a headset loses its contact.
    Verdict(
        check="microphone",
        id="choppy",
        severity="fix",
        number=13,
        stage="voice",
        says=N_("Ljudet hackar. Prova utan headset, eller stäng andra appar."),
        first="let-go-microphone",
    ),
    Verdict(
        check="microphone",
        id="failed",
        severity="stop",
        number=15,
        stage="device",
        says=N_("Mikrofonen gick inte att starta."),
        first="let-go-microphone",
        means=S_("startade inte"),
        cause=_MICROPHONE_STOPPED,
        say=_LET_GO,
    ),
    Verdict(
        check="microphone",
        id="dismissed",
        severity="stop",
        number=18,
        stage="permission",
        says=N_("Frågan om mikrofonen stängdes utan svar."),
        first="answer",
        means=S_("frågan stängdes"),
        cause=_UNANSWERED,
        say=_ANSWER_IT,
    ),
    Verdict(
        check="microphone",
        id="skipped",
        severity="skipped",
        number=17,
        says=_NOT_TESTED,
        means=S_("hoppades över"),
    ),
    # --- speaker ---
    Verdict(
        check="speaker",
        id="heard",
        severity="ok",
        number=1,
        says=N_("Du hörde ljudet."),
        means=S_("hördes"),
    ),
    Verdict(
        check="speaker",
        id="not-heard",
        severity="fix",
        number=2,
        stage="speaker",
        says=N_("Du hörde inget ljud. Höj volymen, och se om ljudet går till ett headset."),
        first="volume",
        means=S_("hördes inte"),
        cause=S_("De hörde inte ljudet. Volymen är låg, eller så går ljudet till ett headset."),
        say=S_(
            "Höj volymen medan ljudet spelas. Är ett headset kopplat? Koppla bort det, eller sätt det i "
            "öronen."
        ),
    ),
    Verdict(
        check="speaker",
        id="cannot-play",
        severity="fix",
        number=3,
        stage="speaker",
        says=N_("Webbläsaren spelade inte upp ljudet."),
        first="volume",
        means=S_("kunde inte spela"),
        cause=S_("De hörde inte ljudet. Volymen är låg, eller så går ljudet till ett headset."),
        say=S_(
            "Höj volymen medan ljudet spelas. Är ett headset kopplat? Koppla bort det, eller sätt det i "
            "öronen."
        ),
    ),
    # Sound in the earpiece, or low only while the microphone is on: heard, but not well enough.
    Verdict(
        check="speaker",
        id="faint",
        severity="fix",
        number=2,
        stage="speaker",
        says=N_("Ljudet hördes svagt. Höj volymen, eller ta ett headset."),
        first="volume",
    ),
    Verdict(check="speaker", id="skipped", severity="skipped", number=0, says=_NOT_TESTED),
)

# Which checks share a place in the support code.
PLACES = {"camera": ("camera", "light"), "microphone": ("microphone",), "speaker": ("speaker",)}

_BY_NAME = {(row.check, row.id): row for row in VERDICTS}
if len(_BY_NAME) != len(VERDICTS):
    raise ValueError("two rows for one verdict")


def row_of(check: str, id: str) -> Verdict | None:
    """The row of that verdict of that check, or None."""
    return _BY_NAME.get((check, id))


def rows_of(check: str) -> tuple[Verdict, ...]:
    """All rows of a check, in their order."""
    return tuple(row for row in VERDICTS if row.check == check)


def rows_at(place: str) -> Iterator[Verdict]:
    """The rows that give a place of the support code its meanings: of several with one number the first."""
    seen = set()
    for row in VERDICTS:
        if row.check in PLACES[place] and row.number is not None and row.number not in seen:
            seen.add(row.number)
            yield row
