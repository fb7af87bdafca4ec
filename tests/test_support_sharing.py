"""Sharing a link: length of an sms, QR codes that read back, search that stays fast, and the page itself."""

import io
import time
from itertools import product
from urllib.parse import urlencode

import pytest
import zxingcpp
from house import text_of
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from patient_app.codes import short_link
from patient_app.support import sharing
from patient_app.web import qr
from patient_app.web.languages import LANGUAGES, gettext, in_language

RULE = "Vi frågar aldrig efter personnummer eller BankID"


def shared(visit, **choice):
    return visit(f"/sv/support/share?{urlencode({'clinic': 'D3M0', **choice})}")


@pytest.mark.parametrize(
    "text, expected",
    [
        ("", ("GSM-7", 0, 1)),
        ("a" * 160, ("GSM-7", 160, 1)),
        ("a" * 161, ("GSM-7", 161, 2)),
        ("a" * 306, ("GSM-7", 306, 2)),
        ("a" * 307, ("GSM-7", 307, 3)),
        ("åäöÅÄÖéÉüñ", ("GSM-7", 10, 1)),
        ("€" * 80, ("GSM-7", 160, 1)),
        ("a" * 152 + "€" + "a" * 7, ("GSM-7", 161, 2)),
        ("ą" * 70, ("UCS-2", 70, 1)),
        ("ą" * 71, ("UCS-2", 71, 2)),
        ("مرحبا", ("UCS-2", 5, 1)),
        ("🙂" * 35, ("UCS-2", 70, 1)),
        ("a" * 66 + "🙂" + "a" * 66, ("UCS-2", 134, 3)),
    ],
)
def test_an_sms_is_as_long_as_the_network_counts_it(text, expected):
    length = sharing.sms_length(text)
    assert (length.alphabet, length.units, length.parts) == expected


@given(st.text(max_size=400))
def test_an_sms_always_fits_in_its_parts(text):
    length = sharing.sms_length(text)
    part = sharing.GSM_PART if length.alphabet == "GSM-7" else sharing.UCS2_PART
    assert (length.parts == 1 and length.units <= length.limit) or length.units <= length.parts * part


@pytest.mark.parametrize("kind", ["svg", "png"])
@pytest.mark.parametrize(
    "address",
    [
        "https://video.example.se/D3M0-04G1",
        "http://127.0.0.1:8000/sv/child/3-6/1",
        "https://a.se/" + "K" * 90,
    ],
)
def test_every_qr_code_reads_back_with_its_quiet_zone(kind, address):
    if kind == "png":
        image = Image.open(io.BytesIO(qr.qr_png(address))).convert("L")
    else:
        path = qr.qr_path(address)
        image = drawn(path)
        assert "style" not in qr.qr_svg_file(address)
    assert [found.text for found in zxingcpp.read_barcodes(image)] == [address]
    border = 4 * 10
    assert set(image.crop((0, 0, image.width, border)).tobytes()) == {255}


def drawn(path: qr.QrPath) -> Image.Image:
    """The path as a picture, ten dots a module: what a browser would paint."""
    image = Image.new("L", (path.side * 10, path.side * 10), 255)
    for run in path.d.split("M")[1:]:
        x, rest = run.split(" ", 1)
        y, rest = rest.split("h", 1)
        length = rest.split("v")[0]
        image.paste(0, (int(x) * 10, int(y) * 10, (int(x) + int(length)) * 10, int(y) * 10 + 10))
    return image


@pytest.mark.parametrize("who, start", list(product(sharing.WHO, sharing.START)))
def test_every_choice_gives_a_link_that_says_the_same(visit, who, start):
    page = shared(visit, who=who, start=start, language="en")
    link = page.select_one("[data-link]")["data-link"]
    read = short_link.decode(link.rpartition("/")[2])
    assert read == short_link.ShortLink(
        "D3M0", short_link.WHO.index(who), short_link.START.index(start), LANGUAGES["en"].number
    )
    assert link in page.select_one("#share-sms").text and link in page.select_one("#share-message").text


def test_the_files_of_the_code_read_back_as_the_link(client, visit):
    page = shared(visit)
    link = page.select_one("[data-link]")["data-link"]
    png = client.get(page.find("a", string="QR-kod, PNG")["href"])
    assert png.content_type == "image/png"
    assert [found.text for found in zxingcpp.read_barcodes(Image.open(io.BytesIO(png.data)))] == [link]
    svg = client.get(page.find("a", string="QR-kod, SVG")["href"])
    assert svg.content_type.startswith("image/svg+xml") and "attachment" in svg.headers["Content-Disposition"]


@pytest.mark.parametrize(
    "address", ["/sv/support/qr/D3M0-0001.svg", "/sv/support/qr/ZZZZ-0000.png", "/sv/support/qr/D3M0Q.gif"]
)
def test_no_qr_code_is_made_for_what_is_no_link_of_ours(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("clinic", ["D3M0", "V3ST", "N0RR"])
@pytest.mark.parametrize("who", sharing.WHO)
@pytest.mark.parametrize("family", LANGUAGES)
def test_the_sms_names_no_clinic_person_or_reason_and_keeps_its_sentence(app, visit, clinic, who, family):
    sms = shared(visit, clinic=clinic, who=who, language=family).select_one("#share-sms")
    found = app.extensions["clinics"].directory.find(clinic)
    assert sms["lang"] == family
    with app.test_request_context(), in_language(LANGUAGES[family]):
        assert gettext(f"{RULE}.") in sms.text
    for word in (found.name, "barn", "ungdom", "BUP", found.profile.phone):
        assert word.lower() not in sms.text.lower()
    assert (found.region_name in sms.text) is bool(found.profile.region_in_sms)


def test_the_swedish_rule_stands_to_the_letter(visit):
    assert RULE in shared(visit).select_one("#share-sms").text
    assert RULE in text_of(visit("/en/support/share?clinic=D3M0&language=sv").select_one("#share-sms"))


def test_the_length_is_shown_and_more_than_one_sms_is_warned_of(visit):
    page = shared(visit)
    length = sharing.sms_length(page.select_one("#share-sms").text)
    assert page.select_one("[data-units]").text == str(length.units)
    assert page.select_one("[data-long]").has_attr("hidden") is (length.parts == 1)


def test_the_address_is_the_preset_and_is_never_kept(client, visit):
    page = shared(visit, who="child-7-9", start="practice", language="en")
    again = visit(page.select_one("[data-preset]")["href"])
    assert again.select_one("[data-link]")["data-link"] == page.select_one("[data-link]")["data-link"]
    assert page.response.headers["Cache-Control"] == "no-store"


def test_a_part_of_a_name_finds_the_clinic_without_javascript(visit):
    assert visit("/sv/support/share?q=kajen").select_one("[data-link]")
    several = visit("/sv/support/share?q=mottagningen")
    assert not several.select_one("[data-link]")
    assert {radio["value"] for radio in several.select("[type=radio][name=clinic]")} == {
        "D3M0",
        "V3ST",
        "N0RR",
    }
    picked = visit("/sv/support/share?q=mottagningen&clinic=&clinic=V3ST")
    assert "/V3ST-" in picked.select_one("[data-link]")["data-link"]
    typed_anew = visit("/sv/support/share?q=kajen&clinic=D3M0")
    assert "/V3ST-" in typed_anew.select_one("[data-link]")["data-link"]
    assert "Ingen mottagning heter så" in text_of(visit("/sv/support/share?q=xyzzy").select_one("#q-problem"))


def test_what_looks_like_a_personal_number_is_dropped(client, visit):
    page = visit("/sv/support/share?q=20121212-1212")
    assert "20121212" not in page.response.text and "personnummer" in text_of(page.select_one("#q-problem"))
    assert client.get("/sv/support/clinics?q=20121212-1212").json == []


def test_odd_choices_fall_back_and_never_fail(visit):
    page = visit("/sv/support/share?clinic=D3M0&who=<script>&start=99&language=xx")
    assert short_link.decode(page.select_one("[data-link]")["data-link"].rpartition("/")[2]).who == 1


def test_search_forgives_marks_and_order_and_finds_codes():
    search = sharing.ClinicSearch(
        [
            ("D3M0", "Barn- och ungdomsmottagningen, Exempelstad", "Region Exempel"),
            ("V3ST", "Mottagningen Kajen", "Region Väst"),
        ]
    )
    assert search.find("exempelstad barn") == ["D3M0"]
    assert search.find("vast") == ["V3ST"]
    assert search.find("d3m0") == ["D3M0"]
    assert search.find("mottagningen") == ["V3ST", "D3M0"]
    assert search.find("") == search.find(" - ") == search.find("nowhere") == []


def test_search_stays_fast_with_ten_thousand_clinics():
    names = [(f"{i:04d}", f"Mottagningen {i} i Ort {i % 97}", f"Region {i % 21}") for i in range(10_000)]
    search = sharing.ClinicSearch(names)
    started = time.process_time()
    for typed in ("m", "ort 96", "9999", "finns inte alls") * 5:
        search.find(typed)
    assert (time.process_time() - started) / 20 < 0.03


def test_other_languages_have_no_support_room(client):
    assert client.get("/ar/support/").status_code == 404
    assert client.get("/fi/support/share").status_code == 404


@pytest.mark.parametrize("who", sharing.WHO)
@pytest.mark.parametrize("family", LANGUAGES)
def test_the_sheet_is_in_the_familys_language_and_its_code_reads_back(visit, who, family):
    page = visit(f"/sv/m/D3M0/support/sheet/{who}/guide/{family}/a5")
    assert page.html["lang"] == family and page.html["dir"] == LANGUAGES[family].direction
    drawing = page.select_one("svg.sheet-qr")
    path = qr.QrPath(int(drawing["viewbox"].split()[2]), drawing.find_all("path")[1]["d"])
    [read] = zxingcpp.read_barcodes(drawn(path))
    assert read.text.endswith(page.select_one(".address").get_text())
    assert short_link.decode(read.text.rpartition("/")[2]).language == LANGUAGES[family].number
