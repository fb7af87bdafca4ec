"""Pure. How a video visit opens for one kind of reader: all that words ask about the way in (design.md 3).

Derived from the clinic's profile and the reader's route, so that start, plan, steps, problems, day, print,
support and sms say the same, and nothing that is untrue at that clinic.
"""

from dataclasses import dataclass
from typing import Literal, get_args

from patient_app.clinics.settings import VisitProfile

Route = Literal["under-13", "13-17", "guardian-13-17", "other-adult"]
# Another adult reaches no account: their way is a link of their own, the phone, the clinic, or a question.
Place = Literal["bookings", "inbox", "app", "sms", "letter", "guest-link", "phone", "on-site", "ask"]
Account = Literal["child", "guardian", "young", "none"]
First = Literal["add-child", "add-clinic", "get-app"]
PlanB = Literal["clinic-calls", "family-calls"]

ROUTES: tuple[Route, ...] = get_args(Route)
PLACES: tuple[Place, ...] = get_args(Place)
ON_1177: tuple[Place, ...] = ("bookings", "inbox")


@dataclass(frozen=True)
class Opening:
    """Where a visit opens, on whose account, what comes first, what one presses, when, who phones whom."""

    place: Place
    account: Account  # "none": nobody logs in to reach the link
    first: tuple[First, ...]  # what must be done before the day, in this order
    button: str | None  # the words on the button that joins; None where the link itself is what one presses
    opens: int | None  # minutes before the time from which one can join; None when the clinic has not said
    plan_b: PlanB | None

    @property
    def on_1177(self) -> bool:
        """The visit is reached on 1177.se."""
        return self.place in ON_1177

    @property
    def by_proxy(self) -> bool:
        """A guardian acts for the child on 1177.se."""
        return self.on_1177 and self.account == "child"

    @property
    def by_link(self) -> bool:
        """The family was sent a link and opens nothing else to find it."""
        return self.place in ("sms", "letter", "guest-link")

    @property
    def known(self) -> bool:
        """There is a way in by video that we can show; another adult may have to ask for theirs."""
        return self.place not in ("phone", "on-site", "ask")


def opening(profile: VisitProfile, route: str = "under-13") -> Opening:
    """How the visit opens at a clinic for a reader of that route; an unknown route is read as under-13."""
    place = _place(profile, route)
    account = _account(profile, route, place)
    return Opening(
        place=place,
        account=account,
        first=_first(profile, place, account),
        button=profile.label("join-link") if place in ("bookings", "inbox", "app") else None,
        opens=profile.door_opens_minutes or profile.join_minutes_before,
        plan_b=profile.plan_b,  # type: ignore[arg-type]
    )


def _place(profile: VisitProfile, route: str) -> Place:
    if route == "other-adult":
        return profile.other_adult_way or "ask"  # type: ignore[return-value]
    return profile.link_place  # type: ignore[return-value]


def _account(profile: VisitProfile, route: str, place: Place) -> Account:
    if place not in ("bookings", "inbox", "app"):
        return "none"
    if route in ("13-17", "guardian-13-17"):
        return "young"
    return "guardian" if profile.booked_on == "guardian" else "child"


def _first(profile: VisitProfile, place: Place, account: Account) -> tuple[First, ...]:
    found: list[First] = []
    if place == "app" or (profile.platform_app == "yes" and place not in ("phone", "on-site")):
        found.append("get-app")
    if place in ON_1177:
        found += ["add-child"] if account == "child" else []
        found += ["add-clinic"] if profile.add_clinic else []
    return tuple(found)
