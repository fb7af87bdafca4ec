"""The guide's questions, and the rule that leads from the answers to a route. No answer is kept anywhere."""

from typing import Any

from wtforms import Form, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf

from patient_app.clinics.settings import PROXY_ENDS_AT
from patient_app.web.languages import lazy as _l

AGES = ("0-12", "13-17")
_BEFORE_BANDS = {"0-11": "0-12", "12": "0-12"}  # values of addresses that were shared before


def age_band(typed: str) -> str:
    """The band of an age as chosen or typed: "0-12", "13-17", or "" when it is none of them."""
    if typed in AGES:
        return typed
    if typed in _BEFORE_BANDS:
        return _BEFORE_BANDS[typed]
    if not typed.isascii() or not typed.isdigit() or len(typed) > 2:
        return ""
    years = int(typed)
    return AGES[0] if years < PROXY_ENDS_AT else AGES[1] if years < 18 else ""


class GuideForm(Form):  # type: ignore[misc]
    """Age on the day of the visit, who is asking, and whether the child was added before."""

    age = RadioField(
        _l("Hur gammalt är barnet på besöksdagen?"),
        choices=[SelectChoice("0-12", _l("0–12 år")), SelectChoice("13-17", _l("13–17 år"))],
        validate_choice=False,
        validators=[AnyOf(AGES, message=_l("Välj hur gammalt barnet är på besöksdagen."))],
    )
    who = RadioField(
        _l("Vem är du?"),
        choices=[
            SelectChoice("guardian", _l("Jag är vårdnadshavare")),
            SelectChoice("other", _l("Jag är en annan vuxen")),
            SelectChoice("self", _l("Jag är 13–17 år och ska på besöket")),
        ],
        validate_choice=False,
        validators=[AnyOf(("guardian", "other", "self"), message=_l("Välj vem du är."))],
    )
    added = RadioField(
        _l("Har du redan lagt till barnet på 1177?"),
        choices=[
            SelectChoice("no", _l("Nej, eller jag vet inte")),
            SelectChoice("yes", _l("Ja")),
        ],
        validate_choice=False,
    )


def read(answers: Any) -> GuideForm:
    """The form as answered; an address from before, that asked for the birthday, is read as it was meant."""
    form = GuideForm(answers)
    turned = form.age.data == "12" and answers.get("turns13") == "yes"
    form.age.data = AGES[1] if turned else age_band(form.age.data or "")
    return form


def leads_to(form: GuideForm, adds_child: bool) -> tuple[str, str]:
    """Route, and the task that is done before ("" for none), for answers that are whole. The age on the day
    decides before who is asking (leaflet.turns-13); whether the child was added only counts where a child is
    added."""
    young = form.age.data == AGES[1]
    if form.who.data == "other":
        return "other-adult", ""
    if young:
        return ("13-17" if form.who.data == "self" else "guardian-13-17"), ""
    return "under-13", "add-child" if adds_child and form.added.data == "yes" else ""
