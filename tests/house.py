"""The house rules: what every page of ours keeps, checked on every page that any test visits."""

from itertools import pairwise
from urllib.parse import urlsplit

from bs4 import BeautifulSoup

from patient_app.outbound import ALLOWED

INTERACTIVE = ("input", "select", "textarea")


def soup(html: bytes | str) -> BeautifulSoup:
    return BeautifulSoup(html, "lxml")


def text_of(element) -> str:
    """The visible text of an element, spaces folded."""
    return " ".join(element.get_text(" ", strip=True).split())


def check_page(response, path: str) -> BeautifulSoup:
    """Fails with the rule that a page breaks; gives the parsed page back."""
    page = soup(response.data)
    where = f"{path}: "
    html, body = page.html, page.body
    assert html.get("lang") and html.get("dir") in ("ltr", "rtl"), where + "lang and dir on <html>"
    assert body.get("data-page"), where + "data-page on <body>"
    assert len(page.find_all("main")) == 1, where + "one <main>"
    headings = page.find_all("h1")
    assert len(headings) == 1, where + f"one h1, not {len(headings)}"
    assert page.title.get_text(strip=True).startswith(text_of(headings[0])), where + "the title starts with the h1"
    ids = [element["id"] for element in page.find_all(id=True)]
    assert len(ids) == len(set(ids)), where + f"an id stands twice: {[i for i in ids if ids.count(i) > 1]}"
    check_no_inline_code(page, where)
    check_origins(page, where)
    check_labels(page, ids, where)
    for picture in page.find_all(["img", "svg"]):
        if picture.find_parent("svg") is None:
            named = picture.get("alt") is not None or picture.get("aria-label") or picture.get("aria-hidden") == "true"
            assert named, where + f"a picture without alt or aria-hidden: {str(picture)[:80]}"
    assert "Set-Cookie" not in response.headers or path.startswith("/staff"), where + "a cookie on the public side"
    levels = [int(h.name[1]) for h in page.find_all(["h1", "h2", "h3", "h4"])]
    for before, after in pairwise(levels):
        assert after <= before + 1, where + "a heading level is jumped over"
    return page


def check_no_inline_code(page: BeautifulSoup, where: str) -> None:
    for element in page.find_all(True):
        assert not element.has_attr("style"), where + f"inline style on <{element.name}>"
        for attribute in element.attrs:
            assert not attribute.lower().startswith("on"), where + f"inline code {attribute} on <{element.name}>"
    assert len(page.find_all("style")) <= 1, where + "only the one critical <style>"
    for script in page.find_all("script"):
        assert script.get("src") and not script.get_text(strip=True), where + "inline script"


def check_origins(page: BeautifulSoup, where: str) -> None:
    for element in page.find_all(["script", "link", "img", "source", "audio", "video", "iframe", "object", "embed", "use", "form"]):
        for name in ("src", "href", "action", "data"):
            value = element.get(name, "")
            if element.name == "link" and {"alternate", "canonical"} & set(element.get("rel", [])):
                continue
            assert not value or (value.startswith(("/", "#", "data:")) and not value.startswith("//")), where + f"foreign origin {value}"
    for link in page.find_all("a", href=True):
        parts = urlsplit(link["href"])
        if parts.scheme in ("http", "https") or parts.netloc:
            if parts.hostname in ("127.0.0.1", "localhost"):
                continue
            assert parts.hostname in ALLOWED, where + f"a link to {parts.hostname}, which is not on the reviewed list"
            assert {"noopener", "noreferrer"} <= set(link.get("rel", [])), where + "an outbound link without noopener noreferrer"
            assert parts.hostname.removeprefix("www.") in text_of(link), where + f"an outbound link that hides its host {parts.hostname}"
        else:
            assert parts.scheme in ("", "tel", "sms", "mailto"), where + f"a link of kind {parts.scheme}"


def check_labels(page: BeautifulSoup, ids: list[str], where: str) -> None:
    labelled = {label["for"] for label in page.find_all("label", attrs={"for": True})}
    for name in INTERACTIVE:
        for field in page.find_all(name):
            if field.get("type") in ("hidden", "submit"):
                continue
            inside = field.find_parent("label") is not None
            assert inside or field.get("id") in labelled or field.get("aria-label") or field.get("aria-labelledby"), where + f"a field without a label: {field}"
    for button in page.find_all("button"):
        assert text_of(button) or button.get("aria-label"), where + f"a button without words: {button}"
    for label in labelled:
        assert label in ids, where + f"a label for {label}, which is not there"
