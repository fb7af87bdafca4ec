"""The one writer of QR codes: inline for a page, as a path, and as files. No style attributes, so that they
fit the content security policy."""

import io
from dataclasses import dataclass

import segno
from markupsafe import Markup

QUIET_ZONE = 4  # modules, ISO/IEC 18004


def qr_svg(address: str, error: str = "m", css_class: str | None = "qr") -> Markup:
    """The address as an inline SVG; a description stands beside it in words. Paper wants error correction M,
    a screen does with L."""
    code = segno.make(address, error=error, micro=False)
    svg = code.svg_inline(
        border=QUIET_ZONE, omitsize=True, dark="#14302c", light="#fff", svgclass=css_class, lineclass=None
    )
    return Markup(svg.replace("<svg ", '<svg aria-hidden="true" ', 1))


@dataclass(frozen=True)
class QrPath:
    """A QR code as one SVG path: `side` modules with the quiet zone, `d` the dark ones in rows."""

    side: int
    d: str


def qr_path(text: str) -> QrPath:
    """The QR code of a text (error correction M), drawn without any style attribute."""
    rows = [list(row) for row in segno.make(text, error="m", micro=False).matrix_iter(border=QUIET_ZONE)]
    d = []
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            run = x
            while run < len(row) and row[run]:
                run += 1
            if run > x:
                d.append(f"M{x} {y}h{run - x}v1h-{run - x}z")
            x = max(run, x + 1)
    return QrPath(len(rows), "".join(d))


def qr_svg_file(text: str) -> str:
    """A whole SVG file of the QR code, dark on white."""
    path = qr_path(text)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{path.side * 8}" height="{path.side * 8}" '
        f'viewBox="0 0 {path.side} {path.side}">'
        f'<path fill="#fff" d="M0 0h{path.side}v{path.side}H0z"/><path fill="#000" '
        f'shape-rendering="crispEdges" d="{path.d}"/></svg>'
    )


def qr_png(text: str) -> bytes:
    """A PNG file of the QR code, dark on white, ten dots a module."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        out, kind="png", scale=10, border=QUIET_ZONE, dark="black", light="white"
    )
    return out.getvalue()
