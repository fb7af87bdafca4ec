"""QR codes as SVG without style attributes, so that they fit the content security policy."""

import segno
from markupsafe import Markup

QUIET_ZONE = 4  # modules, ISO/IEC 18004


def qr_svg(address: str, error: str = "m") -> Markup:
    """The address as an inline SVG; a description stands beside it in words. Paper wants error correction M,
    a screen does with L."""
    code = segno.make(address, error=error, micro=False)
    svg = code.svg_inline(
        border=QUIET_ZONE, omitsize=True, dark="#14302c", light="#fff", svgclass="qr", lineclass=None
    )
    return Markup(svg.replace("<svg ", '<svg aria-hidden="true" ', 1))
