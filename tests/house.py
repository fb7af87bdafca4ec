"""The house rules: what every page of ours keeps, checked on every page that any test visits.

The rules are asked with lxml, which reads a page some twenty times faster than BeautifulSoup: there are more
than a thousand.
"""

from functools import lru_cache
from itertools import pairwise
from urllib.parse import urlsplit

import lxml.html
from bs4 import BeautifulSoup

from patient_app.clinics.outbound import ALLOWED

LOADS = "|".join(
    f"//{name}"
    for name in (
        "script",
        "link",
        "img",
        "source",
        "audio",
        "video",
        "iframe",
        "object",
        "embed",
        "use",
        "form",
    )
)

# The history of a shared phone shows titles: those of the stories name a number, never what a page is about.
NEUTRAL_TITLES = ("children.story", "children.youth-")


@lru_cache(maxsize=128)
def soup(html: bytes | str) -> BeautifulSoup:
    """The page parsed; the same page twice is the same object, for no test changes one."""
    return BeautifulSoup(html, "lxml")


def text_of(element) -> str:
    """The visible text of an element (BeautifulSoup's or lxml's), spaces folded."""
    parts = (
        element.xpath(".//text()")
        if isinstance(element, lxml.html.HtmlElement)
        else [element.get_text(" ", strip=True)]
    )
    return " ".join(" ".join(parts).split()).replace(
        "\u2011", "-"
    )  # a hyphen that does not break reads as one


def parsed(html: bytes) -> lxml.html.HtmlElement:
    """The page as lxml has it, for tests that read very many."""
    return lxml.html.document_fromstring(html, parser=lxml.html.HTMLParser(encoding="utf-8"))


_kept: set[int] = set()  # pages that kept the rules: same address, same bytes, same answer


def check_page(response, path: str) -> None:
    """Fails with the rule that a page breaks. A page that kept them is not asked again."""
    seen = hash((path, response.data, "Set-Cookie" in response.headers))
    if seen not in _kept:
        _check_page(response, path)
        _kept.add(seen)


def _check_page(response, path: str) -> None:
    page = parsed(response.data)
    where = f"{path}: "
    body = page.body
    assert page.get("lang") and page.get("dir") in ("ltr", "rtl"), where + "lang and dir on <html>"
    assert body.get("data-page"), where + "data-page on <body>"
    assert len(page.xpath("//main")) == 1, where + "one <main>"
    headings = page.xpath("//h1")
    assert len(headings) == 1, where + f"one h1, not {len(headings)}"
    if not body.get("data-page").startswith(NEUTRAL_TITLES):
        assert text_of(page.find(".//title")).startswith(text_of(headings[0])), (
            where + "the title starts with the h1"
        )
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids)), where + f"an id stands twice: {[i for i in ids if ids.count(i) > 1]}"
    check_no_inline_code(page, where)
    check_origins(page, where)
    check_labels(page, set(ids), where)
    for picture in page.xpath("//img | //svg[not(ancestor::svg)]"):
        named = (
            picture.get("alt") is not None
            or picture.get("aria-label")
            or picture.get("aria-hidden") == "true"
        )
        assert named, where + f"a picture without alt or aria-hidden: {shown(picture)}"
    assert "Set-Cookie" not in response.headers or path.startswith("/staff"), (
        where + "a cookie on the public side"
    )
    levels = [int(h.tag[1]) for h in page.xpath("//h1 | //h2 | //h3 | //h4")]
    for before, after in pairwise(levels):
        assert after <= before + 1, where + "a heading level is jumped over"


def checked(response, path: str) -> BeautifulSoup:
    """The page of an answer, when it keeps the house rules."""
    check_page(response, path)
    return soup(response.data)


def shown(element) -> str:
    """The start of an element's source, for a message."""
    return lxml.html.tostring(element, encoding="unicode")[:80]


def check_no_inline_code(page, where: str) -> None:
    for found in page.xpath("//@style/.. | //@*[starts-with(translate(name(), 'ON', 'on'), 'on')]/.."):
        raise AssertionError(where + f"inline style or code: {shown(found)}")
    assert len(page.xpath("//style")) <= 1, where + "only the one critical <style>"
    for script in page.xpath("//script"):
        assert script.get("src") and not text_of(script), where + "inline script"


def check_origins(page, where: str) -> None:
    for element in page.xpath(LOADS):
        if element.tag == "link" and {"alternate", "canonical"} & set(element.get("rel", "").split()):
            continue
        for name in ("src", "href", "action", "data"):
            value = element.get(name, "")
            assert not value or (value.startswith(("/", "#", "data:")) and not value.startswith("//")), (
                where + f"foreign origin {value}"
            )
    for link in page.xpath("//a[@href]"):
        parts = urlsplit(link.get("href"))
        if parts.scheme in ("http", "https") or parts.netloc:
            if parts.hostname in ("127.0.0.1", "localhost"):
                continue
            assert parts.hostname in ALLOWED, (
                where + f"a link to {parts.hostname}, which is not on the reviewed list"
            )
            assert {"noopener", "noreferrer"} <= set(link.get("rel", "").split()), (
                where + "an outbound link without noopener noreferrer"
            )
            assert parts.hostname.removeprefix("www.") in text_of(link), (
                where + f"an outbound link that hides its host {parts.hostname}"
            )
        else:
            assert parts.scheme in ("", "tel", "sms", "mailto"), where + f"a link of kind {parts.scheme}"


def check_labels(page, ids: set[str], where: str) -> None:
    labelled = set(page.xpath("//label/@for"))
    for field in page.xpath("(//input | //select | //textarea)[not(@type='hidden' or @type='submit')]"):
        inside = next(field.iterancestors("label"), None) is not None
        named = (
            inside or field.get("id") in labelled or field.get("aria-label") or field.get("aria-labelledby")
        )
        assert named, where + f"a field without a label: {shown(field)}"
    for button in page.xpath("//button"):
        assert text_of(button) or button.get("aria-label"), where + f"a button without words: {shown(button)}"
    for label in labelled:
        assert label in ids, where + f"a label for {label}, which is not there"
