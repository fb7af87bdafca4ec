"""Staff. What is typed to come in: log-in, and a password with its second factor. A form says what is wrong
by code; the words stand in the templates."""

from wtforms import Form, StringField

from patient_app.personal_number import contains_personal_number
from patient_app.staff.access import accounts

CODE_MOST = 40  # symbols: a recovery code with its hyphens and some spaces


def _as_typed(text: str | None) -> str:
    return text or ""


def _code(text: str | None) -> str:
    return (text or "").strip()[:CODE_MOST]


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

    def problems(self, username: str) -> dict[str, str]:
        """What is wrong with the password, by field: a code of accounts.password_problem, or "differs"."""
        found = {}
        problem = accounts.password_problem(self.password.data, username)
        if problem or contains_personal_number(self.password.data):
            found["password"] = problem or "common"
        if self.password.data != self.again.data:
            found["again"] = "differs"
        return found


class ChangePasswordForm(NewPasswordForm):
    """As NewPasswordForm, with the password that holds now."""

    old = StringField(filters=[_as_typed])
