"""Staff. Clinics and regions as TOML: out as a file, and in as drafts, whole or not at all."""

from typing import Any

from flask import make_response, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from patient_app.clinics import directory
from patient_app.problem import Problem, ProfileError
from patient_app.staff import forms, words
from patient_app.staff.content import clinics as staff_clinics
from patient_app.staff.content.clinics import Target
from patient_app.staff.context import may_touch, me, render, route, staff_context
from patient_app.staff.models import ClinicRow, RegionRow
from patient_app.staff.views.clinics import PLACE, row_or_404

TOML_LIMIT = 256 * 1024


@route(PLACE + "/export.toml", who="own")
def export(kind: Any, key: str) -> Response:
    """The draft of a clinic (with its region) or a region as TOML."""
    target = Target(kind, key)
    with staff_context().database.read() as session:
        row = row_or_404(session, target)
        entry = staff_clinics.entry_of(row)
        body: dict[str, Any] = {"regions": {key: entry}} if kind == "regions" else {"clinics": [entry]}
        if isinstance(row, ClinicRow) and row.region_key:
            region = session.get(RegionRow, row.region_key)
            body["regions"] = {row.region_key: staff_clinics.entry_of(region)} if region is not None else {}
    response = make_response(staff_clinics.as_toml(body))
    response.headers["Content-Type"] = "application/toml; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="redo-{key}.toml"'
    response.headers["Cache-Control"] = "no-store"
    return response


@route("/import", who="staff", methods=("GET", "POST"))
def import_toml(**_: Any) -> Any:
    """Takes clinics and regions from a TOML or JSON file as drafts: whole or not at all, and only
    what is one's own."""
    if request.method == "GET":
        return render("import", "import", problems=[], done=[])
    problems: list[tuple[str, str]] = []
    done: list[Target] = []
    upload = forms.ImportForm(request.files).file.data
    name = (upload.filename or "toml")[:80] if upload else ""
    try:
        body = _uploaded_body(upload.stream.read(TOML_LIMIT + 1) if upload else b"", name)
        with staff_context().database.write() as session:
            done = _take_in_drafts(session, body)
    except ProfileError as error:
        problems = [(f"{name}: {found.place}", words.reason(found)) for found in error.problems]
    return render("import", "import", problems=problems, done=done)


def _uploaded_body(data: bytes, name: str) -> dict[str, Any]:
    if not data or len(data) > TOML_LIMIT:
        raise ProfileError([Problem("TOML", "no-file", {"limit": TOML_LIMIT // 1024})])
    return directory.body_of(data, name)


def _take_in_drafts(session: Session, body: dict[str, Any]) -> list[Target]:
    """Keeps each of the body's entries as a draft. Raises ProfileError for the whole when one is wrong or not
    one's own."""
    user = me()
    merged = directory.merge(staff_clinics.working_body(session), body)
    directory.build_directory(merged, 0)
    targets = [Target("regions", key) for key in body.get("regions", {})]
    targets += [Target("clinics", str(raw.get("code", ""))) for raw in body.get("clinics", [])]
    done = []
    problems: list[Problem] = []
    for target in targets:
        entry = staff_clinics.entry_in(merged, target)
        row = staff_clinics.row_of(session, target)
        if entry is None or (row is not None and staff_clinics.entry_of(row) == staff_clinics.as_json(entry)):
            continue
        if not may_touch(user, target):
            problems.append(Problem(str(target), "not-yours"))
            continue
        if staff_clinics.save(session, target, entry, user.username, staff_context().now()):
            done.append(target)
    if problems:
        raise ProfileError(problems)
    return done
