"""What leads out of a clinic's text, in whatever letters it is written, and what only looks as if it did."""

import pytest

from patient_app.clinics import links


@pytest.mark.parametrize(
    "text",
    [
        "Se https://evil.example/x",
        "se www.region.nu",
        "bit.ly/abc",
        "BIT.LY/abc",
        "tinyurl.com",
        "t.co/x1",
        "gå till s.id nu",
        "redo-1177.help",
        "1177.xn--p1ai",
        "1177.ѕе",
        "1177．se",
        "1177。se",
        "1177｡se",
        "1177․se",
        "１１７７．ｓｅ",
        "1177\u200b.se",
        "1177.\u00adse",
        "1177.s\u2060e",
        "https\uff1a//evil",
        "region.example/boka",
        "кабінет.укр",
    ],
)
def test_an_address_is_found_in_whatever_dots_and_letters(text):
    assert links.leads_out(text)


@pytest.mark.parametrize("text", ["1l77", "ring ll77", "I177", "Ring 1І77", "рrivat", "Αnna", "mottаgningen"])
def test_what_only_looks_like_another_is_found(text):
    assert links.looks_like_another(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ring 1177 eller 010-123 45 00, t.ex. kl.10.15 eller 08.00-16.30.",
        "Ring oss.Vi hjälper er.",
        "Ta med legitimation (bl.a. pass), och/eller kort.",
        "Барн може сидіти поруч. Зателефонуйте нам.",
        "اتصل بنا على الرقم ١١٧٧.",
        "می\u200cتوانید زنگ بزنید",
        "Tolk på ελληνικά och українська finns.",
        "Våning 2, rum 3.4 i hus B.2",
        "Kom kl. 9.30. Se skylten.",
        "3.5 kg, 1,5 m, 12.000 kr",
    ],
)
def test_plain_words_are_left_alone(text):
    assert not links.leads_out(text) and not links.looks_like_another(text)
