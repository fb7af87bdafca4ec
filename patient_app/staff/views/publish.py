"""Staff. What families will read, and when: publish, discard, versions, undo, retire."""

from typing import Any

from flask import abort, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from patient_app.clinics import published
from patient_app.problem import ProfileError
from patient_app.staff import forms, words
from patient_app.staff.content import audit, publish, reading
from patient_app.staff.content import clinics as staff_clinics
from patient_app.staff.content.clinics import Entry, Target
from patient_app.staff.context import flash, me, redirect_to, render, route, staff_context
from patient_app.staff.models import ClinicRow
from patient_app.staff.views.clinics import PLACE, clinic_now, row_or_404
from patient_app.web.languages import staff_gettext as _s
from patient_app.web.logs import LOGGER

VERSION = PLACE + "/undo/<int(max=9223372036854775807):number>"


@route(PLACE + "/publish", who="own")
def show_publish(kind: Any, key: str) -> Response:
    """What families will read differently: setting by setting, and sentence by sentence."""
    target = Target(kind, key)
    with staff_context().database.read() as session:
        entry = staff_clinics.entry_of(row_or_404(session, target))
        return _publish_page(session, target, entry, "publish", 0)


def _publish_page(session: Session, target: Target, entry: Entry, what: str, number: int) -> Response:
    _, body = publish.newest(session)
    live = staff_clinics.entry_in(body, target)
    problems: list[tuple[str, str]] = []
    changes: list[tuple[str, list[reading.Line]]] = []
    try:
        staff_clinics.check(session, target, entry)
        before = clinic_now(session, target, live) if live is not None else None
        changes = reading.changes(before, clinic_now(session, target, entry))
    except ProfileError as error:
        problems = [
            (words.label_of(found.place.rpartition(".")[2]), words.reason(found)) for found in error.problems
        ]
    care_word = staff_clinics.tells_of_care(entry["name"]) if target.kind == "clinics" else ""
    return render(
        "publish",
        "publish",
        kind=target.kind,
        key=target.key,
        entry=entry,
        live=live,
        page_names=reading.NAMES,
        what=what,
        number=number,
        seal=forms.seal(entry),
        differences=staff_clinics.differences(live or {}, entry),
        changes=changes,
        problems=problems,
        label_of=words.label_of,
        value_of=words.value_of,
        care_word=care_word,
        neutral=staff_clinics.neutral_name(entry["name"]) if care_word else "",
    )


@route(PLACE + "/publish", who="own", methods=("POST",))
def do_publish(kind: Any, key: str) -> Any:
    """Publishes exactly what was shown: if somebody saved in between, it is shown again."""
    target = Target(kind, key)
    return _publish_if_as_shown(target, staff_clinics.entry_of)


def _publish_if_as_shown(target: Target, entry_to: Any, action: str = "", detail: Any = None) -> Any:
    floor = published.version_of(staff_context().published)
    try:
        with staff_context().database.write() as session:
            row = row_or_404(session, target)
            entry = entry_to(row)
            if forms.seal(entry) != forms.ShownForm(request.form).seal.data:
                flash(_s("Någon har ändrat sedan du tittade. Se efter igen innan du publicerar."))
                return redirect_to("show_publish", kind=target.kind, key=target.key)
            if action:
                audit.append(
                    session,
                    staff_context().now(),
                    me().username,
                    action,
                    str(target),
                    staff_clinics.entry_of(row),
                    detail,
                )
                staff_clinics.put(session, target, entry, changed=0)
            number = publish.publish(session, target, me().username, staff_context().now(), floor)
            _, body = publish.newest(session)
    except ProfileError:
        return redirect_to("show_publish", kind=target.kind, key=target.key)
    _write_file(number, body)
    return redirect_to("history", kind=target.kind, key=target.key)


def _write_file(number: int, body: Any) -> None:
    """The file right away; when that fails, the version is safe in the database and the thread brings it as
    soon as it can."""
    try:
        publish.write_file(staff_context().published, number, body)
        flash(_s("Publicerat som version %(number)s. Familjerna ser det inom några sekunder.", number=number))
    except (OSError, ProfileError) as error:
        LOGGER.error(
            "publish", extra={"event": f"{type(error).__name__}: the version is kept, the file comes later"}
        )
        flash(
            _s(
                "Version %(number)s är sparad, men servern kunde inte skriva den än. Den försöker igen av "
                "sig själv.",
                number=number,
            )
        )


@route(PLACE + "/discard", who="own", methods=("POST",))
def discard(kind: Any, key: str) -> Response:
    """Throws the draft away: back to what families read now."""
    target = Target(kind, key)
    with staff_context().database.write() as session:
        row = row_or_404(session, target)
        _, body = publish.newest(session)
        live = staff_clinics.entry_in(body, target)
        before = staff_clinics.entry_of(row)
        if live is not None and live != before:
            staff_clinics.put(session, target, live, changed=0)
            audit.append(session, staff_context().now(), me().username, "discard", str(target), before, live)
            flash(_s("Utkastet är slängt."))
    return redirect_to("edit", kind=kind, key=key)


@route(PLACE + "/history", who="own")
def history(kind: Any, key: str) -> Response:
    """The versions of a clinic or region, newest first, each with what it changed."""
    target = Target(kind, key)
    with staff_context().database.read() as session:
        entry = staff_clinics.entry_of(row_or_404(session, target))
        versions = staff_clinics.history(session, target)
        entries = [publish.entry_at(session, target, row.number) for row in versions]
        older = [*entries[1:], None]
        differences = [
            staff_clinics.differences(before or {}, after or {})
            for before, after in zip(older, entries, strict=True)
        ]
    shown = list(zip(versions, differences, strict=True))
    return render(
        "history",
        "history",
        kind=kind,
        key=key,
        entry=entry,
        versions=shown,
        label_of=words.label_of,
        value_of=words.value_of,
    )


@route(VERSION, who="own")
def show_undo(kind: Any, key: str, number: int) -> Response:
    """What going back to a version would change for families."""
    target = Target(kind, key)
    with staff_context().database.read() as session:
        row_or_404(session, target)
        return _publish_page(session, target, _entry_of_version(session, target, number), "undo", number)


@route(VERSION, who="own", methods=("POST",))
def do_undo(kind: Any, key: str, number: int) -> Any:
    """Goes back to a version, by publishing it again as a new one."""
    target = Target(kind, key)
    with staff_context().database.read() as session:
        entry = _entry_of_version(session, target, number)
    return _publish_if_as_shown(target, lambda row: entry, "undo", {**entry, "back to": number})


def _entry_of_version(session: Session, target: Target, number: int) -> Entry:
    entry = publish.entry_at(session, target, number)
    if entry is None:
        abort(404)
    return entry


@route("/clinics/<key>/retire", who="own", methods=("GET", "POST"), defaults={"kind": "clinics"})
def retire(kind: Any, key: str) -> Any:
    """Retires a clinic, or opens it again, and publishes that at once with what families read now (never a
    draft)."""
    target = Target("clinics", key)
    with staff_context().database.read() as session:
        row = row_or_404(session, target)
        _, body = publish.newest(session)
        live = staff_clinics.entry_in(body, target)
        entry = staff_clinics.entry_of(row)
    if live is None:
        abort(404)
    retired = bool(live.get("retired"))
    if request.method == "GET":
        return render("retire", "retire", kind="clinics", key=key, entry=entry, retired=retired)
    floor = published.version_of(staff_context().published)
    with staff_context().database.write() as session:
        row = row_or_404(session, target)
        _, body = publish.newest(session)
        live = staff_clinics.entry_in(body, target) or live
        assert isinstance(row, ClinicRow)
        turned = {name: value for name, value in live.items() if name != "retired"} | (
            {} if retired else {"retired": True}
        )
        row.retired = not retired
        number = publish.add_version(
            session,
            staff_clinics.body_with(body, target, turned),
            [target],
            me().username,
            staff_context().now(),
            floor,
        )
        audit.append(
            session,
            staff_context().now(),
            me().username,
            "reopen" if retired else "retire",
            str(target),
            live,
            {**turned, "version": number},
        )
        _, body = publish.newest(session)
    _write_file(number, body)
    return redirect_to("history", kind="clinics", key=key)
