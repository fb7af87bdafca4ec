"""The words of the guide: how heavy they are, and what they must never claim (families.md)."""

import re

import pytest
from addresses import public_paths
from house import parsed, soup, text_of
from readability import LIMITS, block_text, measure, story_text

from patient_app.clinics.settings import VisitProfile
from patient_app.guide.steps import GUIDE

ADULT = re.compile(r"^/sv/(m/\w+/)?(guide/(under-13|other-adult)/(?!all)|guide$|help|day|about|$)")
YOUTH = re.compile(r"^/sv/(m/\w+/)?guide/13-17/(?!all)")

# What a common page, or any page without a profile that says so, must not claim; each with its line in
# families.md.
NEVER_ON_COMMON = {
    r"spelas inte in|spelar inte in": "that the visit is not recorded",
    r"lagras|krypter": "that nothing is stored, or that it is encrypted",
    r"(?<!inte )godkän[dt]+ av 1177": "that we are approved by 1177",
    r"Min Hälsa": "an app, outside what a profile says",
    r"\b0\d{1,3}[- ]\d{2,3} ?\d{2} ?\d{2}\b": "an invented phone number",
}
NEVER_ANYWHERE = {
    r"förbjudet att spela in|olagligt": "that recording is forbidden",
    r"hemligt": "that something is secret",
    r"(du|ni|barnet) har rätt (till|att)": "a right no source gives",
    r"lika bra som (att träffas|ett besök)": "that video is as good as meeting",
    r"uppfyller (lagen|kraven)(?! \w* inte)": "that we meet the accessibility law",
    r"[Kk]licka här(?! för att ansluta till "
    r"videomötet)|[Vv]änligen|\bej\b(?<!Stör ej)|\bsamt\b|gällande|!": "words that voice.md leaves out",
}


def pages(app, client, pattern, prefixes=("",), read=parsed):
    for path in public_paths(app, ("sv",), prefixes):
        if pattern.match(path):
            answer = client.get(path)
            if answer.status_code == 200:
                yield path, read(answer.data)


@pytest.mark.parametrize(
    ("pattern", "limit"), [(ADULT, LIMITS["adult"]), (YOUTH, LIMITS["13-17"])], ids=["adults", "13-17"]
)
def test_the_guides_pages_are_light_enough_to_read(app, client, pattern, limit):
    heavy = {}
    count = 0
    for path, page in pages(app, client, pattern, ("", "m/D3M0/", "m/V3ST/", "m/N0RR/"), soup):
        count += 1
        weight = measure(story_text(page))
        if weight.lix > limit:
            heavy[path] = round(weight.lix, 1)
    assert count > 15
    assert heavy == {}


def test_a_common_page_makes_no_promise(app, client):
    for path, page in pages(app, client, re.compile(r"^/sv/(?!(m/\w+/)?(about|support))")):
        text = text_of(page.find(".//main"))
        for pattern, why in NEVER_ON_COMMON.items():
            assert not re.search(pattern, text), f"{path} claims {why}: {re.search(pattern, text).group()}"


def test_no_page_claims_what_we_cannot_know(app, client):
    for path, page in pages(
        app, client, re.compile(r"^/sv/(?!(m/\w+/)?(about|support))"), ("", "m/D3M0/", "m/V3ST/", "m/N0RR/")
    ):
        text = text_of(page.find(".//main")).replace("utan Stör ej", "")
        for pattern, why in NEVER_ANYWHERE.items():
            assert not re.search(pattern, text), f"{path} has {why}: {re.search(pattern, text).group()}"


WORDS_IN_SIGHT = {"": 140, "ready": 120}  # the plan, being ready; a task and joining have 110


@pytest.mark.parametrize("prefix", ["", "m/D3M0/", "m/V3ST/", "m/N0RR/"])
def test_a_page_of_the_guide_is_short_while_its_folds_are_closed(app, client, prefix):
    found = app.extensions["clinics"].directory.find(prefix[2:6])
    profile = found.profile if found else VisitProfile()
    long = {}
    for route in GUIDE.routes:
        for slug in ("", *(step.slug for step in GUIDE.steps_for(route, profile))):
            path = f"/sv/{prefix}guide/{route.slug}" + (f"/{slug}" if slug else "")
            page = soup(client.get(path).data)
            for folded in page.main.select("details > :not(summary)"):
                folded.decompose()
            count = measure(block_text(page.main)).words
            if count > WORDS_IN_SIGHT.get(slug, 110):
                long[path] = count
    assert long == {}
