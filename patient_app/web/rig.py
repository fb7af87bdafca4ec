"""Pure. The rig of the children's pictures: named parts in one file, and a picture with those it uses.

A scene is an <svg> that says `<use href="#part">`; only the parts it needs, and those that these need, are
put into its <defs>. So a picture stays within 4 KB, and a person is drawn once (docs/adr/0060).
"""

import re
from collections.abc import Iterable, Mapping

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_START = re.compile(r'<(g|radialGradient) id="([\w-]+)"')
_USED = re.compile(r'(?:href="#|url\(#)([\w-]+)')


def compact(svg: str) -> str:
    """The same drawing without comments and without space between its elements."""
    svg = re.sub(r">\s+<", "><", _COMMENT.sub("", svg))
    return re.sub(r"\s*\n\s*", " ", svg).strip()


def read_parts(source: str) -> dict[str, str]:
    """Every named part of a rig file, in the file's order. Raises ValueError when a part has no end."""
    source, parts, end = compact(source), {}, 0
    for start in _START.finditer(source):
        if start.start() < end:
            continue  # a part within a part is no part of its own
        depth = 0
        for tag in re.finditer(rf"<(/?){start[1]}\b[^>]*?(/?)>", source[start.start() :]):
            depth += -1 if tag[1] else 0 if tag[2] else 1
            if depth == 0:
                end = start.start() + tag.end()
                parts[start[2]] = source[start.start() : end]
                break
        else:
            raise ValueError(f"the part {start[2]} has no end")
    return parts


def needed(svg: str, parts: Mapping[str, str]) -> list[str]:
    """The names of the parts that a drawing uses, itself or by way of another, in the rig's order."""
    found: set[str] = set()
    waiting = _USED.findall(svg)
    while waiting:
        name = waiting.pop()
        if name in parts and name not in found:
            found.add(name)
            waiting += _USED.findall(parts[name])
    return [name for name in parts if name in found]


def with_parts(svg: str, parts: Mapping[str, str], also_for: Iterable[str] = ()) -> str:
    """The drawing with the parts it uses in front; `also_for` are drawings further down the same page, which
    then need none of their own: an id stands once in a page."""
    svg = compact(svg)
    head, body = svg[: svg.index(">") + 1], svg[svg.index(">") + 1 :]
    return (
        f"{head}<defs>{''.join(parts[name] for name in needed(svg + ''.join(also_for), parts))}</defs>{body}"
    )
