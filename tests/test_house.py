"""The house rules bite: a page that breaks one of them is refused with the rule's name."""

from types import SimpleNamespace

import pytest
from house import check_page

WHOLE = """<!doctype html><html lang="sv" dir="ltr"><head><title>Hej – Redo</title><style>p{}</style><script type="module" src="/static/x.js"></script>
<link rel="canonical" href="https://redo.example.se/sv/"></head><body data-page="start"><main><h1>Hej</h1><h2 id="a">Då</h2>
<svg aria-hidden="true"><svg></svg></svg><img src="/static/x.png" alt="">
<label for="f">Namn</label><input id="f"><label>Ort <select></select></label><button>Gå</button>
<a href="/sv/day">Dagen</a><a href="tel:+461177">Ring</a><a href="https://www.1177.se/" rel="noopener noreferrer">1177.se</a></main></body></html>"""  # noqa: E501

BROKEN = [
    ('lang="sv" ', "", "lang and dir"),
    ('dir="ltr"', 'dir="sideways"', "lang and dir"),
    (' data-page="start"', "", "data-page"),
    ("</main>", "</main><main></main>", "one <main>"),
    ("<h2", "<h1>Två</h1><h2", "one h1"),
    ("<title>Hej", "<title>Start", "the title starts with the h1"),
    ("<button>", '<button id="a">', "an id stands twice"),
    ('<h2 id="a">', '<h2 style="color:red">', "inline style"),
    ('<h2 id="a"', '<h2 onclick="go()"', "inline style or code"),
    ("<h1>", '<h1 OnFocus="go()">', "inline style or code"),
    ("</style>", "</style><style>a{}</style>", "one critical <style>"),
    ('<script type="module" src="/static/x.js">', "<script>go()", "inline script"),
    ("/static/x.js", "https://cdn.example.com/x.js", "foreign origin"),
    ("/static/x.png", "//cdn.example.com/x.png", "foreign origin"),
    (' alt=""', "", "a picture without alt"),
    ('svg aria-hidden="true"', "svg", "a picture without alt"),
    ("https://www.1177.se/", "https://www.example.com/", "not on the reviewed list"),
    (' rel="noopener noreferrer"', "", "noopener noreferrer"),
    (">1177.se<", ">Läs mer<", "hides its host"),
    ("tel:+461177", "javascript:go()", "a link of kind"),
    ('<label for="f">Namn</label>', "", "a field without a label"),
    ("<label>Ort <select></select></label>", "<select></select>", "a field without a label"),
    ("<button>Gå", "<button>", "a button without words"),
    ('id="f"', 'aria-label="Namn"', "a label for f"),
    ("<h2", "<h2>Två</h2><h4>Fyra</h4><h2", "a heading level is jumped over"),
]


def answer(html: str, **headers: str):
    return SimpleNamespace(data=html.encode(), headers=headers)


def test_a_whole_page_is_let_through():
    check_page(answer(WHOLE), "/sv/")


@pytest.mark.parametrize(("part", "instead", "rule"), BROKEN)
def test_a_page_that_breaks_a_rule_is_refused(part, instead, rule):
    assert part in WHOLE
    with pytest.raises(AssertionError, match=rule):
        check_page(answer(WHOLE.replace(part, instead, 1)), "/sv/")


def test_a_cookie_is_for_the_staff_side_alone():
    with pytest.raises(AssertionError, match="a cookie on the public side"):
        check_page(answer(WHOLE, **{"Set-Cookie": "a=b"}), "/sv/")
    check_page(answer(WHOLE, **{"Set-Cookie": "a=b"}), "/staff/log-in")
