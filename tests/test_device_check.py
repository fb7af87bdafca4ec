"""The device check's data and the server's end of the connection test."""

import json
import re
from itertools import product

import pytest
from house import text_of
from werkzeug.test import Client

from patient_app.codes.support_code import MEANINGS
from patient_app.codes.symbols import ALPHABET
from patient_app.device_check import views
from patient_app.device_check.checks import CAMERA_PAGE, CONNECTION_PAGE, SPELLING
from patient_app.device_check.checks import CHECKS as EVERY_CHECK
from patient_app.device_check.fixes import IN_APP, PHONES, PLATFORMS, fixes_for
from patient_app.device_check.verdicts import row_of
from patient_app.web.languages import LANGUAGES, in_language

# style.md 7, to the letter.
ASKED = {"refused", "blocked", "dismissed", "waiting", "none", "in-use", "failed"}
VERDICTS = {
    "environment": {"ok", "in-app", "old", "insecure", "missing"},
    "camera": {"ok", "no-frames", "frozen", "paused", "covered", "unclear", "low-resolution", "skipped"}
    | ASKED,
    "light": {"ok", "dark", "backlit", "glare", "skipped"},
    "microphone": {
        "ok",
        "low",
        "clipping",
        "choppy",
        "noisy",
        "silent",
        "no-speech",
        "engine",
        "paused",
        "skipped",
    }
    | ASKED,
    "speaker": {"heard", "faint", "not-heard", "cannot-play", "skipped"},
    "connection": {"good", "fair", "poor", "unreachable", "skipped"},
    "call": {"ok", "slow", "skipped"},
    "window": {"ok", "blocked", "no-storage"},
}
FINE = {"ok", "heard", "good", "skipped"}
CHECKS = {check.id: check for check in EVERY_CHECK}


def test_each_verdict_of_the_contract_has_its_sentence():
    assert {name: {row.id for row in check.verdicts} for name, check in CHECKS.items()} == VERDICTS


@pytest.mark.parametrize(
    "check, verdict",
    [(check, verdict) for check, verdicts in VERDICTS.items() for verdict in sorted(verdicts - FINE)],
)
def test_each_fault_has_something_to_do_on_every_device(check, verdict):
    for platform in IN_APP if verdict == "in-app" else PLATFORMS:
        assert fixes_for(check, verdict, platform), f"{check} {verdict} on {platform}: nothing to do"


def test_no_verdict_shows_two_ways_out_at_once():
    for (check, verdicts), platform in product(VERDICTS.items(), PLATFORMS):
        for verdict in verdicts - FINE:
            assert len(fixes_for(check, verdict, platform)) <= 1, f"{check} {verdict} on {platform}"


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_symbol_has_its_own_spelling_word_in_every_language(app, code):
    with app.test_request_context(), in_language(LANGUAGES[code]):
        words = [str(SPELLING[symbol]) for symbol in ALPHABET]
    assert all(words)
    assert len(set(words)) == len(ALPHABET)


def test_the_spelling_words_begin_with_their_letter_where_the_script_is_latin(app):
    for code in ("sv", "en"):
        with app.test_request_context(), in_language(LANGUAGES[code]):
            for symbol in ALPHABET[10:]:
                assert str(SPELLING[symbol]).upper().startswith(symbol)


def test_the_pages_carry_what_is_pressed_and_shown(visit):
    for path, checks, extra in (
        ("/sv/check", CONNECTION_PAGE, set()),
        ("/sv/check/camera", CAMERA_PAGE, {"play", "heard", "not-heard"}),
    ):
        page = visit(path)
        assert [row["data-check"] for row in page.select("[data-check]")] == [check.id for check in checks]
        assert {row["data-state"] for row in page.select("[data-check]")} == {"waiting"}
        assert {"start", "skip", "again"} | extra <= {
            button["data-action"] for button in page.select("[data-action]")
        }
        assert len(page.select("[data-overall]")) == len(page.select("[data-support-code]")) == 1
        assert {heading["data-verdict"] for heading in page.select("[data-overall] h2")} == {
            "ok",
            "fix",
            "skipped",
            "stop",
        }
        assert len(page.select("[data-symbol]")) == 32


def test_the_pages_say_what_they_do_not_test_and_how_to_reach_a_person(visit):
    page = visit("/sv/check/camera")
    text = text_of(page.body)
    assert "Mottagningens system testar vi inte." in text
    assert "Numret står i kallelsen" in text
    asked_again = page.select_one('[data-facts~="check.asked-again"]')
    assert text_of(asked_again) == "I det riktiga besöket frågar telefonen en gång till. Tryck Tillåt igen."


def test_a_browser_that_runs_nothing_is_told_so(visit):
    page = visit("/sv/check")
    assert "hidden" not in page.select_one("[data-needs-script]").attrs
    assert "hidden" in page.select_one('[data-action="start"]').attrs


def test_the_camera_pages_policy_refuses_every_request(client):
    policy = client.get("/sv/check/camera").headers["Content-Security-Policy"]
    for part in (
        "connect-src 'none'",
        "form-action 'none'",
        "img-src 'none'",
        "media-src data:",
        "worker-src 'none'",
        "trusted-types 'none'",
    ):
        assert part in policy
    permissions = client.get("/sv/check/camera").headers["Permissions-Policy"]
    assert "camera=(self)" in permissions and "microphone=(self)" in permissions
    assert "camera=()" in client.get("/sv/check").headers["Permissions-Policy"]


# --- the server's end of the connection test ---


@pytest.mark.parametrize("kib", views.DOWN_KIB)
def test_noise_comes_in_the_agreed_sizes_and_is_never_kept_or_compressed(client, kib):
    response = client.get(f"/check/down/{kib}", headers={"Accept-Encoding": "br, gzip"})
    assert response.status_code == 200
    assert len(response.data) == kib * 1024 == response.content_length
    assert response.headers["Cache-Control"] == "no-store, no-transform"
    assert "Content-Encoding" not in response.headers
    assert "Server-Timing" in response.headers
    assert "Set-Cookie" not in response.headers
    response.close()


@pytest.mark.parametrize(
    "path",
    [
        "/check/down/0",
        "/check/down/33",
        "/check/down/513",
        "/check/down/1000000000",
        "/check/down/-1",
        "/check/down/x",
    ],
)
def test_no_other_size_can_be_asked_for(client, path):
    assert client.get(path).status_code == 404


def test_noise_cannot_be_made_smaller_on_its_way(client):
    import zlib

    data = client.get("/check/down/128").data
    assert len(zlib.compress(data, 9)) > len(data) * 0.99


@pytest.mark.parametrize("kib", views.UP_KIB)
def test_an_upload_of_an_agreed_size_is_read_and_dropped(client, kib):
    response = client.post("/check/up", data=b"\0" * kib * 1024)
    assert (response.status_code, response.data) == (200, b"")
    assert response.headers["Cache-Control"] == "no-store, no-transform"


@pytest.mark.parametrize("size", [0, 1, 32 * 1024 - 1, 32 * 1024 + 1, 512 * 1024])
def test_an_upload_of_another_size_is_refused(client, size):
    assert client.post("/check/up", data=b"\0" * size).status_code == 413


def test_a_huge_upload_is_refused_unread(app):
    response = Client(app).open(
        "/check/up", method="POST", headers={"Content-Length": str(10**9)}, data=b"x" * 10
    )
    assert response.status_code == 413


def test_beyond_the_global_limit_the_answer_is_busy_and_places_come_back(app):
    client = Client(app)
    open_responses = [client.get("/check/down/32", buffered=False) for _ in range(views.AT_ONCE)]
    assert {response.status_code for response in open_responses} == {200}
    assert client.get("/check/down/32").status_code == 503
    assert client.post("/check/up", data=b"\0" * 32 * 1024).status_code == 503
    assert client.get("/check/ping").status_code == 200, "a round trip needs no place"
    for response in open_responses:
        response.close()
    assert client.get("/check/down/32").status_code == 200


def test_a_refused_upload_gives_its_place_back(app):
    client = Client(app)
    for _ in range(views.AT_ONCE + 1):
        assert client.post("/check/up", data=b"\0").status_code == 413
    assert client.post("/check/up", data=b"\0" * 32 * 1024).status_code == 200


def test_the_test_is_logged_by_its_rule_alone(app, capfd):
    Client(app).get("/check/down/128")
    lines = [json.loads(line) for line in capfd.readouterr().out.splitlines() if "/check/down" in line]
    for line in lines:
        assert line["rule"] == "/check/down/<int:kib>"
        assert "128" not in json.dumps(
            {key: value for key, value in line.items() if key not in ("time", "ms", "request")}
        )


def test_python_and_javascript_name_the_same_things():
    source = (views.__file__.rsplit("/patient_app/", 1)[0]) + "/static/js/device-check/support-code.js"
    with open(source) as file:
        javascript = file.read()
    for field in ("os", "age", "browser"):
        for number, meaning in MEANINGS[field].items():
            if meaning != "in-safari-view":  # a guess that no module makes
                assert re.search(rf'\b{meaning}"?: {number}[,\s]', javascript), f"{field} {meaning}"


# --- advice that was wrong once (device-problems.md A) ---

COMPUTER_WORDS = ("datorn", "Teams", "sladd")


def steps_for(check: str, verdict: str, platform: str) -> str:
    [fix] = fixes_for(check, verdict, platform)
    return " ".join(str(step) for step in fix.steps)


@pytest.mark.parametrize("platform", sorted(set(PHONES) - set(IN_APP)))
@pytest.mark.parametrize(
    "check, verdict",
    [
        (check, verdict)
        for check in ("camera", "microphone")
        for verdict in ("none", "refused", "in-use", "paused")
    ],
)
def test_a_phone_is_never_told_what_helps_a_computer(app, check, verdict, platform):
    with app.test_request_context():
        steps = steps_for(check, verdict, platform)
    assert not [word for word in COMPUTER_WORDS if word in steps], steps


@pytest.mark.parametrize("check", ["camera", "microphone"])
def test_a_device_that_is_not_found_on_a_phone_is_the_browsers_fault_and_on_a_computer_the_systems(
    app, check
):
    with app.test_request_context():
        for platform in ("iphone-safari", "ipad", "android-chrome", "android-firefox", "android-other"):
            assert "annan webbläsare" in steps_for(check, "none", platform)
        assert "Integritet och säkerhet" in steps_for(check, "none", "mac")
        assert "Windows Inställningar" in steps_for(check, "none", "windows")


def test_a_switch_on_the_device_is_named_before_programs(app):
    with app.test_request_context():
        for verdict in ("frozen", "no-frames", "paused"):
            steps = steps_for("camera", verdict, "windows")
            assert steps.index("skjutlock") < steps.index("Teams"), verdict
        microphone = steps_for("microphone", "paused", "windows")
        assert "knapp som stänger av mikrofonen" in microphone and "kameran" not in microphone


def test_a_question_that_never_comes_has_a_way_on(app):
    with app.test_request_context():
        assert "Kommer ingen fråga? Öppna sidan i en annan webbläsare." in steps_for(
            "camera", "waiting", "android-other"
        )


def test_sound_that_was_faint_is_not_well():
    row = row_of("speaker", "faint")
    assert (row.severity, row.number, row.first) == ("fix", 2, "volume")
