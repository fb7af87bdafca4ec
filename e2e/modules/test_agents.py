"""Which app's window shows the page: our rules against agents that others labelled (e2e/data/README.md)."""

from collections import Counter
from pathlib import Path

import pytest

DATA = Path(__file__).resolve().parent.parent / "data"


def table(name):
    return [tuple(line.split("\t")) for line in (DATA / name).read_text("utf-8").splitlines()]


AGENTS = table("agents.tsv")  # matomo's device-detector: app or browser, name, agent
SPIED = table("inapp-spy.tsv")  # inapp-spy: app or browser, name, agent
SEEN = table("user-agents.tsv")  # intoli's user-agents: system, what navigator.platform said, agent
SIGNS = {"standalone": False, "telegram": False, "secure": True, "media": True, "sound": True}


@pytest.fixture(scope="module")
def judged(plain_chromium, server):
    """The environment's judgement of each agent of the list, and of others by name."""
    page = plain_chromium.new_context(base_url=server.url).new_page()
    page.goto("/sv/check")
    folder = page.locator("script[src*='/js/pages/']").get_attribute("src")
    address = folder.replace("pages/check.js", "device-check/environment.js")

    def judge(agents, touch=5):
        return page.evaluate(
            "async ([address, agents, signs]) => { const { judge } = await import(address);"
            " return agents.map((agent) => judge({ ...signs, agent })); }",
            [address, list(agents), {**SIGNS, "touch": touch}],
        )

    yield judge
    page.context.close()


def counted(agents, found):
    """Precision and recall of `app`, and what was counted."""
    count = Counter(
        (label, bool(one["app"])) for (label, _name, _agent), one in zip(agents, found, strict=True)
    )
    apps = count["app", True]
    return apps / (apps + count["browser", True]), apps / (apps + count["app", False]), count


@pytest.mark.parametrize("agents, least", [(AGENTS, 0.95), (SPIED, 0.9)], ids=["matomo", "inapp-spy"])
def test_other_peoples_labels_agree_with_ours(judged, agents, least):
    precision, recall, count = counted(agents, judged(agent for *_, agent in agents))
    assert precision >= least and recall >= least, (precision, recall, count)


def test_agents_seen_in_the_wild_get_their_system_and_break_nothing(judged):
    """No label of theirs says whether a window belongs to an app; their system is what navigator said."""
    for touch, systems in ((5, ("ios", "android")), (0, ("mac", "windows", "other"))):
        some = [row for row in SEEN if row[0] in systems]
        for (system, _said, agent), one in zip(some, judged([row[2] for row in some], touch), strict=True):
            assert one["verdict"] in ("ok", "old", "in-app"), agent
            kept = one["os"] if one["os"] in ("ios", "android", "mac", "windows") else "other"
            assert kept == system, (agent, one)


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
