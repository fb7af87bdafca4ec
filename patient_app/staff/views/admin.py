"""Staff. For admins: users. For all: the log of changes (an editor sees that of own clinics) and what runs
out."""

import datetime
import json
from typing import Any

from flask import abort, current_app, g, make_response, request
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from patient_app.personal_number import contains_personal_number
from patient_app.staff import words
from patient_app.staff.access import accounts
from patient_app.staff.access.roles import ROLES
from patient_app.staff.access.session import revoke_all
from patient_app.staff.content import audit
from patient_app.staff.content import validity as runs_out
from patient_app.staff.content.clinics import Difference, Target, differences
from patient_app.staff.context import flash, me, redirect_to, render, route, staff_context
from patient_app.staff.models import AuditEntry, ClinicRow, User
from patient_app.web.languages import staff_gettext as _s


@route("/users/", who="admin")
def users() -> Response:
    """Everybody who may log in."""
    with staff_context().database.read() as session:
        rows = list(session.scalars(select(User).order_by(User.name)))
    return render("users", "users", rows=rows)


def _codes(text: str) -> list[str]:
    return sorted(set(text.upper().replace(",", " ").split()))[:200]


def _known(session: Session) -> list[str]:
    return list(session.scalars(select(ClinicRow.code).order_by(ClinicRow.code)))


@route("/users/new", who="admin", methods=("GET", "POST"))
def new_user() -> Any:
    """Adds a user and shows the one-time log-in, this once."""
    problem = ""
    if request.method == "POST":
        form = request.form
        try:
            with staff_context().database.write() as session:
                made, one_time = accounts.add_user(
                    session,
                    form.get("username", ""),
                    form.get("name", ""),
                    form.get("role", ""),
                    _codes(form.get("clinics", "")),
                    staff_context().now(),
                    form.get("external", "").strip()[:200],
                )
                after = {
                    "role": made.role,
                    "clinics": sorted(made.clinic_codes),
                    "provider": bool(made.external_id),
                }
                audit.append(
                    session,
                    staff_context().now(),
                    me().username,
                    "user-add",
                    f"user:{made.username}",
                    None,
                    after,
                )
                known = _known(session)
            return render("user", "user", row=made, one_time=one_time, problem="", known=known, form={})
        except ValueError as error:
            problem = str(error)
    with staff_context().database.read() as session:
        known = _known(session)
    return render("user", "new-user", row=None, one_time="", problem=problem, known=known, form=request.form)


def _user_or_404(session: Session, number: int) -> User:
    found = session.get(User, number)
    if found is None:
        abort(404)
    return found


@route("/users/<int(max=9223372036854775807):id>", who="admin", methods=("GET", "POST"))
def user(id: int) -> Any:
    """A user: name, role, clinics."""
    problem = ""
    if request.method == "POST":
        form = request.form
        try:
            with staff_context().database.write() as session:
                row = _user_or_404(session, id)
                before = {"name": row.name, "role": row.role, "clinics": sorted(row.clinic_codes)}
                _change_user(
                    session, row, form.get("name", ""), form.get("role", ""), _codes(form.get("clinics", ""))
                )
                after = {"name": row.name, "role": row.role, "clinics": sorted(row.clinic_codes)}
                if before != after:
                    audit.append(
                        session,
                        staff_context().now(),
                        me().username,
                        "user-change",
                        f"user:{row.username}",
                        before,
                        after,
                    )
                if before["role"] != after["role"]:
                    revoke_all(session, row.id)
            flash(_s("Sparat."))
            return redirect_to("user", id=id)
        except ValueError as error:
            problem = str(error)
    with staff_context().database.read() as session:
        row, known = _user_or_404(session, id), _known(session)
    return render(
        "user",
        "user",
        row=row,
        one_time="",
        problem=problem,
        known=known,
        form=request.form if problem else {},
    )


def _change_user(session: Session, row: User, name: str, role: str, clinics: list[str]) -> None:
    if role not in ROLES:
        raise ValueError("role")
    if contains_personal_number(name):
        raise ValueError("personal-number")
    if row.role == "admin" and role != "admin":
        _keep_an_admin(session, row)
    row.name, row.role = " ".join(name.split())[:120] or row.username, role
    accounts.set_clinics(session, row, clinics)


def _keep_an_admin(session: Session, but: User) -> None:
    """Raises ValueError "last-admin" when nobody else could let people in."""
    others = session.scalars(
        select(User).where(User.role == "admin", User.disabled.is_(False), User.id != but.id)
    ).first()
    if others is None:
        raise ValueError("last-admin")


@route("/users/<int(max=9223372036854775807):id>/reset", who="admin", methods=("POST",))
def reset_user(id: int) -> Any:
    """A new one-time log-in, shown this once; all else of the user's log-in ends."""
    with staff_context().database.write() as session:
        row = _user_or_404(session, id)
        if row.external_id is not None:
            abort(404)
        one_time = accounts.give_one_time_password(row, staff_context().now())
        revoke_all(session, row.id)
        audit.append(session, staff_context().now(), me().username, "user-reset", f"user:{row.username}")
        known = _known(session)
    return render("user", "user", row=row, one_time=one_time, problem="", known=known, form={})


@route("/users/<int(max=9223372036854775807):id>/sessions", who="admin", methods=("POST",))
def end_sessions(id: int) -> Response:
    """Ends every session of a user."""
    with staff_context().database.write() as session:
        row = _user_or_404(session, id)
        ended = revoke_all(session, row.id)
        audit.append(
            session,
            staff_context().now(),
            me().username,
            "revoke-sessions",
            f"user:{row.username}",
            None,
            {"sessions ended": ended},
        )
    flash(_s("Inloggningarna är avslutade."))
    return redirect_to("user", id=id)


@route("/users/<int(max=9223372036854775807):id>/disable", who="admin", methods=("POST",))
def disable_user(id: int) -> Any:
    """Shuts a user out at once, or lets the user in again."""
    try:
        with staff_context().database.write() as session:
            row = _user_or_404(session, id)
            if not row.disabled:
                if row.role == "admin":
                    _keep_an_admin(session, row)
                revoke_all(session, row.id)
            row.disabled = not row.disabled
            audit.append(
                session,
                staff_context().now(),
                me().username,
                "user-disable" if row.disabled else "user-enable",
                f"user:{row.username}",
            )
        flash(_s("Sparat."))
        return redirect_to("user", id=id)
    except ValueError as error:
        with staff_context().database.read() as session:
            row, known = _user_or_404(session, id), _known(session)
        return render("user", "user", row=row, one_time="", problem=str(error), known=known, form={})


def _own_targets() -> list[str] | None:
    user = me()
    return (
        None
        if user.role == "admin"
        else [str(Target("clinics", code)) for code in sorted(user.clinic_codes)] + [f"user:{user.username}"]
    )


def _asked() -> str:
    return request.args.get("q", "").strip()[:80]


@route("/log", who="staff")
def log() -> Response:
    """The log of changes, newest first, a hundred lines a page."""
    before = request.args.get("before", "")
    with staff_context().database.read() as session:
        found = audit.search(
            session,
            _asked(),
            _own_targets(),
            int(before) if before.isascii() and before.isdigit() and len(before) < 16 else 0,
        )
    older = found[-1].seq if len(found) == audit.PAGE else 0
    return render(
        "log",
        "log",
        entries=[(entry, changes_of(entry)) for entry in found],
        asked=_asked(),
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
    with staff_context().database.read() as session:
        text = audit.as_csv(audit.search(session, _asked(), _own_targets(), limit=10_000))
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
