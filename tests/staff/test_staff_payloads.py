"""What somebody nasty may type: every payload x every field x every output is refused, or comes out as plain text."""

import tomllib

from house import check_no_inline_code
from staff_room import form_of

from patient_app.staff import audit, clinics, publish
from patient_app.staff.clinics import Target, as_toml
from patient_app.visit_profile import LABELS, SETTINGS, ProfileError

PAYLOADS = [
    "<script>window.ran=1</script>", "<img src=x onerror=window.ran=1>", "<svg onload=window.ran=1>", "\"><script>window.ran=1</script>", "' onfocus=window.ran=1 autofocus='",
    "javascript:window.ran=1", "{{ 7*7 }}", "{% raw %}x", "${7*7}", "%(number)s", "%s%n", "=HYPERLINK(\"http://evil.example\")", "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(1)",
    "\tx", "x\r\nSet-Cookie: a=b", "x\r\n\r\n<b>", "\u202egnp.exe", "\u2066x\u2069", "a\x00b", "</textarea><script>window.ran=1</script>", "</title><script>", "<!--", "]]>",
    "&lt;script&gt;", "&#60;script&#62;", "\"\"\"", "'''", "[[clinics]]", "\\u003cscript\\u003e", "tel:+123;window.ran", "data:text/html,<b>", "//evil.example", "\ud7ff", "a" * 5000,
    "<a href=javascript:1>", "<style>*{}", "<iframe srcdoc=x>", "<math><mtext></mtext>", "ｊavascript:", "１９１２１２１２１２１２",
]  # fmt: skip
DEMO = Target("clinics", "D3M0")
PLACE = "/staff/clinics/D3M0"
OUTPUTS = (PLACE, "/sv/m/D3M0/guide/under-13/all")
AT_THE_END = (PLACE + "/publish", PLACE + "/history", "/staff/log", "/sv/m/D3M0/", "/en/m/D3M0/guide/13-17/all")


def entries_with(entry, payload):
    """The entry with the payload in one field at a time: name, every setting, every language of a text, every label."""
    yield "name", {**entry, "name": payload}
    for name, spec in SETTINGS.items():
        kind = spec.metadata["kind"]
        if kind == "text":
            for value in ({"sv": payload}, {"sv": "Text", "ar": payload}):
                yield name, {**entry, "settings": {**entry["settings"], name: value}}
        elif kind == "labels":
            for key in LABELS:
                yield f"labels.{key}", {**entry, "settings": {**entry["settings"], "labels": {key: payload}}}
        else:
            yield name, {**entry, "settings": {**entry["settings"], name: payload}}


def test_every_payload_in_every_field_is_refused_or_comes_out_as_text(sqlite_staff):
    staff = sqlite_staff
    browser = staff.browser(staff.user("anna"))
    accepted: dict[str, list] = {}
    tried = 0
    with staff.database.read() as reading:
        entry = clinics.entry_of(clinics.row_of(reading, DEMO))
        for payload in PAYLOADS:
            for field, spoiled in entries_with(entry, payload):
                tried += 1
                try:
                    clinics.check(reading, DEMO, spoiled)
                    accepted.setdefault(field, []).append(spoiled)
                except ProfileError:
                    pass
    assert tried > 2000
    rounds = max(map(len, accepted.values()))
    for number in range(rounds):
        together = {**entry, "settings": dict(entry["settings"])}
        for field, spoiled in accepted.items():
            one = spoiled[number % len(spoiled)]
            if field == "name":
                together["name"] = one["name"]
            else:
                name = field.partition(".")[0]
                together["settings"][name] = {**dict(together["settings"].get("labels", {})), **one["settings"]["labels"]} if name == "labels" else one["settings"][name]
        with staff.database.write() as writing:
            clinics.save(writing, DEMO, together, "anna", staff.now)
            version = publish.publish(writing, DEMO, "anna", staff.now)
            _, body = publish.newest(writing)
        publish.write_file(staff.room.published, version, body)
        staff.look()
        assert clinics.entry_in(tomllib.loads(as_toml(body)), DEMO) == clinics.entry_in(body, DEMO), "TOML says the same"
        for path in OUTPUTS + (AT_THE_END if number == rounds - 1 else ()):
            page = browser.get(path)
            check_no_inline_code(page, f"{path}: ")
            assert not page.find_all(["iframe", "object", "embed", "math"]), path
            assert not [a for a in page.find_all(href=True) if a["href"].lower().startswith(("javascript:", "data:", "//"))], path
    with staff.database.read() as reading:
        for row in audit.as_csv(audit.search(reading, limit=1000)).splitlines():
            assert row[:2] not in ('"=', '"+', '"-', '"@'), row
    print(f"{tried} payloads x fields, {sum(map(len, accepted.values()))} taken as text, {rounds} versions, {len(OUTPUTS)} pages each")


def test_what_is_refused_comes_back_in_the_form_as_text(sqlite_staff):
    browser = sqlite_staff.browser(sqlite_staff.user("anna"))
    form = form_of(browser.get(PLACE))
    for payload in [*PAYLOADS[:6], "</textarea><script>window.ran=1</script>", "</title><script>"]:
        response = browser.post(PLACE, {**form, **{name: payload for name in form if name not in ("csrf_token", "seal")}}, 200)
        check_no_inline_code(browser.page, "the form: ")
        assert "Set-Cookie: a=b" not in str(response.headers)
