"""Public, for support staff. No session, no database, no log-in. Share, read a code, help by phone, before,
during, inserts."""

import re
from typing import Any

from flask import Blueprint, abort, current_app, g, jsonify, make_response, redirect, request, url_for
from werkzeug.wrappers import Response

from patient_app.clinics.directory import Clinic, Directory
from patient_app.clinics.opening import Opening, opening
from patient_app.clinics.schema import visit_profile_schema
from patient_app.clinics.settings import PROXY_ENDS_AT
from patient_app.codes import short_link, support_code, symbols
from patient_app.device_check.problems import PROBLEMS
from patient_app.personal_number import contains_personal_number
from patient_app.sources import REVIEWED, SOURCES
from patient_app.support import advice, beside, booking, reading, sharing, texts
from patient_app.support.call import CALL
from patient_app.support.forms import START_WORDS, WHO_WORDS, CodeForm, ShareForm
from patient_app.support.tree import ByOpening, End
from patient_app.web.languages import LANGUAGES, STAFF_CODES, SWEDISH, Language, gettext, in_language
from patient_app.web.languages import staff_gettext as _s
from patient_app.web.languages import staff_lazy as _sl
from patient_app.web.qr import qr_path, qr_png, qr_svg_file
from patient_app.web.routing import PUBLIC_CACHE, absolute, page, public

support = Blueprint("support", __name__)
# The inserts of the summons: for whom, and where their link starts.
BANDS = (
    ("under-13", "guide"),
    ("child-3-6", "guide"),
    ("child-7-9", "guide"),
    ("child-10-12", "guide"),
    ("13-17", "guide"),
)
SHEET_WORDS = {
    "print": _sl("Skriv ut"),
    "back": _sl("Tillbaka"),
    "a4": _sl("Visa för A4"),
    "a5": _sl("Visa för A5"),
}
_BY_KEY = {source.key: source for source in SOURCES}


@support.before_request
def only_staff_languages() -> None:
    """These rooms are in Swedish and English; the family's texts in them are in every language."""
    if g.lang.code not in STAFF_CODES:
        abort(404)


@support.context_processor
def for_every_page() -> dict[str, Any]:
    return {
        "staff_languages": True,
        "SOURCE": _BY_KEY,
        "REVIEWED": REVIEWED,
        "WHO_WORDS": WHO_WORDS,
        "START_WORDS": START_WORDS,
    }


@public(support, "/support/")
def index() -> Response:
    """What one wants to do, in the order of a phone call; and what these pages build on."""
    return page("support/index.html", id="support.index")


@public(support, "/support/share")
def share() -> Response:
    """The link with everything that goes with it. Reads the query, which is the preset, and so is never
    kept."""
    typed = request.args.get("q", "")[:120]
    refused = contains_personal_number(typed)
    form = ShareForm(request.args, **({"q": ""} if refused else {}))
    if refused:
        form.q.data = ""
    clinic, choices = _resolve(form.clinic.raw_data, form.q.data or "")
    if clinic:  # the other rooms' links then lead on with the same clinic
        g.clinic, g.profile = clinic, clinic.profile
    return page(
        "support/share.html",
        id="support.share",
        policy="form",
        store=False,
        form=form,
        chosen=clinic,
        choices=choices,
        refused=refused,
        shared=_shared(clinic, form) if clinic else None,
    )


@support.get("/<lang:lang>/support/clinics")
def clinics() -> Response:
    """Search while one types: [{code, name, region}] of the published clinics that fit. Nothing typed is kept
    or logged."""
    typed = request.args.get("q", "")[:120]
    directory: Directory = current_app.extensions["clinics"].directory
    found = [] if contains_personal_number(typed) else _search(directory).find(typed)
    response = jsonify(
        [
            {
                "code": code,
                "name": directory.clinics[code].name,
                "region": directory.clinics[code].region_name,
            }
            for code in found
        ]
    )
    response.headers["Cache-Control"] = "no-store"
    return response


@support.get("/<lang:lang>/support/qr/<code:code>.<any(svg, png):kind>")
def qr(code: str, kind: str) -> Response:
    """The QR code of a short link of ours as a file. 404 for what is no link to a clinic that is there."""
    try:
        link = short_link.decode(code)
    except short_link.LinkError:
        abort(404)
    if current_app.extensions["clinics"].directory.find(link.clinic) is None:
        abort(404)
    name = short_link.encode(link)
    address = absolute(f"/{name}")
    body = qr_svg_file(address).encode() if kind == "svg" else qr_png(address)
    response = make_response(body)
    response.headers["Content-Type"] = "image/svg+xml; charset=utf-8" if kind == "svg" else "image/png"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response


@public(support, "/support/sheet/<who>/<start>/<family>/<any(a5, a4):size>")
def sheet(who: str, start: str, family: str, size: str) -> Response:
    """A sheet to print in the family's language: QR, link, a line for the time, and what the reader of that
    age needs."""
    if who not in sharing.WHO or start not in sharing.START or family not in LANGUAGES:
        abort(404)
    staff, language = g.lang, LANGUAGES[family]
    back = url_for("support.inserts")
    other_size = url_for(
        "support.sheet", who=who, start=start, family=family, size="a4" if size == "a5" else "a5"
    )
    if g.clinic:
        code = sharing.short_code(g.clinic.code, who, start, language.number)
        address = absolute(f"/{code}")
    else:
        code = ""
        address = absolute(f"/{family}/{_common_path(who, start)}")
    with in_language(staff):
        words = {key: str(text) for key, text in SHEET_WORDS.items()}
    g.lang = language
    with in_language(language):
        return page(
            "support/sheet.html",
            id="support.sheet",
            staff=staff,
            words=words,
            back=back,
            other_size=other_size,
            who=who,
            size=size,
            code=code,
            address=address,
            shown=_without_scheme(address),
            qr=qr_path(address),
        )


def _common_path(who: str, start: str) -> str:
    return short_link.path(
        short_link.ShortLink("0000", short_link.WHO.index(who), short_link.START.index(start))
    )


def _resolve(sent: list[str], typed: str) -> tuple[Clinic | None, list[Clinic]]:
    """The chosen clinic, or those to choose among. `sent`: the field's own value, and after it the row that
    was picked from the list, which wins; then comes what was typed, over an earlier choice."""
    directory: Directory = current_app.extensions["clinics"].directory
    earlier, *picked = sent or [""]
    for code in picked[:1]:
        if clinic := directory.find(code):
            return clinic, []
    chosen = directory.find(earlier.strip().upper()) or (None if earlier else g.clinic)
    if typed and not (chosen and sharing.fold(typed) == sharing.fold(chosen.name)):
        found = [directory.clinics[code] for code in _search(directory).find(typed, limit=20)]
        exact = [
            clinic
            for clinic in found
            if sharing.fold(clinic.name) == sharing.fold(typed) or clinic.code == typed.upper()
        ]
        if len(exact) == 1 or len(found) == 1:
            return (exact or found)[0], []
        return None, found
    if chosen is None and len(directory.clinics) == 1:
        return next(iter(directory.open_clinics()), None), []
    return chosen, []


def _shared(clinic: Clinic, form: ShareForm) -> dict[str, Any]:
    """Everything the result shows for one choice."""
    language = LANGUAGES[form.language.data]
    code = sharing.short_code(clinic.code, form.who.data, form.start.data, language.number)
    link = absolute(f"/{code}")
    region, profile = clinic.region_name, clinic.profile
    with in_language(language):
        sms = texts.sms(link, region, profile)
        timed = texts.sms(link, region, profile, when=texts.WHEN)
        message = texts.message(link, code, profile.phone)
        timed_message = texts.message(link, code, profile.phone, when=texts.WHEN)
    return {
        "language": language,
        "code": code,
        "link": link,
        "shown": _without_scheme(link),
        "qr": qr_path(link),
        "sms": sms,
        "timed": timed,
        "meaning": "" if language is g.lang else texts.sms("…", region, profile),
        "length": sharing.sms_length(sms),
        "message": message,
        "timed_message": timed_message,
        "snippet": booking.snippet(link, language),
        "who": form.who.data,
        "start": form.start.data,
        "preset": url_for("support.share", clinic=None)
        + f"?clinic={clinic.code}&who={form.who.data}&start={form.start.data}&language={language.code}",
    }


def _send(fix: str, language: Language) -> dict[str, Any]:
    """The address of one fix in the family's language, and the sms that leads there when the clinic is
    known."""
    prefix = f"/{language.code}/m/{g.clinic.code}/" if g.clinic else f"/{language.code}/"
    link = absolute(prefix + fix)
    sent: dict[str, Any] = {
        "language": language,
        "link": link,
        "shown": _without_scheme(link),
        "sms": "",
        "meaning": texts.fix_sms("…") if g.clinic else "",
        "length": None,
    }
    if g.clinic:
        with in_language(language):
            sent["sms"] = texts.fix_sms(link)
        sent["length"] = sharing.sms_length(sent["sms"])
    return sent


def _search(directory: Directory) -> sharing.ClinicSearch:
    """The search of this version of the clinics, built at its first use."""
    kept: tuple[Directory, sharing.ClinicSearch] | None = current_app.extensions.get("support.search")
    if kept is None or kept[0] is not directory:
        kept = (
            directory,
            sharing.ClinicSearch((c.code, c.name, c.region_name) for c in directory.open_clinics()),
        )
        current_app.extensions["support.search"] = kept
    return kept[1]


def _without_scheme(address: str) -> str:
    return address.partition("://")[2]


@public(support, "/support/code", methods=["GET", "POST"])
def code() -> Response:
    """Read a support code, the letter's code or a link of ours. The page's own script reads it on the device;
    the POST is for those without, and keeps nothing but what was typed, in the field."""
    form = CodeForm(request.form)
    posted = request.method == "POST"
    said, chosen, fault, letter = None, [], "", None
    choices: list[Clinic] = []
    typed = form.code.data or ""
    refused = contains_personal_number(typed) or contains_personal_number(form.q.data or "")
    if posted and not refused:
        found, choices = _resolve(form.clinic.raw_data, form.q.data or "")
        letter = reading.link_in(typed)
        if letter and (its := current_app.extensions["clinics"].directory.find(letter.clinic)):
            found = its
            form.speak(letter.language)
        elif letter:
            letter, fault = None, "clinic"
        if found:  # what is sent, and the other rooms' links, then lead on with that clinic
            g.clinic, g.profile = found, found.profile
        if not letter and not fault:
            try:
                read = support_code.decode(typed)
                said, chosen = advice.meanings(read), advice.advise(read)
            except support_code.CodeError as error:
                fault = error.fault
    return page(
        "support/code.html",
        id="support.code",
        policy="form",
        store=not posted,
        language_field=form.language,
        said=said,
        chosen=chosen,
        fault=fault,
        letter=letter,
        choices=choices,
        summary=advice.summary(read) if said else "",
        typed="" if refused else typed,
        typed_clinic="" if refused or g.clinic else form.q.data or "",
        send=lambda fix, language=None: _send(fix, language or LANGUAGES[form.language.data]),
        ADVICE=advice.ADVICE,
        FAULTS=advice.FAULTS,
        FIELDS=advice.FIELDS,
        READINGS=advice.READINGS,
        MEANINGS=support_code.MEANINGS,
    )


@public(support, "/support/code/table")
def table() -> Response:
    """The same on paper: a row for each symbol, a column for each place."""
    rows = [
        (symbol, [advice.words_at(place, symbol) for place in range(support_code.LENGTH - 1)])
        for symbol in symbols.ALPHABET
    ]
    return page("support/table.html", id="support.code-table", rows=rows, columns=advice.COLUMNS)


@public(support, "/support/problems")
def problems() -> Response:
    """The open catalogue of what really goes wrong; /problems.json has the same rows."""
    return page("support/problems.html", id="support.problems", problems=PROBLEMS)


@public(support, "/support/call")
def call() -> Response:
    """By phone without a code: the first question."""
    return _call("start")


@public(support, "/support/call/<node>")
def call_node(node: str) -> Response:
    """A question further on, or an end with what to say and what to send."""
    if node not in CALL.nodes or node == CALL.start.id:
        abort(404)
    if not CALL.holds(node, g.profile):
        return redirect(absolute(url_for("support.call")), 303)
    return _call(node)


def _call(id: str) -> Response:
    node, profile = CALL.nodes[id], g.profile
    is_end = isinstance(node, End)
    opens = opening(profile, node.route)
    way = [
        (question, _filled(question.text, question.route), _filled(answer, question.route))
        for question, answer in CALL.way_to(id)
    ]
    heading = _filled(node.cause if isinstance(node, End) else node.text, node.route)
    return page(
        "support/call.html",
        id="support.call",
        policy="plain" if g.clinic or id != CALL.start.id else "form",
        node=node,
        is_end=is_end,
        heading=heading,
        answers=[
            (_filled(words, node.route), target)
            for words, target in (() if isinstance(node, End) else node.answers)
            if CALL.nodes[target].holds(profile)
        ],
        lines=[
            {
                "words": _filled(line.words, node.route),
                "own": getattr(profile, line.setting) if line.setting else None,
                "shot": line.shot,
                "label": profile.label(_label_of(line.label, opens)) if line.label else "",
            }
            for line in (node.lines(profile) if isinstance(node, End) else ())
        ],
        way=way,
        summary=" → ".join([*(answer for _question, _text, answer in way), heading]),
        languages_field=CodeForm().language,
        send=lambda fix, language=SWEDISH: _send(fix, language),
    )


def _label_of(label: str, opens: Opening) -> str:
    """The key of a label; "place" is where the visit stands at that clinic."""
    return ("inbox" if opens.place == "inbox" else "bookings") if label == "place" else label


def _filled(words: object, route: str) -> str:
    """A sentence of the tree as it is true at this clinic, with the words on its buttons and its numbers."""
    profile = g.profile
    found = opening(profile, route)
    text = str(words.at(found) if isinstance(words, ByOpening) else words)
    own = {
        "age": PROXY_ENDS_AT,
        "clinics": profile.label("clinics"),
        "find": profile.label("find-and-add"),
        "bookings": profile.label("bookings"),
        "place": profile.label(_label_of("place", found)),
        "allow": profile.label("allow"),
        "the_app": _s("appen %(app)s", app=profile.app_name) if profile.app_name else _s("regionens app"),
        "phone": profile.phone,
        "door": profile.door_opens_minutes,
        "visible": profile.visible_hours_before,
    }
    for name, value in own.items():
        text = text.replace(f"%({name})s", str(value))
    return text


_SENT = re.compile(r"help/(?:[a-z0-9-]+/)?[a-z0-9-]+|check/fix/[a-z0-9-]+|guide/[a-z0-9-]+/[a-z0-9-]+")


@public(support, "/support/beside/<family>/<path:sent>")
def family_page_beside(family: str, sent: str) -> Response:
    """A step, a problem or a fix as the family has it: our drawing, what to say in Swedish, and the same in
    the family's language, move by move."""
    if family not in LANGUAGES or not _SENT.fullmatch(sent):
        abort(404)
    at_clinic = f"m/{g.clinic.code}/" if g.clinic else ""
    ours = beside.read(f"/sv/{at_clinic}{sent}")
    theirs = ours if family == "sv" else beside.read(f"/{family}/{at_clinic}{sent}")
    if ours is None or theirs is None:
        abort(404)
    language = LANGUAGES[family]
    with in_language(language):
        first = gettext("Vad står överst på skärmen?")
    return page(
        "support/beside.html",
        id="support.beside",
        ours=ours,
        rows=list(zip(ours.moves, theirs.moves, strict=True)),
        family=language,
        first=first,
        sent=sent,
    )


@public(support, "/support/before")
def before() -> Response:
    """Six lines before a link is shared; they end in an offer to meet in person, or go on to Share."""
    return page("support/before.html", id="support.before")


@public(support, "/support/during")
def during() -> Response:
    """One A5 to have beside the screen."""
    return page("support/during.html", id="support.during")


@public(support, "/support/inserts")
def inserts() -> Response:
    """An insert for the summons for each age band, in every language."""
    return page(
        "support/inserts.html", id="support.inserts", policy="plain" if g.clinic else "form", bands=BANDS
    )


_TYPES = {
    "json": "application/json",
    "txt": "text/plain; charset=utf-8",
    "svg": "image/svg+xml; charset=utf-8",
    "png": "image/png",
    "ics": "text/calendar; charset=utf-8",
}


@support.get("/<lang:lang>/support/api/v1/<code:code>.<any(json, txt, svg, png, ics):kind>")
def texts_for_booking(code: str, kind: str) -> Response:
    """What a booking system fetches for a code (docs/booking-systems.md). A query is refused, so that nobody
    comes to send a time or anything about a person; the answer is the same for everybody and may be kept."""
    _no_query()
    try:
        link = short_link.decode(code)
    except short_link.LinkError:
        abort(404)
    clinic = current_app.extensions["clinics"].directory.find(link.clinic)
    if clinic is None:
        abort(404)
    address = booking.address_of(link)
    if kind == "json":
        here = absolute(f"/{g.lang.code}/support/api/v1/{short_link.encode(link)}")
        body = current_app.json.dumps(booking.everything(clinic, link, here)).encode()
    elif kind == "txt":
        body = booking.letter(clinic, link).encode()
    elif kind == "ics":
        body = booking.calendar(link).encode()
    else:
        body = qr_svg_file(address).encode() if kind == "svg" else qr_png(address)
    return _for_everybody(body, _TYPES[kind])


@support.get("/<lang:lang>/support/api/v1/openapi.json")
def openapi() -> Response:
    """The description of the addresses for booking systems (OpenAPI 3.1)."""
    _no_query()
    return _for_everybody(current_app.json.dumps(booking.openapi(STAFF_CODES)).encode(), _TYPES["json"])


@support.get("/visit-profile.schema.json")
def profile_schema() -> Response:
    """The schema of a file of visit profiles, for vendors (docs/booking-systems.md)."""
    return _for_everybody(current_app.json.dumps(visit_profile_schema()).encode(), _TYPES["json"])


def _no_query() -> None:
    if request.query_string:
        abort(400)


def _for_everybody(body: bytes, kind: str) -> Response:
    """An answer that any cache may keep, with an ETag by which it is asked for anew."""
    response = make_response(body)
    response.headers["Content-Type"] = kind
    response.headers["Cache-Control"] = PUBLIC_CACHE
    response.add_etag()
    return response.make_conditional(request)
