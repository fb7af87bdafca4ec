"""Which app's window shows the page: our rules against agents that others labelled (e2e/data/README.md)."""

from collections import Counter
from pathlib import Path

import pytest

DATA = Path(__file__).resolve().parent.parent / "data" / "agents.tsv"
AGENTS = [tuple(line.split("\t")) for line in DATA.read_text("utf-8").splitlines()]
SIGNS = {"touch": 5, "standalone": False, "telegram": False, "secure": True, "media": True, "sound": True}
# Of the whole set: precision .980, recall .973; docs/device-check.md. The sample may be a little worse.
PRECISION, RECALL = 0.95, 0.95


@pytest.fixture(scope="module")
def judged(plain_chromium, server):
    """The environment's judgement of each agent of the list, and of others by name."""
    page = plain_chromium.new_context(base_url=server.url).new_page()
    page.goto("/sv/check")
    folder = page.locator("script[src*='/js/pages/']").get_attribute("src")
    address = folder.replace("pages/check.js", "device-check/environment.js")

    def judge(agents):
        return page.evaluate(
            "async ([address, agents, signs]) => { const { judge } = await import(address);"
            " return agents.map((agent) => judge({ ...signs, agent })); }",
            [address, list(agents), SIGNS],
        )

    yield judge
    page.context.close()


def test_other_peoples_labels_agree_with_ours(judged):
    found = judged(agent for _label, _name, agent in AGENTS)
    count = Counter(
        (label, bool(one["app"])) for (label, _name, _agent), one in zip(AGENTS, found, strict=True)
    )
    precision = count["app", True] / (count["app", True] + count["browser", True])
    recall = count["app", True] / (count["app", True] + count["app", False])
    assert precision >= PRECISION and recall >= RECALL, (precision, recall, count)


def test_every_agent_gets_a_device_of_its_own_kind(judged):
    for (_label, _name, agent), one in zip(AGENTS, judged(agent for *_, agent in AGENTS), strict=True):
        assert one["verdict"] in ("ok", "old", "in-app"), agent
        wanted = "ios" if "iPhone" in agent or "iPad;" in agent else "android"
        assert one["os"] == wanted or "Android" not in agent, (agent, one)


IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
ANDROID = (
    "Mozilla/5.0 (Linux; Android 14; {}) AppleWebKit/537.36 (KHTML, like Gecko) {}Mobile Safari/537.36{}"
)


@pytest.mark.parametrize(
    "name, agent, app, platform",
    [
        (
            "Opera Mini",
            ANDROID.format("SM-A556B; wv", "Version/4.0 Chrome/126.0 ", " OPR/80.0.2254.71813"),
            "",
            "android-other",
        ),
        (
            "Yandex Lite",
            ANDROID.format("TECNO; wv", "Version/4.0 Chrome/117.0.0.0 YaBrowser/22.8.1.94 (lite) ", ""),
            "",
            "android-other",
        ),
        ("Focus on iPhone", IPHONE + "Focus/9.1 Mobile/15E148", "", "iphone-other"),
        (
            "a web view that does not say so",
            ANDROID.format("2303ERA42L", "Version/4.0 Chrome/126.0.6478.71 ", ""),
            "view",
            "in-app-android",
        ),
        (
            "WhatsApp on iPhone",
            IPHONE + "Mobile/15E148 [FBAN/WhatsApp;FBAV/25.1;FBDV/iPhone14,5] WhatsApp/25.1",
            "whatsapp",
            "in-app-ios",
        ),
        ("a MiPad", ANDROID.format("MiPad 4", "Chrome/142.0.0.0 ", ""), "", "android-chrome"),
        (
            "a model called Edge",
            ANDROID.format("motorola edge 50", "Chrome/142.0.0.0 ", "").replace("edge", "Edge"),
            "",
            "android-chrome",
        ),
    ],
)
def test_faults_that_were_known_are_mended(judged, name, agent, app, platform):
    [found] = judged([agent])
    kept = {"view": "android-view"}.get(app, app)
    assert (found["app"], found["platform"]) == (kept, platform), name


@pytest.mark.parametrize(
    "agent, hint",
    [
        (IPHONE.replace("18_5", "15_8") + "Version/15.6 Mobile/15E148 Safari/604.1", True),
        (IPHONE.replace("18_5", "16_7") + "Version/16.6 Mobile/15E148 Safari/604.1", False),
        (ANDROID.format("SM-G930F", "Chrome/142.0.0.0 ", "").replace("Android 14", "Android 8.0.0"), True),
        (ANDROID.format("K", "Chrome/142.0.0.0 ", "").replace("Android 14", "Android 10"), False),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/142.0.0.0 Safari/537.36",
            False,
        ),
    ],
)
def test_an_old_system_gets_a_hint_about_logging_in_and_never_a_stop(judged, agent, hint):
    [found] = judged([agent])
    assert found["oldForLogIn"] is hint and found["verdict"] in ("ok", "old")
