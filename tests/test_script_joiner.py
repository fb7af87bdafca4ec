"""The joiner: one script a page, the same code in the same order, and a refusal of anything it does not
know."""

import pytest

from patient_app.web.assets import STATIC, compact_script, served_scripts
from patient_app.web.scripts import NotUnderstood, imported_by, join

SOURCES = {
    "js/pages/one.js": (
        'import "../said.js";\nimport { twice as double } from "../maths.js";\nimport * as maths from '
        '"../maths.js";\nsay(double(maths.TWO));\n'
    ),
    "js/said.js": 'import { TWO } from "./maths.js";\nsay(TWO);\n',
    "js/maths.js": "export const TWO = 2;\nexport function twice(a) {\nreturn own * a;\n}\nconst own = 2;\n",
}


def test_each_module_stands_once_before_those_that_need_it_and_in_a_scope_of_its_own():
    assert join("js/pages/one.js", SOURCES) == (
        "const __0 = (() => {\nconst TWO = 2;\nfunction twice(a) {\nreturn own * a;\n}\nconst own = "
        "2;\nreturn { TWO, twice };\n})();\n"
        "{\nconst { TWO } = __0;\nsay(TWO);\n}\n"
        "const { twice: double } = __0;\nconst maths = __0;\nsay(double(maths.TWO));\n"
    )


def test_what_a_module_needs_is_found_beside_it():
    assert imported_by("js/pages/one.js", SOURCES["js/pages/one.js"]) == [
        "js/said.js",
        "js/maths.js",
        "js/maths.js",
    ]


@pytest.mark.parametrize(
    "line",
    [
        'import thing from "./maths.js";',
        "import {TWO} from './maths.js';",
        'import { TWO } from "maths";',
        'import { TWO } from "https://example.org/x.js";',
        'import { THREE } from "./maths.js";',
        'import { TWO with } from "./maths.js";',
        'import("./maths.js");',
        "say(import.meta.url);",
        'import maths, { TWO } from "./maths.js";',
        'import { TWO } from "./gone.js";',
        'import "./odd.js";',
        'import * as said from "./said.js";',
        "export default 1;",
        "export let a = 1;",
        "export const { a } = b;",
        "export const [a] = b;",
        "export { a };",
        'export * from "./maths.js";',
        "export class A {}",
        "  export const a = 1;",
        "const __1 = 1;",
    ],
)
def test_what_it_does_not_understand_is_refused(line):
    sources = {**SOURCES, "js/pages/one.js": 'import "../odd.js";\n', "js/odd.js": f"{line}\n"}
    with pytest.raises(NotUnderstood):
        join("js/pages/one.js", sources)


def test_a_circle_is_refused_by_name():
    sources = {
        "js/a.js": 'import "./b.js";\n',
        "js/b.js": 'import "./c.js";\n',
        "js/c.js": 'import "./b.js";\n',
    }
    with pytest.raises(NotUnderstood, match=r"js/b\.js imports itself"):
        join("js/a.js", sources)


def test_every_script_a_page_asks_for_is_whole_and_the_others_stand_as_they_are():
    files = list(STATIC.rglob("*.js"))
    sources = {path.relative_to(STATIC).as_posix(): compact_script(path.read_text()) for path in files}
    served = served_scripts(files)
    assert served.keys() == sources.keys()
    for name in served:
        if name.startswith("js/pages/"):
            assert "import" not in served[name], name
            assert len(served[name]) > len(sources[name])
    assert served["js/device-check/page.js"] == sources["js/device-check/page.js"]
