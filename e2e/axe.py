"""axe on a page, in both themes. What reads colours is asked only where a page brings parts that were not
looked at before."""

from axe_playwright_python.sync_playwright import Axe

SCRIPT = Axe().axe_script
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
ALL_BUT_COLOURS = {
    "runOnly": {"type": "tag", "values": STANDARDS},
    "rules": {rule: {"enabled": False} for rule in COLOURS["runOnly"]["values"]},
}
LOOK = """async options => (await axe.run(document, {...options, resultTypes: ["violations"], iframes: false, preload: false})).violations
  .flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.html.slice(0, 120)} ${node.failureSummary.slice(0, 240)}`))"""  # noqa: E501
# How each visible part that holds text is reached, with the colours that it and all around it have in this
# theme. Other words in the same place with the same colours have the same contrast.
PARTS = """() => {
  const own = new WeakMap();
  const painted = e => {
    const { color, backgroundColor, backgroundImage, fontSize, fontWeight, opacity, position, textDecorationLine } = getComputedStyle(e);
    return [color, backgroundColor, backgroundImage, fontSize, fontWeight, opacity, position, textDecorationLine].join();
  };
  const name = e => {
    if (!own.has(e)) own.set(e, [painted(e), e.localName, ...[...e.attributes].filter(a => !/^(id|href|src|style|title|alt|for|name|content|action)$/.test(a.name))
      .map(a => /^(class|type|role|aria-(current|pressed|selected|checked|expanded|disabled))$/.test(a.name) ? `${a.name}=${a.value}` : a.name).sort()].join(" "));
    return own.get(e);
  };
  const parts = new Set();
  for (const e of document.body.querySelectorAll(":not(svg *)")) {
    if (!e.checkVisibility() || ![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) && !e.matches("input, select, textarea")) continue;
    const way = [];
    for (let up = e; up; up = up.parentElement) way.push(name(up));
    parts.add(way.join(" < "));
  }
  return [...parts];
}"""  # noqa: E501


class Eyes:
    """Looks at page after page and remembers whose colours were looked at."""

    def __init__(self) -> None:
        self.seen: set[int] = set()

    def findings(self, page, name: str) -> list[str]:
        """What axe finds on the page as it is open, one line each. The page is left in the light theme."""
        if not page.evaluate("Boolean(window.axe)"):
            page.evaluate(SCRIPT + ";0")
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        found = [f"{name}: {what}" for what in page.evaluate(LOOK, ALL_BUT_COLOURS)]
        for theme in ("dark", "light"):
            page.emulate_media(color_scheme=theme)
            parts = {hash(part) for part in page.evaluate(PARTS)}
            if parts - self.seen:
                self.seen |= parts
                found += [f"{name} ({theme}): {what}" for what in page.evaluate(LOOK, COLOURS)]
        return found
