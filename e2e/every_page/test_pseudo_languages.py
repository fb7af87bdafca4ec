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


# Every address, number and code in a text: is its first sign to the left of its last, on the same line?
TURNED_ROUND = r"""() => {
  const runs = /1177\.se|\+?\d[\d-]*(?: [\d-]{2,})+|\d[0-9A-Z]{2,3}(?:-[0-9A-Z]{3,4})+/g, wrong = [];
  let seen = 0;
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const box = (node, at) => {
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + 1);
    return range.getBoundingClientRect();
  };
  while (texts.nextNode()) {
    const node = texts.currentNode;
    for (const found of node.data.matchAll(runs)) {
      const first = box(node, found.index), last = box(node, found.index + found[0].length - 1);
      if (!first.width || first.top !== last.top) continue;
      seen += 1;
      if (first.left > last.left) wrong.push(`${found[0]} in ${node.parentElement.tagName}`);
    }
  }
  return { seen, wrong };
}"""


def test_addresses_numbers_and_codes_are_read_from_the_left_among_lines_from_the_right(
    plain_chromium, pseudo_server
):
    context = plain_chromium.new_context(base_url=pseudo_server.url, **PHONE)
    page, wrong, seen = context.new_page(), [], 0
    for path in dict.fromkeys(f"/{pseudo.RIGHT_TO_LEFT}{path[3:]}" for path in SHOWN):
        page.goto(path)
        page.evaluate(LAY_OPEN)
        found = page.evaluate(TURNED_ROUND)
        seen += found["seen"]
        wrong += [f"{path}: {what}" for what in found["wrong"]]
    context.close()
    assert seen > 20
    assert not wrong, "\n".join(wrong)
