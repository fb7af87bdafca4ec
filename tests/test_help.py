"""The help as every reader has it: the same templates in other words. A young person is one and not a family;
the guardian of a teenager is told what the teenager does."""

import re

import pytest
from addresses import OTHERS_HELP, every_public_path
from house import check_page, parsed, soup, text_of
from readability import LIMITS, measure, story_text

from patient_app.clinics.opening import ROUTES

# Words that speak to somebody else than the reader.
TO_SOMEBODY_ELSE = {
    # What one says to the clinic («Kan vi ses?») and what reader and clinic do together stand as they are.
    "13-17": r"\b[Bb]arnets?\b|\b[Tt]onåring|vårdnadshavare|\b(har|är|kommer|får|behöver|ser|vill|kan) ni\b"
    r"|\b[Nn]i (har|är|kommer|får|behöver|ser|vill|kan)\b|\ber\b",
    "guardian-13-17": r"\b[Bb]arnets?\b|Logga in på 1177|\bLogga in som dig själv",
    "other-adult": r"\b[Tt]onåring|\bombud\b|Logga in på",
}


def pages_of_help(app, client, route: str, prefix: str, language: str = "sv"):
    for path in every_public_path(app, (language,), (prefix,)):
        if OTHERS_HELP.search(path) and f"/help/{route}" in path:
            answer = client.get(path)
            if answer.status_code == 200:
                yield path, answer


def words_to_the_reader(page) -> str:
    """What we say on a page: not what one is to say, and not what the clinic wrote."""
    for clinics in page.xpath("//*[@class='says']"):
        clinics.drop_tree()
    return re.sub(r"«[^»]*»", "", text_of(page.find(".//main")))


@pytest.mark.parametrize("route", ROUTES[1:])
def test_the_help_speaks_to_its_reader(app, client, route):
    for path, answer in pages_of_help(app, client, route, "m/D3M0/" if route == "13-17" else ""):
        found = re.search(TO_SOMEBODY_ELSE[route], words_to_the_reader(parsed(answer.data)))
        assert not found, f"{path}: {found.string[max(0, found.start() - 40) : found.end() + 40]}"


@pytest.mark.whole
@pytest.mark.parametrize("prefix", ["", "m/D3M0/", "m/V3ST/", "m/N0RR/"])
@pytest.mark.parametrize("route", ROUTES[1:])
def test_the_help_of_every_reader_keeps_the_house_rules_and_is_light_to_read(app, client, route, prefix):
    limit = LIMITS["13-17" if route == "13-17" else "adult"]
    count = 0
    for language in ("sv", "en"):
        for path, answer in pages_of_help(app, client, route, prefix, language):
            check_page(answer, path)
            count += 1
            if language == "sv":
                assert measure(story_text(soup(answer.data))).lix <= limit, path
    assert count > 30
