"""Staff. What is typed to come in and about who may: log-in, a password with its second factor, a user. What
is wrong is a Problem at its field; words.py has the words."""

from wtforms import Form, StringField

from patient_app.problem import Problem
from patient_app.staff.access import accounts
from patient_app.staff.access.passwords import password_problem

CLINICS_MOST = 200  # codes in one form
CODE_MOST = 40  # symbols: a recovery code with its hyphens and some spaces


def _as_typed(text: str | None) -> str:
    return text or ""


def _code(text: str | None) -> str:
    return (text or "").strip()[:CODE_MOST]


def _external_id(text: str | None) -> str:
    return (text or "").strip()[:200]


class LanguageForm(Form):  # type: ignore[misc]
    """The room's language, and the address of the page it was chosen on."""

    language = StringField(filters=[_as_typed])
    back = StringField(filters=[_as_typed])


class LogInForm(Form):  # type: ignore[misc]
    """User name as it is kept, password as it was typed, code without spaces around."""

    username = StringField(filters=[_as_typed, accounts.normalize_username])
    password = StringField(filters=[_as_typed])
    code = StringField(filters=[_code])


class NewPasswordForm(Form):  # type: ignore[misc]
    """A password, typed twice, and a code of the second factor."""

    password = StringField(filters=[_as_typed])
    again = StringField(filters=[_as_typed])
    code = StringField(filters=[_code])

    def problems(self, username: str) -> list[Problem]:
        """What is wrong with the new password of the user of that name."""
        problem = password_problem(self.password.data, username)
        found = [problem] if problem else []
        if self.password.data != self.again.data:
            found.append(Problem("again", "passwords-differ"))
        return found


class ChangePasswordForm(NewPasswordForm):
    """As NewPasswordForm, with the password that holds now."""

    old = StringField(filters=[_as_typed])


class UserForm(Form):  # type: ignore[misc]
    """A user's name, role, and the codes of an editor's clinics with spaces or commas between them."""

    name = StringField(filters=[_as_typed])
    role = StringField(filters=[_as_typed])
    clinics = StringField(filters=[_as_typed])

    def clinic_codes(self) -> list[str]:
        """The codes that were typed, each once."""
        return sorted(set(self.clinics.data.upper().replace(",", " ").split()))[:CLINICS_MOST]


class NewUserForm(UserForm):
    """As UserForm, with what cannot be changed afterwards."""

    username = StringField(filters=[_as_typed])
    external = StringField(filters=[_external_id])
