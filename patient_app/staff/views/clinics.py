"""Staff. Clinics and regions: edit, see how the family's page will read, publish, undo, retire, TOML in and
out."""

from typing import Any

from flask import abort, jsonify, make_response, request
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from patient_app.clinics import directory
from patient_app.clinics.directory import RESERVED, Clinic
from patient_app.problem import Problem, ProfileError
from patient_app.staff import forms, words
from patient_app.staff.access.roles import ADMIN
from patient_app.staff.content import audit, publish, reading
from patient_app.staff.content import clinics as staff_clinics
from patient_app.staff.content.clinics import Entry, Target
from patient_app.staff.context import flash, may_touch, me, redirect_to, render, route, staff_context
from patient_app.staff.models import ClinicRow, RegionRow, User
from patient_app.web.languages import LANGUAGES, SWEDISH
from patient_app.web.languages import staff_gettext as _s
from patient_app.web.logs import LOGGER

PLACE = "/<any(clinics,regions):kind>/<key>"
VERSION = PLACE + "/undo/<int(max=9223372036854775807):number>"
TOML_LIMIT = 256 * 1024


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


def _row_or_404(session: Session, target: Target) -> ClinicRow | RegionRow:
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
        entry = staff_clinics.entry_of(_row_or_404(session, target))
    if request.method == "POST":
        form = forms.EntryForm(request.form)
        typed = _typed_entry(target, entry)
        try:
            with staff_context().database.write() as session:
                now_there = staff_clinics.entry_of(_row_or_404(session, target))
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
    saved = staff_clinics.entry_of(_row_or_404(session, target))
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


def _clinic_now(session: Session, target: Target, entry: Entry) -> Clinic:
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
        entry = staff_clinics.entry_of(_row_or_404(session, target))
        _, body = publish.newest(session)
        live = staff_clinics.entry_in(body, target)
        try:
            typed = staff_clinics.as_json(_typed_entry(target, entry))
            staff_clinics.check(session, target, typed)
            after = _clinic_now(session, target, typed)
            before = _clinic_now(session, target, live) if live is not None else None
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
        clinic = _clinic_now(session, target, staff_clinics.entry_of(_row_or_404(session, target)))
    language = LANGUAGES.get(request.args.get("language", ""), SWEDISH)
    html = reading.render_as(clinic, page, language)
    response = make_response(html)
    response.headers["Cache-Control"] = "no-store"
    return response


@route(PLACE + "/publish", who="own")
def show_publish(kind: Any, key: str) -> Response:
    """What families will read differently: setting by setting, and sentence by sentence."""
    target = Target(kind, key)
    with staff_context().database.read() as session:
        entry = staff_clinics.entry_of(_row_or_404(session, target))
        return _publish_page(session, target, entry, "publish", 0)


def _publish_page(session: Session, target: Target, entry: Entry, what: str, number: int) -> Response:
    _, body = publish.newest(session)
    live = staff_clinics.entry_in(body, target)
    problems: list[tuple[str, str]] = []
    changes: list[tuple[str, list[reading.Line]]] = []
    try:
        staff_clinics.check(session, target, entry)
        before = _clinic_now(session, target, live) if live is not None else None
        changes = reading.changes(before, _clinic_now(session, target, entry))
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
    floor = publish.file_version(staff_context().published)
    try:
        with staff_context().database.write() as session:
            row = _row_or_404(session, target)
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
        row = _row_or_404(session, target)
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
        entry = staff_clinics.entry_of(_row_or_404(session, target))
        versions = staff_clinics.history(session, target)
        entries = [
            staff_clinics.entry_in(publish.version(session, row.number) or {}, target) for row in versions
        ]
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
        _row_or_404(session, target)
        return _publish_page(session, target, _entry_of_version(session, target, number), "undo", number)


@route(VERSION, who="own", methods=("POST",))
def do_undo(kind: Any, key: str, number: int) -> Any:
    """Goes back to a version, by publishing it again as a new one."""
    target = Target(kind, key)
    with staff_context().database.read() as session:
        entry = _entry_of_version(session, target, number)
    return _publish_if_as_shown(target, lambda row: entry, "undo", {**entry, "back to": number})


def _entry_of_version(session: Session, target: Target, number: int) -> Entry:
    body = publish.version(session, number)
    entry = staff_clinics.entry_in(body, target) if body is not None else None
    if entry is None:
        abort(404)
    return entry


@route("/clinics/<key>/retire", who="own", methods=("GET", "POST"), defaults={"kind": "clinics"})
def retire(kind: Any, key: str) -> Any:
    """Retires a clinic, or opens it again, and publishes that at once with what families read now (never a
    draft)."""
    target = Target("clinics", key)
    with staff_context().database.read() as session:
        row = _row_or_404(session, target)
        _, body = publish.newest(session)
        live = staff_clinics.entry_in(body, target)
        entry = staff_clinics.entry_of(row)
    if live is None:
        abort(404)
    retired = bool(live.get("retired"))
    if request.method == "GET":
        return render("retire", "retire", kind="clinics", key=key, entry=entry, retired=retired)
    floor = publish.file_version(staff_context().published)
    with staff_context().database.write() as session:
        row = _row_or_404(session, target)
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


@route(PLACE + "/export.toml", who="own")
def export(kind: Any, key: str) -> Response:
    """The draft of a clinic (with its region) or a region as TOML."""
    target = Target(kind, key)
    with staff_context().database.read() as session:
        row = _row_or_404(session, target)
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
    """Takes clinics and regions from a TOML file as drafts: whole or not at all, and only what is one's
    own."""
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
    return directory.body_of_toml(data)


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
