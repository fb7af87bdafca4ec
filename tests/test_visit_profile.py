"""The visit profile: layers, and every wrong setting refused with its place and reason."""

import datetime

import pytest

from patient_app.clinics import outbound
from patient_app.clinics.settings import LABELS, SETTINGS, VisitProfile, build, check_layer
from patient_app.problem import ProfileError


def refused(settings: dict, place: str = "here") -> list[tuple[str, str]]:
    with pytest.raises(ProfileError) as error:
        check_layer(settings, place, outbound.ALLOWED)
    return [(problem.place, str(problem)) for problem in error.value.problems]


def test_nothing_said_is_the_leaflets_way_and_no_promise():
    common = VisitProfile()
    assert (common.link_place, common.booked_on, common.add_clinic, common.login) == (
        "bookings",
        "child",
        True,
        "e-id",
    )
    said = {name for name in SETTINGS if getattr(common, name) not in (None, {})}
    assert said == {"proxy_age_checked", "link_place", "booked_on", "add_clinic", "login"}


def test_the_clinic_is_stronger_than_its_region_and_the_region_than_the_common():
    profile = build(
        {"link_place": "sms", "reply_days": 2, "phone": "010-111 11 11"}, {"phone": "010-222 22 22"}
    )
    assert (profile.link_place, profile.reply_days, profile.phone, profile.login) == (
        "sms",
        2,
        "010-222 22 22",
        "e-id",
    )


def test_labels_are_laid_over_each_other_key_by_key():
    profile = build(
        {"labels": {"bookings": "Mina tider", "inbox": "Post"}}, {"labels": {"inbox": "Inkorgen"}}
    )
    assert [profile.label(key) for key in ("bookings", "inbox", "log-in")] == [
        "Mina tider",
        "Inkorgen",
        "Logga in",
    ]
    with pytest.raises(KeyError):
        profile.label("no-such-label")


def test_a_profile_cannot_be_changed_once_it_is_made():
    profile = build({"labels": {"inbox": "Post"}})
    with pytest.raises(AttributeError):
        profile.phone = "112"
    with pytest.raises(TypeError):
        profile.labels["inbox"] = "Skräp"


WRONG = {
    "unknown setting": ({"telephone": "010-123 45 00"}, "telephone", "no such setting"),
    "flag in words": ({"add_clinic": "yes"}, "add_clinic", "true or false"),
    "flag as number": ({"hidden_number": 1}, "hidden_number", "true or false"),
    "choice": ({"link_place": "fax"}, "link_place", "one of"),
    "choice of a wrong kind": ({"link_place": ["sms"]}, "link_place", "one of"),
    "number in words": ({"reply_days": "two"}, "reply_days", "whole number"),
    "number as flag": ({"reply_days": True}, "reply_days", "whole number"),
    "number below": ({"reply_days": -1}, "reply_days", "whole number"),
    "number above": ({"plan_b_minutes": 1000}, "plan_b_minutes", "whole number"),
    "half a number": ({"plan_b_minutes": 2.5}, "plan_b_minutes", "whole number"),
    "date": ({"proxy_age_checked": "yesterday"}, "proxy_age_checked", "date"),
    "phone in words": ({"phone": "ring oss"}, "phone", "phone number"),
    "short phone": ({"phone": "112"}, "phone", "phone number"),
    "phone as number": ({"phone": 101234500}, "phone", "phone number"),
    "phone with markup": ({"phone": "010-123<b>45"}, "phone", "phone number"),
    "personal number as phone": ({"phone": "811218-9876"}, "phone", "personal number"),
    "whole personal number as phone": ({"support_phone": "198112189876"}, "support_phone", "personal number"),
    "unknown label": ({"labels": {"buy": "Köp"}}, "labels", "no label"),
    "labels as text": ({"labels": "Logga in"}, "labels", "table"),
    "empty label": ({"labels": {"inbox": " "}}, "labels", "text"),
    "label as number": ({"labels": {"inbox": 5}}, "labels", "text"),
    "long label": ({"labels": {"inbox": "x" * 81}}, "labels", "longer"),
    "text with a personal number": (
        {"interpreter": "Fråga efter 811218-9876"},
        "interpreter",
        "personal number",
    ),
    "personal number in another language": (
        {"interpreter": {"sv": "Ring", "en": "Ask for 811218 9876"}},
        "interpreter",
        "personal number",
    ),
    "text without Swedish": ({"interpreter": {"en": "Phone us"}}, "interpreter", "sv"),
    "unknown language": ({"interpreter": {"sv": "Ring", "xx": "Ring"}}, "interpreter", "no language"),
    "markup": ({"reminders": "Ring <b>oss</b>"}, "reminders", "characters"),
    "template": ({"reminders": "Ring {{ config }}"}, "reminders", "characters"),
    "hidden direction": ({"reminders": "Ring \u202eoss"}, "reminders", "characters"),
    "link": ({"reminders": "Se https://evil.example/x"}, "reminders", "link"),
    "bare link": ({"reminders": "Se evil-site.com nu"}, "reminders", "link"),
    "long text": ({"reminders": "x" * 401}, "reminders", "longer"),
    "empty text": ({"platform_name": ""}, "platform_name", "text"),
    "http": ({"fee_url": "http://www.1177.se/"}, "fee_url", "https"),
    "other host": ({"fee_url": "https://evil.example/"}, "fee_url", "reviewed"),
    "host that looks like ours": ({"fee_url": "https://www.1177.se.evil.example/"}, "fee_url", "reviewed"),
    "user name": ({"fee_url": "https://www.1177.se@evil.example/"}, "fee_url", "reviewed"),
    "backslash": ({"fee_url": "https://evil.example\\@www.1177.se/"}, "fee_url", "reviewed"),
    "script": ({"test_link": "javascript:alert(1)"}, "test_link", "https"),
    "quote in an address": ({"test_link": 'https://www.1177.se/"onclick="'}, "test_link", "https"),
    "address with a space": ({"test_link": "https://www.1177.se/ evil"}, "test_link", "https"),
    "address as a number": ({"test_link": 5}, "test_link", "https"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_setting_is_refused_with_its_place_and_reason(wrong):
    settings, name, reason = WRONG[wrong]
    [(place, said)] = refused(settings, "clinics.D3M0.settings")
    assert place == f"clinics.D3M0.settings.{name}"
    assert reason in said


def test_everything_that_is_wrong_is_said_at_once():
    problems = refused({"telephone": "x", "phone": "x", "add_clinic": "x", "link_place": "bookings"})
    assert [place for place, _ in problems] == ["here.telephone", "here.phone", "here.add_clinic"]


@pytest.mark.parametrize(
    "name, typed, kept",
    [
        ("phone", " 010-123 45 00 ", "010-123 45 00"),
        ("phone", "+46 10 123 45 00", "+46 10 123 45 00"),
        ("phone", "08-123456", "08-123456"),
        ("proxy_age_checked", "2026-11-22", datetime.date(2026, 11, 22)),
        ("fee_url", "https://www.1177.se/a/b?c=d#e", "https://www.1177.se/a/b?c=d#e"),
        ("interpreter", "Ring oss", {"sv": "Ring oss"}),
        ("interpreter", {"en": "Phone", "sv": "Ring "}, {"sv": "Ring", "en": "Phone"}),
        ("reply_days", 0, 0),
        ("labels", {"inbox": "Post"}, {"inbox": "Post"}),
        ("add_clinic", False, False),
    ],
)
def test_a_right_setting_is_kept_as_it_will_be_shown(name, typed, kept):
    assert check_layer({name: typed}, "here", outbound.ALLOWED) == {name: kept}


def test_every_label_has_its_usual_words():
    assert all(words and all(words) for words in LABELS.values())
    assert all(VisitProfile().label(key) == words[0] for key, words in LABELS.items())
