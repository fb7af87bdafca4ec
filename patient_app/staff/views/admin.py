"""Staff. For admins: users. For all: the log of changes (an editor sees that of own clinics) and what runs
out."""

import datetime
import json
from collections.abc import Iterable
from typing import Any

from flask import abort, current_app, g, make_response, request
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from patient_app.problem import Problem
from patient_app.staff import words
from patient_app.staff.access import accounts
from patient_app.staff.access.accounts import AccountError
from patient_app.staff.access.forms import NewUserForm, UserForm
from patient_app.staff.access.roles import ADMIN
from patient_app.staff.access.session import revoke_all
from patient_app.staff.content import audit
from patient_app.staff.content import validity as runs_out
from patient_app.staff.content.clinics import Difference, Target, differences
from patient_app.staff.context import flash, me, redirect_to, render, route, staff_context
from patient_app.staff.forms import SearchForm
from patient_app.staff.models import AuditEntry, ClinicRow, User
from patient_app.web.languages import staff_gettext as _s

USER = "/users/<int(max=9223372036854775807):id>"  # the largest that a database holds


@route("/users/", who="admin")
def users() -> Response:
    """Everybody who may log in."""
    with staff_context().database.read() as session:
        rows = list(session.scalars(select(User).order_by(User.name)))
    return render("users", "users", rows=rows)


def _known(session: Session) -> list[str]:
    return list(session.scalars(select(ClinicRow.code).order_by(ClinicRow.code)))


def _user_page(
    row: User | None, form: UserForm, problems: Iterable[Problem] = (), one_time: str = ""
) -> Response:
    """The page of a user, or of one to be: `one_time` is shown this once."""
    with staff_context().database.read() as session:
        known = _known(session)
    return render(
        "user",
        "user" if row else "new-user",
        row=row,
        form=form,
        problems=words.by_field(problems),
        one_time=one_time,
        known=known,
    )


def _form_of(row: User) -> UserForm:
    return UserForm(data={"name": row.name, "role": row.role, "clinics": " ".join(sorted(row.clinic_codes))})


@route("/users/new", who="admin", methods=("GET", "POST"))
def new_user() -> Any:
    """Adds a user and shows the one-time log-in, this once."""
    form = NewUserForm(request.form)
    if request.method == "GET":
        return _user_page(None, form)
    try:
        with staff_context().database.write() as session:
            made, one_time = accounts.add_user(
                session,
                form.username.data,
                form.name.data,
                form.role.data,
                form.clinic_codes(),
                staff_context().now(),
                form.external.data,
            )
            after = {
                "role": made.role,
                "clinics": sorted(made.clinic_codes),
                "provider": bool(made.external_id),
            }
            _note(session, "user-add", made, None, after)
    except AccountError as error:
        return _user_page(None, form, error.problems)
    return _user_page(made, _form_of(made), one_time=one_time)


def _note(session: Session, action: str, row: User, before: Any = None, after: Any = None) -> None:
    """A line in the log about a user, by who is logged in."""
    audit.append(session, staff_context().now(), me().username, action, f"user:{row.username}", before, after)


def _user_or_404(session: Session, number: int) -> User:
    found = session.get(User, number)
    if found is None:
        abort(404)
    return found


def _facts_of(row: User) -> dict[str, Any]:
    return {"name": row.name, "role": row.role, "clinics": sorted(row.clinic_codes)}


@route(USER, who="admin", methods=("GET", "POST"))
def user(id: int) -> Any:
    """A user: name, role, clinics."""
    with staff_context().database.read() as session:
        row = _user_or_404(session, id)
    if request.method == "GET":
        return _user_page(row, _form_of(row))
    form = UserForm(request.form)
    try:
        with staff_context().database.write() as session:
            changed = _user_or_404(session, id)
            before = _facts_of(changed)
            accounts.change_user(session, changed, form.name.data, form.role.data, form.clinic_codes())
            after = _facts_of(changed)
            if before != after:
                _note(session, "user-change", changed, before, after)
            if before["role"] != after["role"]:
                revoke_all(session, changed.id)
    except AccountError as error:
        return _user_page(row, form, error.problems)
    flash(_s("Sparat."))
    return redirect_to("user", id=id)


@route(USER + "/reset", who="admin", methods=("POST",))
def reset_user(id: int) -> Any:
    """A new one-time log-in, shown this once; all else of the user's log-in ends."""
    with staff_context().database.write() as session:
        row = _user_or_404(session, id)
        if row.external_id is not None:
            abort(404)
        one_time = accounts.give_one_time_password(row, staff_context().now())
        revoke_all(session, row.id)
        _note(session, "user-reset", row)
    return _user_page(row, _form_of(row), one_time=one_time)


@route(USER + "/sessions", who="admin", methods=("POST",))
def end_sessions(id: int) -> Response:
    """Ends every session of a user."""
    with staff_context().database.write() as session:
        row = _user_or_404(session, id)
        ended = revoke_all(session, row.id)
        _note(session, "revoke-sessions", row, None, {"sessions ended": ended})
    flash(_s("Inloggningarna är avslutade."))
    return redirect_to("user", id=id)


@route(USER + "/disable", who="admin", methods=("POST",))
def disable_user(id: int) -> Any:
    """Shuts a user out at once, or lets the user in again."""
    with staff_context().database.read() as session:
        row = _user_or_404(session, id)
    try:
        with staff_context().database.write() as session:
            changed = _user_or_404(session, id)
            if not changed.disabled:
                if changed.role == ADMIN:
                    accounts.keep_an_admin(session, changed)
                revoke_all(session, changed.id)
            changed.disabled = not changed.disabled
            _note(session, "user-disable" if changed.disabled else "user-enable", changed)
    except AccountError as error:
        return _user_page(row, _form_of(row), error.problems)
    flash(_s("Sparat."))
    return redirect_to("user", id=id)


def _own_targets() -> list[str] | None:
    user = me()
    return (
        None
        if user.role == ADMIN
        else [str(Target("clinics", code)) for code in sorted(user.clinic_codes)] + [f"user:{user.username}"]
    )


@route("/log", who="staff")
def log() -> Response:
    """The log of changes, newest first, a hundred lines a page."""
    form = SearchForm(request.args)
    with staff_context().database.read() as session:
        found = audit.search(session, form.q.data, _own_targets(), form.before_line())
    older = found[-1].seq if len(found) == audit.PAGE else 0
    return render(
        "log",
        "log",
        entries=[(entry, changes_of(entry)) for entry in found],
        asked=form.q.data,
        older=older,
        actions=words.ACTIONS,
        label_of=words.label_of,
        value_of=words.value_of,
    )


def changes_of(entry: AuditEntry) -> list[Difference]:
    """What a line's before and after say differently, when they are entries of a clinic or region."""
    try:
        before, after = json.loads(entry.before or "{}"), json.loads(entry.after or "{}")
    except ValueError:
        return []
    if not (isinstance(before, dict) and isinstance(after, dict) and (before or after)):
        return []
    if any(side and "settings" not in side for side in (before, after)):
        return []  # something else than an entry, such as the version that one went back to
    return differences(before, after)


@route("/log.csv", who="staff")
def log_csv() -> Response:
    """The log as CSV, at most 10,000 lines, safe to open in a spreadsheet."""
    asked = SearchForm(request.args).q.data
    with staff_context().database.read() as session:
        text = audit.as_csv(audit.search(session, asked, _own_targets(), limit=10_000))
    response = make_response("\ufeff" + text)
    response.headers["Content-Type"] = "text/csv; charset=utf-8"
    response.headers["Content-Disposition"] = 'attachment; filename="redo-log.csv"'
    response.headers["Cache-Control"] = "no-store"
    return response


@route("/validity", who="staff")
def validity() -> Response:
    """What runs out within 90 days."""
    directory = current_app.extensions["clinics"].directory
    today = datetime.datetime.fromtimestamp(staff_context().now(), datetime.UTC).date()
    g.today = today
    return render(
        "validity", "validity", due=runs_out.due(directory, today), items=runs_out.items(directory, today)
    )
