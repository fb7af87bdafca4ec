"""Long words and lines from the right: pages in the two pseudo-languages (tests/pseudo.py) on a phone.
Real languages are at most so long."""

import pseudo
import pytest
from devices import PHONE
from test_layout import SHOWN, TOO_WIDE

LAY_OPEN = "for (const part of document.querySelectorAll('main details')) part.open = true"


@pytest.mark.parametrize("language", pseudo.CODES)
def test_nothing_is_cut_off_in_a_pseudo_language(plain_chromium, pseudo_server, at_sizes, language):
    context = plain_chromium.new_context(base_url=pseudo_server.url, reduced_motion="reduce", **PHONE)
    page, wrong = context.new_page(), []
    for path in dict.fromkeys(f"/{language}{path[3:]}" for path in SHOWN):
        answer = page.goto(path)
        assert answer.status == 200, path
        page.evaluate(LAY_OPEN)
        for size in at_sizes(page):
            wrong += [f"{path}, {size}: {what}" for what in page.evaluate(TOO_WIDE)]
    context.close()
    assert not wrong, "\n".join(wrong)
