"""Every setting of a clinic reaches its reader: flipped, it changes the visible text of a page that its row
names."""

import re
from itertools import combinations

import pytest
from house import parsed, text_of
from making import make_app, publish_shipped

from patient_app.clinics import directory, published
from patient_app.clinics.settings import NOT_SHOWN_YET, SETTINGS, VisitProfile
from patient_app.paths import TEMPLATES

SAMPLES = {
    "flag": (True, False),
    "number": (7, 33),
    "date": ("2026-01-02", "2025-03-04"),
    "phone": ("010-777 77 77", "010-888 88 88"),
    "url": ("https://www.regionexempel.se/ett", "https://www.regionexempel.se/sida"),
    "text": ({"sv": "Så gör ni alltid."}, {"sv": "Gör på ett annat sätt."}),
    "line": ("Ettan", "Tvåan"),
    "labels": ({"allow": "Ja, släpp in"}, {"allow": "Godkänn"}),
}
UNSET_TOO = ("number", "date", "text", "line", "labels")  # their sentence is gone when nothing is said


def samples(name: str) -> list:
    meta = SETTINGS[name].metadata
    values = list(meta["choices"] or SAMPLES[meta["kind"]])
    default = SETTINGS[name].default
    if meta["kind"] == "url":
        return [None, values[0]]  # only the host is read
    if meta["kind"] == "flag" and default is None:
        # Said "no" reads as nothing said, for most promises: what must not be silent is the "yes".
        return [None, True]
    return [*values, None] if meta["kind"] in UNSET_TOO and name != "phone" else values


@pytest.fixture(scope="module")
def shown(tmp_path_factory, data_dir, app):
    """Gives the text of a setting's pages at a clinic that says a value."""
    folder = tmp_path_factory.mktemp("flipped")
    (folder / "assets").symlink_to(data_dir / "assets")  # compressed once, by the shared app
    publish_shipped(folder)
    flipped = make_app(folder)
    version = iter(range(2, 10_000))
    client = flipped.test_client()

    def text(name: str, value) -> str:
        settings = {"phone": "010-111 11 11", **SETTINGS[name].metadata["given"]}
        if value is not None:
            settings[name] = value
        body = {
            "regions": {"ex": {"name": "Region Exempel"}},
            "clinics": [{"code": "F11P", "name": "Kajen", "region": "ex", "settings": settings}],
        }
        published.write_published(folder / published.PUBLISHED, body, next(version))
        flipped.extensions["clinics"].look()
        words = []
        for address in SETTINGS[name].metadata["shows"]:
            answer = client.get(f"/sv/m/F11P/{address}")
            assert answer.status_code in (200, 303), f"{name} is said to show on {address}"
            page = parsed(answer.data)
            for hidden in page.xpath("//script | //style | //*[@hidden]"):
                hidden.drop_tree()
            words.append(text_of(page.body))
        return "\n".join(words)

    return text


@pytest.mark.parametrize("name", [name for name in SETTINGS if SETTINGS[name].metadata["published"]])
def test_a_setting_changes_what_a_family_reads(shown, name):
    assert SETTINGS[name].metadata["shows"], f"{name} names no page"
    texts = {repr(value): shown(name, value) for value in samples(name)}
    same = [pair for pair in combinations(texts, 2) if texts[pair[0]] == texts[pair[1]]]
    assert (same == []) == (name not in NOT_SHOWN_YET), f"{name} says the same for {same}"


def test_no_setting_is_mute():
    assert set() == NOT_SHOWN_YET


def test_a_template_asks_for_no_setting_that_has_no_row():
    """Jinja takes a name that is not there for false, and the sentence would be silent for ever."""
    sources = [path.read_text("utf-8") for path in TEMPLATES.rglob("*.*")]
    asked = {name for source in sources for name in re.findall(r"\bprofile\.(\w+)", source)}
    unknown = {name for name in asked if not hasattr(VisitProfile(), name)}
    assert asked and not unknown, f"these have no row in clinics/settings.py: {unknown}"


def test_every_setting_has_words_for_staff_in_its_row():
    for name, spec in SETTINGS.items():
        meta = spec.metadata
        assert meta["label"] and meta["help"] and meta["group"], name
        assert tuple(meta["says"]) == meta["choices"], name
        assert set(meta["given"]) <= set(SETTINGS), name


def test_what_staff_search_for_is_never_published(tmp_path):
    body = {
        "regions": {"ex": {"name": "Region Exempel", "settings": {"search_alias": "hemlig region"}}},
        "clinics": [
            {
                "code": "K7Q2",
                "name": "Kajen",
                "region": "ex",
                "settings": {"phone": "010-111 11 11", "search_alias": "BUP Norr"},
            }
        ],
    }
    made = published.write_published(tmp_path / "clinics.json", body, 1)
    assert made.find("K7Q2").profile.search_alias is None
    written = (tmp_path / "clinics.json").read_text("utf-8")
    assert "BUP" not in written and "hemlig" not in written
    version, read = published.read_published(tmp_path / "clinics.json")
    assert directory.build_directory(read, version).find("K7Q2").profile.phone == "010-111 11 11"


def test_a_key_of_older_files_is_read_and_says_nothing():
    old = {
        "clinics": [
            {
                "code": "K7Q2",
                "name": "Kajen",
                "settings": {"phone": "010-111 11 11", "proxy_age_limit": 16},
            }
        ]
    }
    assert directory.build_directory(old, 1).find("K7Q2").profile.phone == "010-111 11 11"
