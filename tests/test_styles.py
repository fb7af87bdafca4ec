"""Every page carries all of its style in its own HTML, made of the parts that patient_app/web/styles.py
names."""

import re

import lxml.html
import pytest
from addresses import public_paths
from werkzeug.test import Client

from patient_app.paths import PACKAGE, STATIC, TEMPLATES
from patient_app.web import styles

PARTS = STATIC / "css" / "parts"


def test_no_family_page_waits_for_anything_but_its_own_html(app):
    client = Client(app)
    for path in public_paths(app, prefixes=("", "m/D3M0/")):
        page = lxml.html.document_fromstring(client.get(path, buffered=True).get_data())
        sheets = page.xpath("//link[@rel='stylesheet'][not(@media='print')]/@href")
        scripts = page.xpath("//script[not(@type='module')][not(@async)][not(@defer)]/@src")
        assert (sheets, scripts) == ([], []), f"{path} waits for these before it is painted"


def test_a_pages_policy_names_its_own_sheet(client):
    for path in (
        "/sv/",
        "/sv/child/3-6/1",
        "/sv/check/camera",
        "/sv/support/share",
        "/sv/guide/under-13/all",
    ):
        response = client.get(path)
        style = lxml.html.document_fromstring(response.get_data()).findtext(".//style")
        assert styles.Sheet(style).csp_source in response.headers["Content-Security-Policy"], path


def test_every_part_is_named_by_a_page_and_every_named_part_is_there(tmp_path):
    assert {part for _, parts in styles.PARTS for part in parts} == {
        path.stem for path in PARTS.glob("*.css")
    }
    with pytest.raises(ValueError, match="tokens"):
        styles.sheets(tmp_path)


def test_a_page_gets_each_part_once_and_the_general_before_its_own():
    parts = styles.parts_of("children.practice")
    assert parts[0] == "tokens" and parts[-1] == "practice"
    assert len(parts) == len(set(parts))
    assert "staff" not in parts


def test_the_sources_are_written_out_and_minified_when_served(app):
    served = app.extensions["assets"].sheet("guide.day").text
    assert "/*" not in served and "\n" not in served and "; " not in served
    for path in PARTS.glob("*.css"):
        source = path.read_text("utf-8")
        assert source.startswith("/*"), f"{path.name} does not say what it is"
        rules = re.sub(r"/\*.*?\*/", "", source, flags=re.DOTALL)
        crowded = [line for line in rules.splitlines() if re.search(r"[;{}].", line)]
        assert crowded == [], f"{path.name}: one declaration a line"


@pytest.fixture(scope="module")
def sheets() -> dict[str, str]:
    """Every style sheet as it is written, without its comments."""
    paths = (STATIC / "css").rglob("*.css")
    return {path.name: re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL) for path in paths}


def classes_in(sheets: dict[str, str]) -> set[str]:
    return set(re.findall(r"\.([a-z][\w-]*)(?=[^{};]*\{)", "".join(sheets.values())))


def test_a_class_says_what_it_is(sheets):
    """No `.go`, `.ui` or `.k6`: whoever reads a page or a rule knows what the class is for."""
    names = classes_in(sheets)
    cryptic = {name for name in names if len(name) < 3 or len(name.partition("-")[0]) < 2}
    assert not cryptic and "link-rows" in names, f"give these classes a word for what they are: {cryptic}"


def test_no_rule_is_for_a_class_that_no_page_has(sheets):
    sources = [*TEMPLATES.rglob("*.*"), *(STATIC / "js").rglob("*.js"), *PACKAGE.rglob("*.py")]
    words = "".join(path.read_text("utf-8") for path in sources)
    # A class may be put together: `adult-{{ adult }}`, `paper-{{ size }}`.
    began = set(re.findall(r"([\w-]+-)(?=\{\{|\{% |\" ~)", words))
    unused = {
        name
        for name in classes_in(sheets)
        if not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", words)
        and not any(name.startswith(start) for start in began)
    }
    assert not unused, f"take these rules away: {unused}"


def test_a_browser_without_has_loses_nothing_else(sheets):
    """A browser that does not know one selector of a list drops the whole rule: what needs `:has` stands in a
    rule of its own. Seen in Chromium 72-92, where a question could not be answered."""
    mixed = []
    for name, text in sheets.items():
        for selectors in re.findall(r"([^{}]+)\{", text):
            outer = re.sub(
                r":\w+\([^()]*(?:\([^()]*\)[^()]*)*\)", lambda m: m[0].replace(",", ";"), selectors
            )
            with_has = [":has(" in one for one in outer.split(",")]
            if any(with_has) and not all(with_has):
                mixed.append(f"{name}: {' '.join(selectors.split())}")
    assert not mixed, f"part these lists in two rules: {mixed}"
