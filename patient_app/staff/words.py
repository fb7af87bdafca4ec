"""Staff. The words of the room's forms: every setting with its help, its choices, and every reason why a
value is refused."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from patient_app.clinics.settings import SETTINGS
from patient_app.problem import Problem
from patient_app.web.languages import staff_gettext as _s
from patient_app.web.languages import staff_lazy as _sl

GROUPS: Mapping[str, Any] = MappingProxyType(
    {
        "contact": _sl("Kontakt och plan B"),
        "way-in": _sl("Vägen in"),
        "who": _sl("Vilka som är med"),
        "platform": _sl("Videotjänsten"),
        "promises": _sl("Det ni lovar om videotjänsten"),
        "messages": _sl("Pengar, brev och påminnelser"),
    }
)


@dataclass(frozen=True)
class Words:
    """What a setting is called, what it does to the family's page, and what each choice means."""

    label: Any
    help: Any
    choices: Mapping[str, Any] = field(default_factory=dict)


_YES = _sl("Ja")
_NO = _sl("Nej")


def _translated(words: str) -> Any:
    """A setting's words, which stand in its own row (clinics/settings.py), in the reader's language."""
    return _sl(words)


SETTINGS_WORDS: Mapping[str, Words] = MappingProxyType(
    {
        name: Words(
            _translated(spec.metadata["label"]),
            _translated(spec.metadata["help"]),
            {choice: _translated(means) for choice, means in spec.metadata["says"].items()},
        )
        for name, spec in SETTINGS.items()
    }
)

FIELDS_WORDS: Mapping[str, Words] = MappingProxyType(
    {
        "name": Words(
            _sl("Namn som familjen ser"), _sl("Neutralt: namnet syns i sms, på utskrifter och på skärmen.")
        ),
        "region": Words(
            _sl("Region"), _sl("Regionens inställningar gäller där mottagningen inte säger något eget.")
        ),
        "not_said": Words(
            _sl("Gäller inte här, fast regionen säger det"),
            _sl("Då visas inte meningen, eller det gemensamma gäller."),
        ),
        "retired": Words(_sl("Nedlagd"), _sl("Länkarna säger då vänligt vem man kan ringa.")),
    }
)

# Why a value was refused: each code of problem.py as a sentence for the form.
REASONS: Mapping[str, Any] = MappingProxyType(
    {
        "flag": _sl("Välj ja eller nej."),
        "number": _sl("Skriv ett heltal från 0 till 365."),
        "date": _sl("Skriv ett datum, till exempel 2026-11-22."),
        "choice": _sl("Välj ett av svaren i listan."),
        "phone": _sl("Skriv ett telefonnummer: siffror, mellanslag och bindestreck, minst sex siffror."),
        "phone-personal-number": _sl("Det ser ut som ett personnummer. Sådana får aldrig stå här."),
        "personal-number": _sl("Texten innehåller något som ser ut som ett personnummer. Ta bort det."),
        "address": _sl("Skriv en https-adress till en värd på den granskade listan."),
        "labels": _sl("Skriv en text för varje knapp."),
        "no-label": _sl("Det finns ingen sådan knapp."),
        "list-of-settings": _sl("Skriv en lista med inställningar."),
        "said-and-left-out": _sl(
            "Skriv ett eget värde eller kryssa för att regionens inte gäller, inte båda."
        ),
        "only-clinics-leave-out": _sl("Bara en mottagning kan låta bli det som regionen säger."),
        "local-text": _sl("Skriv texten på svenska också: den visas där en översättning saknas."),
        "text": _sl("Skriv en text."),
        "no-language": _sl("Det finns inget sådant språk."),
        "too-long": _sl("Texten är för lång."),
        "characters": _sl("Texten innehåller tecken som inte hör hemma i en text: < > { } eller styrtecken."),
        "link": _sl("Texten innehåller en länk. Länkar har egna fält."),
        "look-alike": _sl(
            "Texten blandar olika alfabet i ett ord, eller har ett nummer som bara liknar 1177. Skriv om den."
        ),
        "no-phone": _sl("Varje mottagning måste ha ett telefonnummer: familjen måste ha någon att ringa."),
        "no-region": _sl("Det finns ingen sådan region."),
        "no-setting": _sl("Det finns ingen sådan inställning."),
        "no-field": _sl("Det finns inget sådant fält."),
        "region-key": _sl(
            "Regionens nyckel är små bokstäver, siffror och bindestreck, och börjar med en bokstav."
        ),
        "clinic-code": _sl("Mottagningens kod är fyra av tecknen 0–9 och A–Z utan I, L, O och U."),
        "twice": _sl("Samma kod står två gånger."),
        "quotes": _sl('Skriv värdet inom citattecken, till exempel code = "V3ST".'),
        "no-table": _sl("Det finns ingen sådan tabell: filen har [regions.…] och [[clinics]]."),
        "regions-table": _sl("Skriv regionerna som tabeller: [regions.…]."),
        "clinics-tables": _sl("Skriv varje mottagning som en tabell: [[clinics]]."),
        "table": _sl("Skriv den som en tabell, och dess inställningar också."),
        "unreadable": _sl("Filen går inte att läsa: %(said)s"),
        "no-file": _sl("Välj en fil, högst %(limit)s KiB stor."),
        "not-yours": _sl("Den hör inte till dig."),
        "username": _sl(
            "Användarnamnet ska ha 2–64 tecken: små bokstäver, siffror, punkt, bindestreck, understreck "
            "eller @."
        ),
        "username-taken": _sl("Användarnamnet är upptaget."),
        "external-taken": _sl("En annan användare har det id:t hos regionens inloggning."),
        "account-personal-number": _sl("Det ser ut som ett personnummer. Använd anställnings-id eller namn."),
        "no-role": _sl("Välj en roll."),
        "no-clinic": _sl("Det finns ingen mottagning med koden %(codes)s."),
        "last-admin": _sl("Det måste finnas minst en administratör."),
        "password-short": _sl("Lösenordet är för kort: minst 12 tecken."),
        "password-long": _sl("Lösenordet är för långt."),
        "password-holds-name": _sl("Lösenordet innehåller ditt användarnamn."),
        "password-common": _sl("Det lösenordet är för vanligt. Välj något som ingen annan har."),
        "passwords-differ": _sl("Lösenorden är inte lika."),
        "wrong-code": _sl("Koden stämmer inte. Vänta på nästa kod i appen och skriv den."),
        "wrong-log-in": _sl("Lösenordet eller koden stämmer inte. Varje kod gäller en gång: vänta på nästa."),
    }
)


def reason(problem: Problem) -> str:
    """Why a value was refused, as a sentence in the reader's language."""
    return str(REASONS[problem.code]) % problem.values


def by_field(problems: Iterable[Problem]) -> dict[str, str]:
    """The first problem of each field of a form, worded."""
    found: dict[str, str] = {}
    for problem in problems:
        found.setdefault(problem.place, reason(problem))
    return found


def label_of(place: str) -> str:
    """What a place in an entry is called: `phone`, `phone_hours.en`, `labels.join-now`, `name`."""
    name, _, part = place.partition(".")
    words = SETTINGS_WORDS.get(name) or FIELDS_WORDS.get(name)
    return str(words.label if words else name) + (f" ({part})" if part else "")


def value_of(place: str, value: Any) -> str:
    """A value as one reads it."""
    name = place.partition(".")[0]
    words = SETTINGS_WORDS.get(name) or FIELDS_WORDS.get(name)
    if value is None or value == "":
        return _s("inget")
    if isinstance(value, list | tuple):
        return ", ".join(label_of(str(name)) for name in value) or _s("inget")
    if isinstance(value, bool):
        return str(_YES if value else _NO)
    if words and isinstance(value, str) and value in words.choices:
        return str(words.choices[value])
    return str(value)


ACTIONS: Mapping[str, Any] = MappingProxyType(
    {
        "seed": _sl("Första innehållet"),
        "create": _sl("Ny"),
        "save": _sl("Utkast sparat"),
        "discard": _sl("Utkast slängt"),
        "publish": _sl("Publicerad"),
        "undo": _sl("Tillbaka till tidigare version"),
        "import": _sl("Importerad"),
        "retire": _sl("Nedlagd"),
        "reopen": _sl("Öppnad igen"),
        "log-in": _sl("Inloggning"),
        "log-in-provider": _sl("Inloggning via regionen"),
        "log-out": _sl("Utloggning"),
        "choose-password": _sl("Valde lösenord och kodapp"),
        "change-password": _sl("Bytte lösenord"),
        "revoke-sessions": _sl("Avslutade inloggningar"),
        "user-add": _sl("Ny användare"),
        "user-reset": _sl("Ny engångsinloggning"),
        "user-disable": _sl("Användare avstängd"),
        "user-enable": _sl("Användare öppnad igen"),
        "user-change": _sl("Användare ändrad"),
        "role": _sl("Ny roll"),
        "clinics": _sl("Andra mottagningar"),
        "restore": _sl("Säkerhetskopia återställd"),
    }
)
