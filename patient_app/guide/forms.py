"""The guide's questions, and the rule that leads from the answers to a route. No answer is kept anywhere."""

from typing import Any

from wtforms import Form, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf

from patient_app.guide.steps import GUIDE
from patient_app.web.languages import lazy as _l

AGES = ("0-11", "12", "13-17")


def age_band(typed: str) -> str:
    """The band of an age as chosen or typed: "0-11", "12", "13-17", or "" when it is none of them."""
    if typed in AGES:
        return typed
    if not typed.isascii() or not typed.isdigit() or len(typed) > 2:
        return ""
    years = int(typed)
    return "0-11" if years < 12 else "12" if years == 12 else "13-17" if years < 18 else ""


class GuideForm(Form):  # type: ignore[misc]
    """Age on the day, who is asking, whether the child was added before; and for a child of 12 the
    birthday."""

    age = RadioField(
        _l("Hur gammalt är barnet den dag besöket är?"),
        choices=[
            SelectChoice("0-11", _l("0–11 år")),
            SelectChoice("12", _l("12 år")),
            SelectChoice("13-17", _l("13–17 år")),
        ],
        validate_choice=False,
        validators=[AnyOf(AGES, message=_l("Välj hur gammalt barnet är den dag besöket är."))],
    )
    turns13 = RadioField(
        _l("Fyller barnet 13 före besöket?"),
        choices=[SelectChoice("no", _l("Nej")), SelectChoice("yes", _l("Ja"))],
        validate_choice=False,
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

    def validate(self, extra_validators: Any = None) -> bool:
        """True when the answers lead somewhere. A child of 12 needs the birthday too."""
        good = bool(super().validate(extra_validators))
        if self.age.data == "12" and self.turns13.data not in ("yes", "no"):
            self.turns13.errors = [_l("Svara på om barnet fyller 13 före besöket.")]
            return False
        return good


def leads_to(form: GuideForm) -> tuple[str, str]:
    """Route and step for answers that are whole. The age on the day decides before who is asking
    (leaflet.turns-13)."""
    young = form.age.data == "13-17" or (form.age.data == "12" and form.turns13.data == "yes")
    slug = "other-adult" if form.who.data == "other" else "13-17" if young else "under-13"
    route = GUIDE.route(slug)
    done_before = form.added.data == "yes" and slug == "under-13"
    return slug, route.later if done_before and route.later else route.steps[0].slug
