"""One script a page: the modules that an entry imports are written into it at start, each in a scope of its
own.

Sources stay ES modules that run as they stand. Only what our modules use is understood; anything else stops
the start with the file's name (docs/adr/0009-modules-joined-at-start.md). The browser itself refuses `await`
outside a function in a module that others import.
"""

import posixpath
import re
from collections.abc import Mapping

_IMPORT = re.compile(
    r'^import (?:(?:\* as (?P<space>\w+)|\{(?P<names>[^{}]*)\}) from )?"(?P<source>\.{1,2}/[\w./-]+\.js)";\n',
    re.MULTILINE,
)
_EXPORT = re.compile(
    r"^export (?=(?:async )?function (?P<function>\w+)\(|const (?P<const>\w+) = )", re.MULTILINE
)
_LEFT = re.compile(r"^\s*(?:import|export)\b|\bimport\s*[(.]|\b__\d", re.MULTILINE)


class NotUnderstood(Exception):
    """A module has an import or export that the joiner does not know, imports in a circle, or asks for what
    is not exported."""


def imported_by(name: str, source: str) -> list[str]:
    """The names of the modules that a module imports, in its order. `name` is the module's own place in the
    tree."""
    return [_resolve(name, found["source"]) for found in _IMPORT.finditer(source)]


def join(entry: str, sources: Mapping[str, str]) -> str:
    """The entry with every module it needs, once each and in the order a browser would run them.

    `sources` has the code of each module by its place in the tree. Raises NotUnderstood.
    """
    done: dict[str, tuple[str, set[str]]] = {}  # module -> its name in the joined file, and what it exports
    parts: list[str] = []

    def add(name: str, above: tuple[str, ...]) -> None:
        if name in above:
            raise NotUnderstood(f"{name} imports itself by way of {', '.join(above)}")
        if name in done:
            return
        if name not in sources:
            raise NotUnderstood(f"{above[-1]} imports {name}, which is not there")
        source = sources[name]
        for needed in imported_by(name, source):
            add(needed, (*above, name))
        left = _EXPORT.sub("", _IMPORT.sub("", source))
        strange = _LEFT.search(left)
        if strange:
            raise NotUnderstood(f"{name}: cannot join {left[strange.start() :].strip().splitlines()[0]!r}")
        code = _IMPORT.sub(lambda found: _taken(name, found, done), source)
        if not above:
            parts.append(code)
            return
        exports = {found["function"] or found["const"] for found in _EXPORT.finditer(source)}
        done[name] = (f"__{len(done)}", exports)
        if exports:
            code = (
                f"const {done[name][0]} = (() => {{\n{_EXPORT.sub('', code)}return {{ "
                f"{', '.join(sorted(exports))} }};\n}})();\n"
            )
        else:
            code = f"{{\n{code}}}\n"  # modules are strict code, where a block keeps functions to itself too
        parts.append(code)

    add(entry, ())
    return "".join(parts)


def _resolve(name: str, source: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), source))


def _taken(name: str, found: re.Match[str], done: Mapping[str, tuple[str, set[str]]]) -> str:
    """What stands in the place of one import."""
    module, exports = done[_resolve(name, found["source"])]
    if found["space"]:
        if not exports:
            raise NotUnderstood(f"{name}: {found['source']} exports nothing")
        return f"const {found['space']} = {module};\n"
    if found["names"] is None:
        return ""
    pairs = [part.split() for part in found["names"].split(",") if part.strip()]
    for pair in pairs:
        if pair[0] not in exports or (len(pair) > 1 and (len(pair) != 3 or pair[1] != "as")):
            raise NotUnderstood(f"{name}: {found['source']} does not export {' '.join(pair)}")
    return (
        f"const {{ {', '.join(pair[0] if len(pair) == 1 else f'{pair[0]}: {pair[2]}' for pair in pairs)} }} "
        f"= {module};\n"
    )
