"""Every situation of the device check's fault matrix: the code it gives leads support to the fix the family
sees."""

import pytest
from scenarios import SCENARIOS

from patient_app.codes.support_code import SupportCode
from patient_app.device_check.fixes import fixes_for
from patient_app.support.advice import advise

# What a platform is in the code, where the situation does not say it itself.
PLATFORMS = {
    "iphone-safari": {"os": 1, "browser": 1},
    "iphone-other": {"os": 1, "browser": 2},
    "ipad": {"os": 1, "browser": 1},
    "android-chrome": {"os": 2, "browser": 2},
    "android-samsung": {"os": 2, "browser": 5},
    "android-firefox": {"os": 2, "browser": 4},
    "windows": {"os": 3, "browser": 2},
    "mac": {"os": 4, "browser": 1},
    "in-app-ios": {"os": 1},
    "in-app-android": {"os": 2},
}
WITH_CODE = [scenario for scenario in SCENARIOS if scenario.code]


def codes(scenario):
    """The codes the situation may give: fields that may differ are tried one value at a time."""
    fields = {"os": 2, "browser": 2, "age": 1, **PLATFORMS.get(scenario.platform, {}), **scenario.code}
    first = {field: number[0] if isinstance(number, tuple) else number for field, number in fields.items()}
    yield SupportCode(**first)
    for field, number in fields.items():
        for other in number[1:] if isinstance(number, tuple) else ():
            yield SupportCode(**{**first, field: other})


def sent(advice):
    """The fixes on the page that is sent."""
    path = advice.fix.partition("#")[0]
    if path == "help/inside-app":
        return set(fixes_for("environment", "in-app"))
    check, _, verdict = path.removeprefix("check/fix/").partition("-")
    return set(fixes_for(check, verdict))


@pytest.mark.parametrize("scenario", WITH_CODE, ids=lambda scenario: scenario.name)
def test_the_code_of_every_situation_leads_to_its_fix(scenario):
    for code in codes(scenario):
        first = advise(code)[0]
        if scenario.fix is None:
            assert first.last or first.group == "connection", first.id
            continue
        # A page that came without a lock and a browser without a camera are one symbol in the code.
        wanted = "newer-browser" if scenario.fix == "padlock" else scenario.fix
        assert any(wanted in fix.recipes for fix in sent(first)), (first.id, scenario.fix)
        assert (
            "#" not in first.fix or not scenario.platform or scenario.platform == first.fix.partition("#")[2]
        )


def test_the_matrix_is_not_empty():
    assert len(WITH_CODE) >= 40
