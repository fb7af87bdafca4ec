"""Pure. What staff type or paste into the field of «Läs en kod» when it is no support code: the code of the
letter, or a link of ours. static/js/support/read-link.js reads the same on the device."""

import re

from patient_app.codes import short_link, symbols
from patient_app.codes.short_link import ShortLink

_CLINIC_PAGE = re.compile(rf"/([a-z]{{2}})/m/([{symbols.ALPHABET}]{{4}})(?:/|$)")


def link_in(text: str) -> ShortLink | None:
    """The short link that a typed code or a pasted address stands for; None when it is neither.

    An address of a clinic's page says its clinic. What host it names is not asked: staff may have got it by
    another name of the same server.
    """
    bare = re.split(r"[?#]", text.strip())[0].rstrip("/")
    if page := _CLINIC_PAGE.search(bare + "/"):
        return ShortLink(page[2])
    try:
        return short_link.decode(bare.rpartition("/")[2])
    except short_link.LinkError:
        return None
