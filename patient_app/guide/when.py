"""Pure. When a step or a problem applies: what it asks of the way in to a visit."""

from patient_app.clinics.opening import Opening


def child_is_added(opening: Opening) -> bool:
    """The guardian must have added the child before the visit can be opened."""
    return "add-child" in opening.first


def clinic_is_added(opening: Opening) -> bool:
    """The clinic may have to be added in the account where the visit stands."""
    return "add-clinic" in opening.first


def opens_on_1177(opening: Opening) -> bool:
    """The visit is reached on 1177.se."""
    return opening.on_1177


def is_known(opening: Opening) -> bool:
    """There is a way in by video that we can show this reader."""
    return opening.known


def logs_in(opening: Opening) -> bool:
    """Somebody logs in, on 1177.se or in an app, to reach the visit."""
    return opening.account != "none"
