"""Which letters a browser has: a machine may have few. Each set is one family for everything, by a fontconfig
file of its own; both families are installed by scripts/see_to_browser.sh."""

import os
from pathlib import Path

# The widest that a bare machine has, and one as wide as the Arial and Helvetica of phones and computers.
FAMILIES = {"dejavu": "DejaVu Sans", "liberation": "Liberation Sans"}
FOLDERS = {
    "dejavu": "/usr/share/fonts/truetype/dejavu",
    "liberation": "/usr/share/fonts/truetype/liberation",
}
CONFIGURATION = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{folder}</dir><cachedir>{cache}</cachedir>
<match target="pattern">
<edit name="family" mode="prepend" binding="strong"><string>{family}</string></edit>
</match>
</fontconfig>"""


def installed(name: str) -> bool:
    """True when that family is on this machine."""
    return any(Path(FOLDERS[name]).glob("*.ttf"))


def environment(name: str, folder: Path) -> dict[str, str]:
    """The environment of a browser that has that family and no other."""
    file = folder / f"{name}.conf"
    file.write_text(
        CONFIGURATION.format(folder=FOLDERS[name], cache=folder / "cache", family=FAMILIES[name]), "utf-8"
    )
    return {**os.environ, "FONTCONFIG_FILE": str(file)}
