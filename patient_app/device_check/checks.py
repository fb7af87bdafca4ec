"""The checks as data: what each is called, how it looks, and what one reads while it runs.

The modules of static/js/device-check/ find the verdict; what it is called and what follows from it stands in
verdicts.py. Every word is in Python, so that each language comes with the translation alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from patient_app.device_check.verdicts import Verdict, rows_of
from patient_app.marks import N_
from patient_app.web.languages import lazy as _l


@dataclass(frozen=True, kw_only=True)
class Check:
    """One check: its id, sign, name, and what the person reads while it runs, by phase."""

    id: str
    icon: str
    name: object
    running: Mapping[str, object] = field(default_factory=dict)
    can_be_skipped: bool = True
    has_meter: bool = False

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """What it may find, with the sentence for each."""
        return rows_of(self.id)


ENVIRONMENT = Check(
    id="environment",
    icon="info",
    name=_l("Webbläsare"),
    can_be_skipped=False,
)
CONNECTION = Check(
    id="connection",
    icon="wifi",
    name=_l("Uppkoppling"),
    running={
        "running": _l("Mäter. Det tar högst 15 sekunder."),
        "mobile": _l("Surfar du på mobildata nu? Då mäter vi med mindre data."),
    },
)
CALL = Check(
    id="call",
    icon="phone",
    name=_l("Videosamtal"),
    running={"running": _l("Enheten ringer sig själv med en ritad bild. Inget skickas ut.")},
)
WINDOW = Check(
    id="window",
    icon="window",
    name=_l("Nytt fönster"),
    can_be_skipped=False,
)
CAMERA = Check(
    id="camera",
    icon="camera",
    name=_l("Kamera"),
    running={"running": _l("Tryck Tillåt om telefonen frågar. Sedan tittar vi på bilden.")},
)
LIGHT = Check(
    id="light",
    icon="light",
    name=_l("Ljus"),
    running={"running": _l("Tittar på ljuset.")},
)
MICROPHONE = Check(
    id="microphone",
    icon="mic",
    name=_l("Mikrofon"),
    has_meter=True,
    running={
        "quiet": _l("Var tyst ett litet tag."),
        "talk": _l(
            "Prata högt, vad som helst. Till exempel: «Hej, nu testar vi ljudet. Hör du mig? Då är vi klara "
            "för besöket.»"
        ),
    },
)
SPEAKER = Check(
    id="speaker",
    icon="speaker",
    name=_l("Högtalare"),
    running={"ask": _l("Hörde du två toner?"), "tap": _l("Tryck Spela ljudet. Lyssna efter två toner.")},
)

CONNECTION_PAGE = (ENVIRONMENT, CONNECTION, CALL, WINDOW)
CHECKS = (ENVIRONMENT, CONNECTION, CALL, WINDOW, CAMERA, LIGHT, MICROPHONE, SPEAKER)
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
