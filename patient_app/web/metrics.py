"""Pure. Measures for operators as OpenMetrics text. No clinic, no address, no page stands in any of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

MEDIA_TYPE = "application/openmetrics-text; version=1.0.0; charset=utf-8"


@dataclass(frozen=True)
class Measure:
    """One measure: its name without "redo_", "counter" or "gauge", what it says, and its values by labels."""

    name: str
    kind: str
    help: str
    values: Mapping[tuple[tuple[str, str], ...], float] = field(default_factory=dict)


def one(name: str, help: str, value: float, kind: str = "gauge") -> Measure:
    """A measure with a single value."""
    return Measure(name, kind, help, {(): value})


def text_of(measures: Iterable[Measure]) -> str:
    """All of them, as they are read."""
    lines = []
    for measure in measures:
        name = f"redo_{measure.name}"
        lines += [f"# TYPE {name} {measure.kind}", f"# HELP {name} {measure.help}"]
        suffix = "_total" if measure.kind == "counter" else ""
        for labels, value in sorted(measure.values.items()):
            inside = ",".join(f'{key}="{said}"' for key, said in labels)
            lines.append(f"{name}{suffix}{'{' + inside + '}' if inside else ''} {value:.12g}")
    return "\n".join([*lines, "# EOF", ""])
