"""Staff. The words of the room's forms: every setting with its help, its choices, and every reason why a
value is refused."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from patient_app.clinics.problems import Problem
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
YES_NO = {"yes": _YES, "no": _NO}
YES_NO_ASK = {**YES_NO, "ask": _sl("Fråga mottagningen")}
_PROMISE = _sl("Visas som «så säger mottagningen». Svara bara om ni vet. Utan svar står ingenting.")

SETTINGS_WORDS: Mapping[str, Words] = MappingProxyType(
    {
        "proxy_age_limit": Words(
            _sl("Åldersgräns för ombud"),
            _sl(
                "Till och med året före den här åldern loggar en vårdnadshavare in som ombud. Vanligast är "
                "13."
            ),
        ),
        "proxy_age_checked": Words(
            _sl("Åldersgränsen kontrollerad den"),
            _sl("Dagen då någon senast såg efter att gränsen stämmer. Reglerna kan ändras."),
        ),
        "link_place": Words(
            _sl("Var familjen hittar länken till besöket"),
            _sl("Styr vilka steg guiden har."),
            {
                "bookings": _sl("På 1177 under Bokade tider"),
                "inbox": _sl("I inkorgen på 1177"),
                "app": _sl("I regionens app"),
                "sms": _sl("I ett sms"),
            },
        ),
        "booked_on": Words(
            _sl("Vems tid det är"),
            _sl("Står tiden på barnet eller på den vuxna?"),
            {
                "child": _sl("Barnets"),
                "guardian": _sl("Vårdnadshavarens"),
            },
        ),
        "add_clinic": Words(
            _sl("Kan mottagningen behöva läggas till på 1177?"),
            _sl("Vid ja har guiden ett steg för det: «Syns inte tiden? Lägg till mottagningen»."),
        ),
        "login": Words(
            _sl("Hur man kan logga in"),
            _sl("De sätt som fungerar hos er."),
            {
                "e-id": _sl("E-legitimation"),
                "bankid": _sl("Bara BankID"),
                "bankid-freja": _sl("BankID eller Freja"),
            },
        ),
        "labels": Words(
            _sl("Ord på knappar i 1177"),
            _sl(
                "Skriv bara i de fält där knappen heter något annat hos er. Orden visas på svenska i alla "
                "språk."
            ),
        ),
        "app_name": Words(_sl("Regionens app"), _sl("Appens namn. Utan namn nämns ingen app.")),
        "app_for_child": Words(
            _sl("Kan vårdnadshavaren använda appen för barnet?"),
            _sl("Utan svar säger guiden inget om det."),
            YES_NO,
        ),
        "visible_hours_before": Words(
            _sl("Länken syns så många timmar före"), _sl("Antal timmar före besöket då länken går att se.")
        ),
        "join_minutes_before": Words(
            _sl("Anslut så många minuter före"), _sl("Antal minuter. Utan svar står det «i god tid».")
        ),
        "who_attends": Words(
            _sl("Vilka ska vara med"),
            _sl("Utan svar står det att kallelsen säger det."),
            {"both": _sl("Både barn och vårdnadshavare")},
        ),
        "youth_guardian_part": Words(
            _sl("13–17 år: vuxnas del i besöket"), _sl("En eller två meningar till den unga.")
        ),
        "other_adult_way": Words(
            _sl("Annan vuxen än vårdnadshavare"),
            _sl("Hur en vuxen som inte kan vara ombud kommer med."),
            {
                "guest-link": _sl("Får en gästlänk"),
                "phone": _sl("Ringer mottagningen"),
                "on-site": _sl("Besök på plats"),
                "ask": _sl("Fråga mottagningen"),
            },
        ),
        "two_places": Words(
            _sl("Kan man vara med från två ställen?"),
            _sl("Till exempel två vårdnadshavare i olika hem."),
            YES_NO_ASK,
        ),
        "interpreter": Words(_sl("Tolk"), _sl("Hur familjen får tolk, i en eller två meningar.")),
        "guardian_waiting_room": Words(
            _sl("Finns ett digitalt väntrum för vårdnadshavaren?"),
            _sl("Vid ja berättar sidan om väntrummet."),
        ),
        "platform_name": Words(_sl("Videotjänstens namn"), _sl("Så som familjen ser det.")),
        "platform_app": Words(
            _sl("Behövs en app för videobesöket?"), _sl("Utan svar säger guiden inget om det."), YES_NO
        ),
        "devices": Words(
            _sl("Enheter och webbläsare som fungerar"), _sl("Med era ord. Sådant åldras: se efter ibland.")
        ),
        "test_link": Words(
            _sl("Videotjänstens egen testsida"), _sl("En https-adress på listan över granskade värdar.")
        ),
        "self_view_hidden": Words(
            _sl("Går den egna bilden att dölja?"),
            _sl("Vid ja berättar sidan det för den som tycker att det är jobbigt att se sig själv."),
        ),
        "promise_in_record": Words(_sl("Besöket skrivs in i journalen"), _PROMISE),
        "promise_e_id_login": Words(_sl("Familjen loggar in med e-legitimation"), _PROMISE),
        "promise_no_personal_data": Words(_sl("Videotjänsten sparar inga personuppgifter"), _PROMISE),
        "promise_nothing_stored": Words(_sl("Inget av det som sägs eller visas lagras"), _PROMISE),
        "promise_not_recorded": Words(_sl("Mottagningen spelar inte in besöket"), _PROMISE),
        "promise_encrypted": Words(_sl("Samtalet är krypterat"), _PROMISE),
        "staff_look": Words(_sl("Arbetskläder, synlig namnskylt med titel, stängt rum"), _PROMISE),
        "phone": Words(
            _sl("Mottagningens telefon"),
            _sl("Står längst ner på varje sida. Varje mottagning måste ha ett nummer."),
        ),
        "phone_hours": Words(_sl("Telefontid"), _sl("Till exempel: vardagar 8–16.")),
        "support_phone": Words(
            _sl("Teknisk hjälp, telefon"), _sl("Bara om det finns ett eget nummer för tekniken.")
        ),
        "support_hours": Words(_sl("Teknisk hjälp, tider"), _sl("Till exempel: vardagar 8–16.")),
        "plan_b": Words(
            _sl("Plan B om det inte fungerar"),
            _sl("Vem som ringer när videon inte går i gång."),
            {
                "clinic-calls": _sl("Mottagningen ringer familjen"),
                "family-calls": _sl("Familjen ringer mottagningen"),
            },
        ),
        "plan_b_minutes": Words(
            _sl("Plan B efter så många minuter"), _sl("Så länge väntar familjen innan plan B gäller.")
        ),
        "hidden_number": Words(
            _sl("Ringer ni från hemligt nummer?"), _sl("Vid ja står det att familjen ska svara ändå.")
        ),
        "reply_days": Words(
            _sl("Ni svarar på meddelanden inom så många dagar"),
            _sl("Antal vardagar. Utan svar lovas ingen tid."),
        ),
        "fee": Words(
            _sl("Avgift"),
            _sl("Utan svar säger sidan inget om avgift."),
            {
                "as-physical": _sl("Samma som på plats"),
                "free": _sl("Gratis"),
            },
        ),
        "fee_url": Words(_sl("Sida om avgifter"), _sl("En https-adress på listan över granskade värdar.")),
        "late_cancel": Words(_sl("Avbokning"), _sl("Senast när, och hur.")),
        "reminders": Words(_sl("Påminnelser"), _sl("Hur och när ni påminner, och att familjen har sagt ja.")),
        "paper_letters": Words(
            _sl("Skickar ni kallelsen på papper?"), _sl("Då pekar sidan på brevet och QR-koden i det.")
        ),
        "region_in_sms": Words(_sl("Får regionens namn stå i ett sms?"), _sl("Enligt regionens regel.")),
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

# Why a value was refused: each code of clinics/problems.py as a sentence for the form.
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
        "unreadable": _sl("Filen går inte att läsa som TOML: %(said)s"),
        "no-file": _sl("Välj en fil, högst %(limit)s KiB stor."),
        "not-yours": _sl("Den hör inte till dig."),
    }
)


def reason(problem: Problem) -> str:
    """Why a value was refused, as a sentence in the reader's language."""
    return str(REASONS[problem.code]) % problem.values


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
