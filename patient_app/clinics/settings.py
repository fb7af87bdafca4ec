"""Pure. What varies between regions and clinics, as one frozen value: common defaults <- region <- clinic.

Every setting stands in families.md with the reason why it varies. A setting without a value hides its
sentence; it never becomes a guess. Defaults come from the source `leaflet`; promises of the platform, app,
fee, plan B and reply time have none.
"""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import Any

from patient_app.clinics import links
from patient_app.known_languages import KNOWN
from patient_app.marks import S_
from patient_app.personal_number import contains_personal_number
from patient_app.problem import Problem, ProfileError, Refused

LocalText = Mapping[str, str]

# Source `leaflet`; so in everything found, checked as below (families.md). Never said to hold everywhere.
PROXY_ENDS_AT = 13  # years: from that birthday nobody acts for the child on 1177.se
PROXY_CHECKED = datetime.date(2026, 11, 22)

# The words on 1177's own buttons, by key: the usual one first, then those seen in other regions
# (families.md).
LABELS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "log-in": ("Logga in",),
        "add-child": ("Lägg till barn", "Lägg till barn att vara ombud för", "Agera ombud för ditt barn"),
        "clinics": ("Mottagningar",),
        "find-and-add": ("Hitta och lägg till", "Lägg till mottagning"),
        "bookings": ("Bokade tider", "Mina bokade tider"),
        "inbox": ("Inkorg",),
        "join-link": ("Klicka här för att ansluta till videomötet", "Anslut till videobesöket"),
        "allow": ("Tillåt",),
        "join-now": ("Anslut nu", "Anslut"),
        "settings": ("Inställningar",),
    }
)

LANGUAGE_CODES = tuple(language.code for language in KNOWN)
TEXT_LIMIT = 400


def _setting(
    kind: str,
    group: str,
    label: str,
    help: str,
    *,
    shows: tuple[str, ...] = (),
    default: Any = None,
    choices: Mapping[str, str] | None = None,
    given: Mapping[str, Any] | None = None,
    published: bool = True,
) -> Any:
    """One row: what a setting is, what staff read about it, and where families read it.

    `shows` are pages below `/<lang>/m/<CCCC>/` whose text changes with it, `given` the settings it needs
    beside it; both are tested. `choices` are its values with what each means.
    """
    metadata = {
        "kind": kind,
        "group": group,
        "label": label,
        "help": help,
        "shows": shows,
        "choices": tuple(choices or ()),
        "says": MappingProxyType(dict(choices or {})),
        "given": MappingProxyType(dict(given or {})),
        "published": published,
    }
    if kind == "labels":
        return field(default_factory=dict, metadata=metadata)
    return field(default=default, metadata=metadata)


_YES_NO = {"yes": S_("Ja"), "no": S_("Nej")}
_PROMISE = S_("Visas som «så säger mottagningen». Svara bara om ni vet. Utan svar står ingenting.")
_FIND = "guide/under-13/find-visit"
_BEFORE = "guide/under-13/before"
_PLACE = "guide/under-13/place"
_CHILD = "guide/under-13/child"
_READY = "guide/under-13/ready"


@dataclass(frozen=True)
class VisitProfile:
    """How a video visit works at one clinic. Templates ask this, never the clinic's name."""

    # The way in
    proxy_age_checked: datetime.date | None = _setting(
        "date",
        "way-in",
        S_("Åldersgränsen kontrollerad den"),
        S_("Dagen då någon senast såg efter att gränsen stämmer. Reglerna kan ändras."),
        shows=("about/sources",),
        default=PROXY_CHECKED,
    )
    link_place: str = _setting(
        "choice",
        "way-in",
        S_("Var familjen hittar länken till besöket"),
        S_("Styr vilka steg guiden har, och orden om vägen in på alla sidor."),
        shows=(_FIND, "day"),
        default="bookings",
        choices={
            "bookings": S_("På 1177 under Bokade tider"),
            "inbox": S_("I inkorgen på 1177"),
            "app": S_("I regionens app"),
            "sms": S_("I ett sms"),
            "letter": S_("I brevet"),
        },
    )
    booked_on: str = _setting(
        "choice",
        "way-in",
        S_("Vems tid det är"),
        S_("Står tiden på barnet eller på den vuxna?"),
        shows=(_FIND, "day"),
        default="child",
        choices={"child": S_("Barnets"), "guardian": S_("Vårdnadshavarens")},
    )
    add_clinic: bool = _setting(
        "flag",
        "way-in",
        S_("Kan mottagningen behöva läggas till på 1177?"),
        S_("Vid ja står det: «Syns inte tiden? Lägg till mottagningen»."),
        shows=(_FIND, "help/visit-not-shown"),
        default=True,
    )
    login: str = _setting(
        "choice",
        "way-in",
        S_("Hur man kan logga in"),
        S_("De sätt som fungerar hos er."),
        shows=(_BEFORE,),
        default="e-id",
        choices={
            "e-id": S_("E-legitimation"),
            "bankid": S_("Bara BankID"),
            "bankid-freja": S_("BankID eller Freja"),
        },
    )
    labels: Mapping[str, str] = _setting(
        "labels",
        "way-in",
        S_("Ord på knappar i 1177"),
        S_("Skriv bara i de fält där knappen heter något annat hos er. Orden visas på svenska i alla språk."),
        shows=("day",),
    )
    app_name: str | None = _setting(
        "line",
        "way-in",
        S_("Regionens app"),
        S_("Appens namn. Utan namn nämns ingen app."),
        shows=(_FIND,),
        given={"link_place": "app"},
    )
    app_for_child: str | None = _setting(
        "choice",
        "way-in",
        S_("Kan vårdnadshavaren använda appen för barnet?"),
        S_("Utan svar säger guiden inget om det."),
        shows=(_FIND, "help/app-instead"),
        choices=_YES_NO,
        given={"app_name": "Appen"},
    )
    visible_hours_before: int | None = _setting(
        "number",
        "way-in",
        S_("Länken syns så många timmar före"),
        S_("Antal timmar före besöket då länken går att se."),
        shows=(_FIND,),
    )
    join_minutes_before: int | None = _setting(
        "number",
        "way-in",
        S_("Anslut så många minuter före"),
        S_("Antal minuter. Utan svar står ingen tid."),
        shows=("day",),
    )
    door_opens_minutes: int | None = _setting(
        "number",
        "way-in",
        S_("Dörren öppnar så många minuter före"),
        S_("Antal minuter före tiden då det går att ansluta. Utan svar står ingen tid."),
        shows=("day",),
    )
    # Who
    who_attends: str | None = _setting(
        "choice",
        "who",
        S_("Vilka ska vara med"),
        S_("Utan svar står det att kallelsen säger det."),
        shows=(_PLACE,),
        choices={"both": S_("Både barn och vårdnadshavare")},
    )
    youth_guardian_part: LocalText | None = _setting(
        "text",
        "who",
        S_("13–17 år: vuxnas del i besöket"),
        S_("En eller två meningar till den unga."),
        shows=("guide/13-17/before", "guide/guardian-13-17/before"),
    )
    other_adult_way: str | None = _setting(
        "choice",
        "who",
        S_("Annan vuxen än vårdnadshavare"),
        S_("Hur en vuxen som inte kan vara ombud kommer med."),
        shows=("guide/other-adult/before",),
        choices={
            "guest-link": S_("Får en gästlänk"),
            "phone": S_("Ringer mottagningen"),
            "on-site": S_("Besök på plats"),
            "ask": S_("Fråga mottagningen"),
        },
    )
    two_places: str | None = _setting(
        "choice",
        "who",
        S_("Kan man vara med från två ställen?"),
        S_("Till exempel två vårdnadshavare i olika hem."),
        shows=(_PLACE, "help/two-places"),
        choices={**_YES_NO, "ask": S_("Fråga mottagningen")},
    )
    child_alone: bool | None = _setting(
        "flag",
        "who",
        S_("Frågar ni alla barn om de vill prata själva en stund?"),
        S_(
            "Vid ja står det på sidan om att förbereda barnet. Då undrar ingen varför just deras barn får "
            "frågan."
        ),
        shows=(_CHILD,),
    )
    interpreter: LocalText | None = _setting(
        "text",
        "who",
        S_("Tolk"),
        S_("Hur familjen får tolk, i en eller två meningar."),
        shows=(_BEFORE, "help/cannot-phone"),
    )
    guardian_waiting_room: bool | None = _setting(
        "flag",
        "who",
        S_("Finns ett digitalt väntrum för vårdnadshavaren?"),
        S_("Vid ja berättar sidan om väntrummet."),
        shows=(_CHILD,),
    )
    # The platform
    platform_name: str | None = _setting(
        "line", "platform", S_("Videotjänstens namn"), S_("Så som familjen ser det."), shows=(_BEFORE,)
    )
    platform_app: str | None = _setting(
        "choice",
        "platform",
        S_("Behövs en app för videobesöket?"),
        S_("Utan svar säger guiden inget om det."),
        shows=(_BEFORE,),
        choices=_YES_NO,
    )
    devices: LocalText | None = _setting(
        "text",
        "platform",
        S_("Enheter och webbläsare som fungerar"),
        S_("Med era ord. Sådant åldras: se efter ibland."),
        shows=("guide/under-13/check",),
    )
    test_link: str | None = _setting(
        "url",
        "platform",
        S_("Videotjänstens egen testsida"),
        S_("En https-adress på listan över granskade värdar."),
        shows=("guide/under-13/check",),
    )
    self_view_hidden: bool | None = _setting(
        "flag",
        "platform",
        S_("Går den egna bilden att dölja?"),
        S_("Vid ja berättar sidan det för den som tycker att det är jobbigt att se sig själv."),
        shows=("youth/picture",),
    )
    promise_in_record: bool | None = _setting(
        "flag", "promises", S_("Besöket skrivs in i journalen"), _PROMISE, shows=(_READY,)
    )
    promise_e_id_login: bool | None = _setting(
        "flag", "promises", S_("Familjen loggar in med e-legitimation"), _PROMISE, shows=(_READY,)
    )
    promise_no_personal_data: bool | None = _setting(
        "flag", "promises", S_("Videotjänsten sparar inga personuppgifter"), _PROMISE, shows=(_READY,)
    )
    promise_nothing_stored: bool | None = _setting(
        "flag", "promises", S_("Inget av det som sägs eller visas lagras"), _PROMISE, shows=(_READY,)
    )
    promise_not_recorded: bool | None = _setting(
        "flag", "promises", S_("Mottagningen spelar inte in besöket"), _PROMISE, shows=(_READY,)
    )
    promise_encrypted: bool | None = _setting(
        "flag", "promises", S_("Samtalet är krypterat"), _PROMISE, shows=(_READY,)
    )
    staff_look: bool | None = _setting(
        "flag",
        "promises",
        S_("Arbetskläder, synlig namnskylt med titel, stängt rum"),
        _PROMISE,
        shows=(_READY,),
    )
    # Contact and plan B
    phone: str | None = _setting(
        "phone",
        "contact",
        S_("Mottagningens telefon"),
        S_("Står längst ner på varje sida. Varje mottagning måste ha ett nummer."),
        shows=("", "day"),
    )
    phone_hours: LocalText | None = _setting(
        "text", "contact", S_("Telefontid"), S_("Till exempel: vardagar 8–16."), shows=("", "day")
    )
    written_contact: LocalText | None = _setting(
        "text",
        "contact",
        S_("Skriftlig väg till mottagningen"),
        S_("För den som inte kan ringa: hur man skriver till er, i en eller två meningar."),
        shows=("help/cannot-phone",),
    )
    support_phone: str | None = _setting(
        "phone",
        "contact",
        S_("Teknisk hjälp, telefon"),
        S_("Bara om det finns ett eget nummer för tekniken."),
        shows=("help/sound", "help/picture", "help/no-contact", "help/cannot-log-in"),
    )
    support_hours: LocalText | None = _setting(
        "text",
        "contact",
        S_("Teknisk hjälp, tider"),
        S_("Till exempel: vardagar 8–16."),
        shows=("help/sound",),
        given={"support_phone": "010-555 55 55"},
    )
    plan_b: str | None = _setting(
        "choice",
        "contact",
        S_("Plan B om det inte fungerar"),
        S_("Vem som ringer när videon inte går i gång."),
        shows=("day", _READY, "help/cannot-start"),
        choices={
            "clinic-calls": S_("Mottagningen ringer familjen"),
            "family-calls": S_("Familjen ringer mottagningen"),
        },
    )
    plan_b_minutes: int | None = _setting(
        "number",
        "contact",
        S_("Plan B efter så många minuter"),
        S_("Så länge väntar familjen innan plan B gäller."),
        shows=("day",),
        given={"plan_b": "family-calls"},
    )
    hidden_number: bool | None = _setting(
        "flag",
        "contact",
        S_("Ringer ni från hemligt nummer?"),
        S_("Vid ja står det att numret kan vara dolt."),
        shows=("day",),
        given={"plan_b": "clinic-calls"},
    )
    reply_days: int | None = _setting(
        "number",
        "contact",
        S_("Ni svarar på meddelanden inom så många dagar"),
        S_("Antal vardagar. Utan svar lovas ingen tid."),
        shows=(_FIND,),
    )
    search_alias: str | None = _setting(
        "line",
        "contact",
        S_("Namn som personalen söker på"),
        S_("Syns bara inloggad. Det publiceras aldrig, för ett neutralt namn ska få vara neutralt."),
        published=False,
    )
    # Money and messages
    fee: str | None = _setting(
        "choice",
        "messages",
        S_("Avgift"),
        S_("Utan svar säger sidan inget om avgift."),
        shows=(_BEFORE,),
        choices={"as-physical": S_("Samma som på plats"), "free": S_("Gratis")},
    )
    fee_url: str | None = _setting(
        "url",
        "messages",
        S_("Sida om avgifter"),
        S_("En https-adress på listan över granskade värdar."),
        shows=(_BEFORE,),
        given={"fee": "as-physical"},
    )
    late_cancel: LocalText | None = _setting(
        "text", "messages", S_("Avbokning"), S_("Senast när, och hur."), shows=(_BEFORE, "help/cannot-come")
    )
    reminders: LocalText | None = _setting(
        "text",
        "messages",
        S_("Påminnelser"),
        S_("Hur och när ni påminner, och att familjen har sagt ja."),
        shows=("guide/under-13/notifications",),
    )
    paper_letters: bool | None = _setting(
        "flag",
        "messages",
        S_("Skickar ni kallelsen på papper?"),
        S_("Då säger sidan att kallelsen kommer i ett brev."),
        shows=(_BEFORE,),
    )
    region_in_sms: bool | None = _setting(
        "flag",
        "messages",
        S_("Får regionens namn stå i ett sms?"),
        S_("Enligt regionens regel."),
        shows=("support/share",),
    )

    def label(self, key: str) -> str:
        """The words on a button of 1177 at this clinic. Raises KeyError for a key that is not in LABELS."""
        return self.labels.get(key) or LABELS[key][0]


SETTINGS = {f.name: f for f in fields(VisitProfile)}
NEVER_PUBLISHED = frozenset(name for name, spec in SETTINGS.items() if not spec.metadata["published"])
NOT_SHOWN_YET: frozenset[str] = frozenset()  # settings that no page of a family shows: none
READ_AND_IGNORED = frozenset({"proxy_age_limit"})  # keys of older files that no longer say anything
NOT_SAID = "not_said"  # in a clinic's layer: the settings of its region that do not hold for it
_PHONE = re.compile(r"\+?[0-9][0-9 \-]{4,18}[0-9]")
# One phone number in ten has a personal number's check digit: it is only taken for one when it is written
# like one.
_NUMBER_AS_PERSONAL = re.compile(r"^(?:18|19|20)\d{10}$|\d{6}[-+]\d{4}$")
_URL = re.compile(r"https://(?P<host>[a-z0-9.-]+)(?:[/?#][A-Za-z0-9/?#&=%_.,:;+~!*()-]*)?")
_MARKUP = re.compile(r"[<>{}\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069]")


def build(*layers: Mapping[str, Any]) -> VisitProfile:
    """The profile of checked layers, the last one strongest. Labels are merged key by key.

    What a layer names in `not_said` falls back to the common default, which for most settings is to say
    nothing.
    """
    merged: dict[str, Any] = {}
    labels: dict[str, str] = {}
    for layer in layers:
        for name in layer.get(NOT_SAID, ()):
            merged.pop(name, None)
            labels = {} if name == "labels" else labels
        merged.update((name, value) for name, value in layer.items() if name != NOT_SAID)
        labels.update(layer.get("labels", {}))
    return VisitProfile(**{**merged, "labels": MappingProxyType(labels)})


def check_layer(
    settings: Mapping[str, Any], place: str, allowed_hosts: frozenset[str] = frozenset()
) -> dict[str, Any]:
    """One layer's settings, as typed in TOML, JSON or a form, to the types of VisitProfile.

    Raises ProfileError that names every wrong setting by place: unknown, wrong kind, a phone that is none, an
    unknown label key, a text with a personal number, markup or a link to a host outside `allowed_hosts`.
    """
    problems: list[Problem] = []
    checked: dict[str, Any] = {}
    for name, value in settings.items():
        if name == NOT_SAID:
            if isinstance(value, list | tuple):
                value = [found for found in value if found not in READ_AND_IGNORED]
            wrong = _not_said_problems(value, settings)
            problems += [Problem(f"{place}.{found.place}", found.code) for found in wrong]
            checked[NOT_SAID] = () if wrong else tuple(value)
            continue
        if name in READ_AND_IGNORED:
            continue
        if name not in SETTINGS:
            problems.append(Problem(f"{place}.{name}", "no-setting"))
            continue
        meta = SETTINGS[name].metadata
        try:
            checked[name] = _check(meta["kind"], value, meta["choices"], allowed_hosts)
        except Refused as error:
            problems.append(error.at(f"{place}.{name}"))
    if problems:
        raise ProfileError(problems)
    return checked


def public_settings(settings: Mapping[str, Any]) -> dict[str, Any]:
    """A layer's settings without those that are never published."""
    return {name: value for name, value in settings.items() if name not in NEVER_PUBLISHED}


def _not_said_problems(names: Any, settings: Mapping[str, Any]) -> list[Problem]:
    if not isinstance(names, list | tuple) or not all(isinstance(name, str) for name in names):
        return [Problem(NOT_SAID, "list-of-settings")]
    found = [Problem(name, "no-setting") for name in names if name not in SETTINGS]
    found += [Problem(name, "said-and-left-out") for name in names if name in settings and name in SETTINGS]
    if "phone" in names:
        found.append(Problem("phone", "no-phone"))
    return found


def _check(kind: str, value: Any, choices: tuple[str, ...], hosts: frozenset[str]) -> Any:
    if kind == "flag":
        if not isinstance(value, bool):
            raise Refused("flag")
        return value
    if kind == "number":
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 365:
            raise Refused("number")
        return value
    if kind == "date":
        try:
            return value if isinstance(value, datetime.date) else datetime.date.fromisoformat(str(value))
        except ValueError:
            raise Refused("date") from None
    if kind == "choice":
        if value not in choices:
            raise Refused("choice", choices=", ".join(choices))
        return value
    if kind == "phone":
        if not isinstance(value, str) or not _PHONE.fullmatch(value.strip()):
            raise Refused("phone")
        if _NUMBER_AS_PERSONAL.search(value) and contains_personal_number(value):
            raise Refused("phone-personal-number")
        return value.strip()
    if kind == "url":
        # Only this much of the grammar: a browser and urlsplit read user names and backslashes as different
        # hosts.
        match = _URL.fullmatch(str(value))
        if not match or (hosts and match["host"] not in hosts):
            raise Refused("address")
        return str(value)
    if kind == "labels":
        return _check_labels(value)
    if kind == "line":
        return check_text(value)
    return _check_local_text(value)


def _check_labels(value: Any) -> dict[str, str]:
    if not isinstance(value, Mapping):
        raise Refused("labels")
    for key, text in value.items():
        if key not in LABELS:
            raise Refused("no-label", key=key, keys=", ".join(LABELS))
        check_text(text, limit=80)
    return dict(value)


def _check_local_text(value: Any) -> dict[str, str]:
    if isinstance(value, str):
        value = {"sv": value}
    if not isinstance(value, Mapping) or "sv" not in value:
        raise Refused("local-text")
    for code, text in value.items():
        if code not in LANGUAGE_CODES:
            raise Refused("no-language", language=code)
        check_text(text)
    return {code: value[code].strip() for code in LANGUAGE_CODES if code in value}


def check_text(value: Any, limit: int = TEXT_LIMIT) -> str:
    """A free text that may stand on a family's page. Raises Refused when it may not."""
    if not isinstance(value, str) or not value.strip():
        raise Refused("text")
    if len(value) > limit:
        raise Refused("too-long", limit=limit)
    if contains_personal_number(value):
        raise Refused("personal-number")
    if _MARKUP.search(value):
        raise Refused("characters")
    if links.leads_out(value):
        raise Refused("link")
    if links.looks_like_another(value):
        raise Refused("look-alike")
    return value.strip()
