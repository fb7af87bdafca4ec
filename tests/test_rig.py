"""The rig: a picture carries the parts it uses, each once, and nothing else."""

import re

import pytest
from addresses import public_paths

from patient_app.paths import TEMPLATES
from patient_app.web.rig import read_parts, with_parts

RIG = """<svg><defs>
<!-- why -->
<g id="eye"><g><path/></g></g>
<g id="head"><use href="#eye"/></g>
<g id="hat"><path/></g>
</defs></svg>"""


def test_a_drawing_gets_the_parts_it_uses_and_those_that_they_use():
    parts = read_parts(RIG)
    assert list(parts) == ["eye", "head", "hat"]
    drawn = with_parts('<svg viewBox="0 0 1 1">\n<use href="#head"/></svg>', parts)
    assert drawn == (
        '<svg viewBox="0 0 1 1"><defs><g id="eye"><g><path/></g></g><g id="head"><use href="#eye"/></g>'
        '</defs><use href="#head"/></svg>'
    )


def test_the_first_drawing_of_a_page_carries_the_parts_of_the_others_too():
    parts = read_parts(RIG)
    assert '<g id="hat">' in with_parts("<svg></svg>", parts, ['<svg><use href="#hat"/></svg>'])


def test_a_part_without_an_end_stops_the_start():
    with pytest.raises(ValueError, match="eye has no end"):
        read_parts('<svg><g id="eye"><path/></svg>')


def test_every_part_of_the_rig_is_drawn_on_some_page(app, client):
    drawn = set()
    for path in public_paths(app, ("sv",)):
        if re.match(r"/sv/(child|youth)", path):
            drawn |= set(
                re.findall(r'<(?:g|radialGradient) id="([\w-]+)"', client.get(path).get_data(as_text=True))
            )
    assert set(read_parts((TEMPLATES / "pictures/rig/parts.svg").read_text("utf-8"))) - drawn == set()
