"""How a visit opens: one value, derived from the profile and the reader's route."""

from itertools import product

import pytest

from patient_app.clinics.opening import PLACES, ROUTES, opening
from patient_app.clinics.settings import VisitProfile


def opens(route: str = "under-13", **settings):
    return opening(VisitProfile(**settings), route)


def test_a_clinic_that_said_nothing_opens_as_the_leaflet_says():
    found = opens()
    assert (found.place, found.account, found.first) == ("bookings", "child", ("add-child", "add-clinic"))
    assert found.button == "Klicka här för att ansluta till videomötet"
    assert (found.opens, found.plan_b) == (None, None)
    assert found.on_1177 and found.by_proxy and not found.by_link and found.known


# route, settings -> place, account, what comes first
TABLE = {
    ("under-13", "inbox", "child", True): ("inbox", "child", ("add-child", "add-clinic")),
    ("under-13", "bookings", "child", False): ("bookings", "child", ("add-child",)),
    ("under-13", "bookings", "guardian", True): ("bookings", "guardian", ("add-clinic",)),
    ("under-13", "bookings", "guardian", False): ("bookings", "guardian", ()),
    ("under-13", "app", "child", True): ("app", "child", ("get-app",)),
    ("under-13", "app", "guardian", False): ("app", "guardian", ("get-app",)),
    ("under-13", "sms", "child", True): ("sms", "none", ()),
    ("under-13", "letter", "guardian", True): ("letter", "none", ()),
    ("13-17", "bookings", "child", True): ("bookings", "young", ("add-clinic",)),
    ("13-17", "app", "guardian", True): ("app", "young", ("get-app",)),
    ("13-17", "sms", "child", True): ("sms", "none", ()),
    ("guardian-13-17", "inbox", "child", False): ("inbox", "young", ()),
    ("other-adult", "bookings", "child", True): ("ask", "none", ()),
}


@pytest.mark.parametrize("route, place, booked_on, add_clinic", TABLE)
def test_place_account_and_what_comes_first_follow_from_the_profile(route, place, booked_on, add_clinic):
    found = opens(route, link_place=place, booked_on=booked_on, add_clinic=add_clinic)
    assert (found.place, found.account, found.first) == TABLE[route, place, booked_on, add_clinic]


@pytest.mark.parametrize("way", ("guest-link", "phone", "on-site", "ask"))
def test_another_adult_has_the_way_the_clinic_has_said_and_never_an_account(way):
    found = opens("other-adult", other_adult_way=way)
    assert (found.place, found.account, found.button) == (way, "none", None)
    assert found.known == (way == "guest-link")
    assert not found.on_1177 and not found.by_proxy


def test_an_app_of_the_platform_is_fetched_first_wherever_the_link_is():
    assert opens(link_place="sms", platform_app="yes").first == ("get-app",)
    assert opens("other-adult", other_adult_way="guest-link", platform_app="yes").first == ("get-app",)
    assert opens("other-adult", other_adult_way="on-site", platform_app="yes").first == ()


def test_the_button_is_the_clinics_own_and_a_link_has_none():
    labels = {"join-link": "Anslut till videobesöket"}
    assert opens(link_place="app", labels=labels).button == "Anslut till videobesöket"
    assert opens(link_place="sms", labels=labels).button is None


def test_minutes_and_plan_b_are_the_clinics_own():
    found = opens(join_minutes_before=10, plan_b="clinic-calls")
    assert (found.opens, found.plan_b) == (10, "clinic-calls")


def test_an_unknown_route_is_read_as_under_13():
    assert opens("nowhere") == opens("under-13")


def test_every_combination_is_one_of_the_known_places_and_proxy_is_only_on_1177():
    for route, place, booked_on in product(
        ROUTES, ("bookings", "inbox", "app", "sms", "letter"), ("child", "guardian")
    ):
        found = opens(route, link_place=place, booked_on=booked_on)
        assert found.place in PLACES
        assert not found.by_proxy or (found.on_1177 and route == "under-13" and booked_on == "child")
        assert ("add-child" in found.first) == found.by_proxy
        assert ("add-clinic" in found.first) <= found.on_1177
