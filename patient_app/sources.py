"""The five sources everything here is drawn from, with scope and validity (requirements.md)."""

import datetime
from dataclasses import dataclass

from patient_app.web.languages import N_


@dataclass(frozen=True)
class Source:
    """One document: its key in the facts, what it is, where it holds, until when, and when we last read
    it."""

    key: str
    title: str
    about: str
    scope: str
    validity: str
    valid_until: datetime.date | None
    read: datetime.date


REVIEWED = datetime.date(2026, 11, 22)
REVIEW_AGAIN = datetime.date(2027, 5, 22)

SOURCES = (
    Source(
        "leaflet",
        "Videobesök för barn under 13 år",
        N_("En regions blad till familjer."),
        N_("En region"),
        N_("Utan datum. En utskrift gäller först när den är jämförd med originalet."),
        None,
        REVIEWED,
    ),
    Source(
        "guidance",
        "Videomöten i vården med barn och ungdomar",
        N_("Nationellt kliniskt kunskapsstöd för vårdens personal."),
        N_("Hela landet"),
        N_("Källorna i det lästes i juni och juli 2023."),
        None,
        REVIEWED,
    ),
    Source(
        "impact",
        "Kort beskrivning av kunskapsstöd Digitala vårdmöten med barn och unga",
        N_("Beskrivning av kunskapsstödet och vad det kan leda till."),
        N_("Hela landet"),
        N_("Utan datum."),
        None,
        REVIEWED,
    ),
    Source(
        "routine",
        "Digitala vårdmöten, RS-2020 02026-6",
        N_("Rutin för personal i Västra Götalandsregionen."),
        N_("Västra Götaland"),
        N_("Gäller från 31 december 2025 till 31 december 2027."),
        datetime.date(2027, 12, 31),
        REVIEWED,
    ),
    Source(
        "research",
        "SINTEF 2022:01118",
        N_(
            "Norsk studie om videosamtal med barn i barnskyddet: 31 unga på 16–23 år, åtta behandlare och "
            "två föräldrar."
        ),
        N_("Norge"),
        N_("Från 1 november 2022."),
        None,
        REVIEWED,
    ),
)
