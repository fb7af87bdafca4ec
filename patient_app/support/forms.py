"""The two forms of the support room. Both are plain WTForms without session: nothing here changes
anything."""

from typing import Any

from wtforms import Form, HiddenField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional

from patient_app.support import sharing
from patient_app.web.languages import LANGUAGES
from patient_app.web.languages import staff_lazy as _sl

WHO_WORDS = {
    "under-13": _sl("Vuxen, barn under 13"),
    "13-17": _sl("Ungdom 13–17"),
    "guardian-13-17": _sl("Vuxen till 13–17"),
    "other-adult": _sl("Annan vuxen"),
    "child-3-6": _sl("Barn 3–6"),
    "child-7-9": _sl("Barn 7–9"),
    "child-10-12": _sl("Barn 10–12"),
}
START_WORDS = {
    "guide": _sl("Början, steg för steg"),
    "check": _sl("Testa kamera och ljud"),
    "find-visit": _sl("Hitta besöket"),
    "day": _sl("Anslut nu"),
    "help": _sl("Något fungerar inte"),
    "practice": _sl("Öva tillsammans"),
    "all": _sl("Allt på en sida"),
    "child": _sl("Berättelsen för barnet"),
    "card": _sl("Barnets kort"),
    "after": _sl("Efter besöket"),
    "start": _sl("Mottagningens startsida"),
}


def _tidy(text: str | None) -> str:
    return " ".join((text or "").split())


def _languages(field: RadioField) -> None:
    field.choices = [SelectChoice(language.code, language.name) for language in LANGUAGES.values()]
    if field.data not in LANGUAGES:
        field.data = "sv"


class ShareForm(Form):  # type: ignore[misc]
    """The GET form of Share: its address is the preset one can bookmark. A word that is not on a list falls
    back to the first."""

    q = StringField(filters=[_tidy], validators=[Optional(), Length(max=120)])
    clinic = HiddenField(filters=[_tidy], validators=[Optional(), Length(max=8)])
    who = RadioField(
        choices=[SelectChoice(value, WHO_WORDS[value]) for value in sharing.WHO], default="under-13"
    )
    start = RadioField(
        choices=[SelectChoice(value, START_WORDS[value]) for value in sharing.START], default="guide"
    )
    language = RadioField(choices=[])

    def __init__(self, *arguments: Any, **given: Any) -> None:
        super().__init__(*arguments, **given)
        _languages(self.language)
        for field in (self.who, self.start):
            if field.data not in [choice.value for choice in field.choices]:
                field.data = field.default


class CodeForm(Form):  # type: ignore[misc]
    """The POST form of Read a code: code or link as typed, part of a clinic's name, and the family's language
    for what is sent."""

    code = StringField(filters=[_tidy], validators=[Length(max=200)])
    q = StringField(filters=[_tidy], validators=[Optional(), Length(max=120)])
    clinic = HiddenField(filters=[_tidy], validators=[Optional(), Length(max=8)])
    language = RadioField(choices=[])

    def __init__(self, *arguments: Any, **given: Any) -> None:
        super().__init__(*arguments, **given)
        _languages(self.language)

    def speak(self, number: int) -> None:
        """Chooses the language with that number in short links; one that is not on leaves the choice."""
        for language in LANGUAGES.values():
            if language.number == number:
                self.language.data = language.code
