"""Staff. Clinics and regions: the list, a new one, its form, and how the family's page will read."""

from typing import Any

from flask import abort, jsonify, make_response, request
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from patient_app.clinics.directory import RESERVED, Clinic
from patient_app.problem import Problem, ProfileError
from patient_app.staff import forms, words
from patient_app.staff.access.roles import ADMIN
from patient_app.staff.content import clinics as staff_clinics
from patient_app.staff.content import publish, reading
from patient_app.staff.content.clinics import Entry, Target
from patient_app.staff.context import flash, me, redirect_to, render, route, staff_context
from patient_app.staff.models import ClinicRow, RegionRow, User
from patient_app.web.languages import LANGUAGES, SWEDISH
from patient_app.web.languages import staff_gettext as _s

PLACE = "/<any(clinics,regions):kind>/<key>"


@route("/<any(clinics,regions):kind>/", who="staff")
def places(kind: Any) -> Response:
    """One's clinics, or all regions for an admin."""
    user = me()
    if kind == "regions" and user.role != ADMIN:
        abort(403)
    asked = forms.SearchForm(request.args).q.data
    with staff_context().database.read() as session:
        rows = _own_rows(session, user, kind)
        regions = {row.key: row.name for row in session.scalars(select(RegionRow))}
        number, body = publish.newest(session)
    live = (
        {raw["code"] for raw in body.get("clinics", [])}
        if kind == "clinics"
        else set(body.get("regions", {}))
    )
    found = [row for row in rows if asked.casefold() in f"{row.name} {_key(row)}".casefold()]
    found.sort(key=lambda row: (bool(getattr(row, "retired", False)), row.name.casefold()))
    return render(
        "places",
        "places",
        kind=kind,
        rows=found,
        many=len(rows),
        asked=asked,
        regions=regions,
        live=live,
        number=number,
        key_of=_key,
    )


def _own_rows(session: Session, user: User, kind: str) -> list[Any]:
    if kind == "regions":
        return list(session.scalars(select(RegionRow)))
    query = select(ClinicRow)
    return list(
        session.scalars(query if user.role == ADMIN else query.where(ClinicRow.code.in_(user.clinic_codes)))
    )


def _key(row: ClinicRow | RegionRow) -> str:
    return row.code if isinstance(row, ClinicRow) else row.key


@route("/<any(clinics,regions):kind>/new", who="admin", methods=("GET", "POST"))
def new_place(kind: Any) -> Any:
    """A new clinic (its code is drawn) or a new region. It is a draft until it is published."""
    problems: dict[str, str] = {}
    form = forms.NewClinicForm(request.form) if kind == "clinics" else forms.NewRegionForm(request.form)
    with staff_context().database.read() as session:
        regions = list(session.scalars(select(RegionRow).order_by(RegionRow.name)))
    if request.method == "POST":
        try:
            with staff_context().database.write() as session:
                target, entry = _new_entry(session, form)
                staff_clinics.save(session, target, entry, me().username, staff_context().now())
            return redirect_to("edit", kind=kind, key=target.key)
        except ProfileError as error:
            problems = forms.problems_by_field(error.problems)
    return render(
        "new_place",
        "new-place",
        kind=kind,
        regions=regions,
        problems=problems,
        form=form,
        reserved=RESERVED,
    )


def _new_entry(session: Session, form: forms.NewClinicForm | forms.NewRegionForm) -> tuple[Target, Entry]:
    """Where the new entry will stand, and the entry. Raises ProfileError for a region's key that is taken."""
    if isinstance(form, forms.NewClinicForm):
        code = staff_clinics.new_code(session)
        settings = {"phone": form.phone.data}
        entry = {"code": code, "region": form.region.data, "name": form.name.data, "settings": settings}
        return Target("clinics", code), entry
    target = Target("regions", form.key.data)
    if staff_clinics.row_of(session, target) is not None or target.key == "new":
        raise ProfileError([Problem(f"regions.{target.key}.key", "twice")])
    return target, {"name": form.name.data, "settings": {}}


def row_or_404(session: Session, target: Target) -> ClinicRow | RegionRow:
    """The row of that clinic or region; 404 when it is not there."""
    row = staff_clinics.row_of(session, target)
    if row is None:
        abort(404)
    return row


@route(PLACE, who="own", methods=("GET", "POST"))
def edit(kind: Any, key: str) -> Any:
    """The form of a clinic or region. Saving keeps a draft; families see nothing of it before it is
    published."""
    target = Target(kind, key)
    problems: dict[str, str] = {}
    with staff_context().database.read() as session:
        entry = staff_clinics.entry_of(row_or_404(session, target))
    if request.method == "POST":
        form = forms.EntryForm(request.form)
        typed = _typed_entry(target, entry)
        try:
            with staff_context().database.write() as session:
                now_there = staff_clinics.entry_of(row_or_404(session, target))
                if form.seal.data != forms.seal(now_there):
                    problems[""] = "conflict"
                else:
                    changed = staff_clinics.save(session, target, typed, me().username, staff_context().now())
                    flash(_s("Utkastet är sparat.") if changed else _s("Inget var ändrat."))
        except ProfileError as error:
            problems = forms.problems_by_field(error.problems)
        if not problems:
            return (
                redirect_to("show_publish", kind=kind, key=key)
                if form.then.data == "publish"
                else redirect_to("edit", kind=kind, key=key)
            )
        entry = now_there if problems.get("") == "conflict" else typed
    with staff_context().database.read() as session:
        return _edit_page(session, target, entry, problems)


def _typed_entry(target: Target, entry: Entry) -> Entry:
    """The entry as it stands in the form that was sent; the region is an admin's to change."""
    form = forms.EntryForm(request.form)
    settings = forms.ProfileForm(request.form).settings()
    typed: Entry = {**entry, "name": form.name.data, "settings": settings}
    if target.kind == "clinics" and me().role == ADMIN and form.region.data is not None:
        typed["region"] = form.region.data
    return typed


def _edit_page(session: Session, target: Target, entry: Entry, problems: dict[str, str]) -> Response:
    saved = staff_clinics.entry_of(row_or_404(session, target))
    region_name, region = (
        staff_clinics.region_settings(session, entry) if target.kind == "clinics" else ("", {})
    )
    _, body = publish.newest(session)
    live = staff_clinics.entry_in(body, target)
    care_word = staff_clinics.tells_of_care(entry["name"]) if target.kind == "clinics" else ""
    return render(
        "edit",
        "edit",
        kind=target.kind,
        key=target.key,
        entry=entry,
        seal=forms.seal(saved),
        region_name=region_name,
        groups=list(forms.fields(entry, region, problems)),
        group_words=words.GROUPS,
        field_words=words.FIELDS_WORDS,
        problems=problems,
        regions=list(session.scalars(select(RegionRow).order_by(RegionRow.name))),
        live=live is not None,
        unpublished=live is None or bool(staff_clinics.differences(live, saved)),
        care_word=care_word,
        neutral=staff_clinics.neutral_name(entry["name"]) if care_word else "",
        pages=reading.pages(),
        page_names=reading.NAMES,
        label_of=words.label_of,
    )


def clinic_now(session: Session, target: Target, entry: Entry) -> Clinic:
    """The entry as a clinic; for a region, as a clinic that says nothing but its phone and so reads as the
    region does."""
    if target.kind == "clinics":
        name, settings = staff_clinics.region_settings(session, entry)
        return staff_clinics.clinic_of(name, settings, entry)
    stand_in: Entry = {
        "code": "D3M0",
        "name": entry["name"],
        "region": target.key,
        "settings": {"phone": "010-000 00 00"},
    }
    return staff_clinics.clinic_of(entry["name"], entry.get("settings", {}), stand_in)


@route(PLACE + "/reads", who="own", methods=("POST",))
def reads(kind: Any, key: str) -> Response:
    """What will read differently with what stands in the form now: sentences as JSON, for the live view
    beside it."""
    target = Target(kind, key)
    with staff_context().database.read() as session:
        entry = staff_clinics.entry_of(row_or_404(session, target))
        _, body = publish.newest(session)
        live = staff_clinics.entry_in(body, target)
        try:
            typed = staff_clinics.as_json(_typed_entry(target, entry))
            staff_clinics.check(session, target, typed)
            after = clinic_now(session, target, typed)
            before = clinic_now(session, target, live) if live is not None else None
        except ProfileError as error:
            return jsonify(
                problems=[
                    f"{words.label_of(found.place.rpartition('.')[2])}: {words.reason(found)}"
                    for found in error.problems
                ]
            )
    found = reading.changes(before, after)
    return jsonify(
        pages=[{"page": name, "lines": [[line.sign, line.text] for line in lines]} for name, lines in found]
    )


@route(PLACE + "/preview/<page>", who="own")
def preview(kind: Any, key: str, page: str) -> Response:
    """The family's own page with the draft, whole."""
    target = Target(kind, key)
    if page not in reading.pages():
        abort(404)
    with staff_context().database.read() as session:
        clinic = clinic_now(session, target, staff_clinics.entry_of(row_or_404(session, target)))
    language = LANGUAGES.get(request.args.get("language", ""), SWEDISH)
    html = reading.render_as(clinic, page, language)
    response = make_response(html)
    response.headers["Cache-Control"] = "no-store"
    return response
