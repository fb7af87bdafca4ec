"""Templates are read by people: a line has at most 140 columns."""

from pathlib import Path

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
COLUMNS = 140
# Written before the rule. This list only gets shorter: whoever writes one of them anew takes it off.
BEFORE_THE_RULE = frozenset(
    [
        "base.html",
        "children/adult.html",
        "children/after.html",
        "children/card.html",
        "children/chooser.html",
        "children/leave.html",
        "children/picks.html",
        "children/practice.html",
        "children/safe.html",
        "children/story.html",
        "children/youth-adult.html",
        "children/youth-index.html",
        "children/youth.html",
        "components/code_field.html",
        "components/footer.html",
        "components/parts.html",
        "components/plan_b.html",
        "components/promises.html",
        "components/visit_time.html",
        "components/way_in.html",
        "components/way_out.html",
        "components/who_to_call.html",
        "device_check/connection.html",
        "device_check/drawings.html",
        "device_check/fix.html",
        "device_check/parts.html",
        "front/about/accessibility.html",
        "front/about/languages.html",
        "front/about/privacy.html",
        "front/about/sources.html",
        "front/code.html",
        "front/start.html",
        "guide/all.html",
        "guide/day.html",
        "guide/plan.html",
        "guide/problem.html",
        "guide/problems.html",
        "guide/problems/alone-dropped.html",
        "guide/problems/asked-again.html",
        "guide/problems/bankid-return.html",
        "guide/problems/cannot-log-in.html",
        "guide/problems/child-missing.html",
        "guide/problems/dropped.html",
        "guide/problems/in-person.html",
        "guide/problems/inside-app.html",
        "guide/problems/no-eid.html",
        "guide/problems/picture.html",
        "guide/problems/sound.html",
        "guide/problems/wrong-age.html",
        "guide/questions.html",
        "guide/step.html",
        "guide/steps/add-child.html",
        "guide/steps/before.html",
        "guide/steps/check.html",
        "guide/steps/child.html",
        "guide/steps/join.html",
        "guide/steps/notifications.html",
        "guide/steps/of-youth-before.html",
        "guide/steps/of-youth-log-in.html",
        "guide/steps/of-youth-place.html",
        "guide/steps/of-youth-ready.html",
        "guide/steps/other-before.html",
        "guide/steps/place.html",
        "guide/steps/ready.html",
        "guide/steps/youth-before.html",
        "guide/steps/youth-log-in.html",
        "guide/steps/youth-place.html",
        "guide/steps/youth-ready.html",
        "pictures/people.html",
        "pictures/rooms.html",
        "pictures/signs.html",
        "staff/account.html",
        "staff/base.html",
        "staff/down.html",
        "staff/edit.html",
        "staff/history.html",
        "staff/import.html",
        "staff/log.html",
        "staff/log_in.html",
        "staff/new_place.html",
        "staff/parts.html",
        "staff/places.html",
        "staff/problem.html",
        "staff/publish.html",
        "staff/retire.html",
        "staff/setup.html",
        "staff/user.html",
        "staff/users.html",
        "staff/validity.html",
        "support/base.html",
        "support/before.html",
        "support/call.html",
        "support/code.html",
        "support/during.html",
        "support/index.html",
        "support/inserts.html",
        "support/languages.html",
        "support/parts.html",
        "support/problems.html",
        "support/share.html",
        "support/sheet.html",
        "support/table.html",
    ]
)


def too_long(path: Path) -> list[str]:
    lines = path.read_text("utf-8").splitlines()
    return [f"{path.name}:{number}" for number, line in enumerate(lines, 1) if len(line) > COLUMNS]


def test_no_line_of_a_template_is_longer_than_140_columns():
    long = {
        path.relative_to(TEMPLATES).as_posix(): too_long(path)
        for path in TEMPLATES.rglob("*.html")
        if too_long(path)
    }
    new = {name: lines for name, lines in long.items() if name not in BEFORE_THE_RULE}
    assert not new, f"break these lines, one branch of the template a line: {new}"


def test_the_list_of_old_templates_only_gets_shorter():
    assert len(BEFORE_THE_RULE) <= 102
