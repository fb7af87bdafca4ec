"""The support code, version 1: what the device check saw, in nine symbols one can say on the phone.

Each of the first eight symbols means one thing, so that staff can read a code with a paper table; the ninth
is the check symbol. A code holds no person, no time, no id and no free text.
static/js/device-check/support-code.js writes the same codes; tests/support_code_vectors.json binds the two
together.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Literal

from patient_app.codes.symbols import ALPHABET, SymbolError, check_symbol, is_valid, normalize, value
from patient_app.device_check.verdicts import rows_at

VERSION = 1
LENGTH = 9

# What the code says of camera or microphone though no check of theirs found it.
_DEVICE = {0: "not-run", 14: "constraint", 16: "missing", 31: "our-error"}


def _found(place: str, others: Mapping[int, str]) -> Mapping[int, str]:
    """What stands at a place of the code: the verdicts that have a number there, and these others."""
    return dict(sorted({**others, **{row.number: row.id for row in rows_at(place) if row.number}}.items()))


MEANINGS: Mapping[str, Mapping[int, str]] = {
    "version": {1: "1"},
    "speaker": _found("speaker", {0: "not-run"}),
    "os": {0: "other", 1: "ios", 2: "android", 3: "windows", 4: "mac", 5: "chromeos", 6: "linux"},
    "age": {0: "unknown", 1: "current", 2: "old", 3: "too-old"},
    "browser": {
        0: "other",
        1: "safari",
        2: "chrome",
        3: "edge",
        4: "firefox",
        5: "samsung",
        6: "opera",
        7: "other-chromium",
        8: "home-screen",
        16: "in-facebook",
        17: "in-messenger",
        18: "in-instagram",
        19: "in-snapchat",
        20: "in-tiktok",
        21: "in-linkedin",
        22: "in-x",
        23: "in-whatsapp",
        24: "in-google",
        25: "in-line-wechat-telegram",
        26: "in-mail",
        29: "in-safari-view",
        30: "in-android-view",
        31: "in-ios-view",
    },
    "camera": _found("camera", _DEVICE),
    "microphone": _found("microphone", _DEVICE),
    "down": {0: "not-run", **{n: f"class-{n}" for n in range(1, 8)}},
    "net": {0: "unknown", 1: "wifi", 2: "mobile", 3: "wired"},
    "up": {0: "not-run", **{n: f"class-{n}" for n in range(1, 8)}},
    "udp": {0: "not-run", 1: "ok", 2: "blocked", 3: "nothing"},
    "rtt": {
        0: "not-run",
        1: "below-50",
        2: "below-100",
        3: "below-150",
        4: "below-300",
        5: "below-600",
        6: "600-or-more",
        7: "not-reached",
    },
    "jitter": {0: "not-run", 1: "below-30", 2: "below-100", 3: "100-or-lost"},
}
"""What each value of each field means, as stable ids. A value that is not here is reserved."""

# One row a symbol: (field, bits) from the most significant bit; "" is a bit that is always 0.
_LAYOUT: tuple[tuple[tuple[str, int], ...], ...] = (
    (("", 1), ("version", 2), ("speaker", 2)),
    (("os", 3), ("age", 2)),
    (("browser", 5),),
    (("camera", 5),),
    (("microphone", 5),),
    (("down", 3), ("net", 2)),
    (("up", 3), ("udp", 2)),
    (("rtt", 3), ("jitter", 2)),
)

Fault = Literal["symbol", "length", "check", "version", "reserved"]


class CodeError(ValueError):
    """A text that is no support code of ours. `fault` says at which hurdle it fell."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(_WHY[fault])
        self.fault: Fault = fault


_WHY: Mapping[Fault, str] = {
    "symbol": "a support code has only digits and letters, and never U",
    "length": "a support code has nine symbols",
    "check": "the check symbol does not fit: one symbol or more is wrong",
    "version": "this version of the support code is not known here",
    "reserved": "the code holds a value that has no meaning yet",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class SupportCode:
    """The fields of a code, as the numbers of MEANINGS. Raises CodeError if a value has no meaning."""

    version: int = VERSION
    os: int = 0
    age: int = 0
    browser: int = 0
    camera: int = 0
    microphone: int = 0
    speaker: int = 0
    down: int = 0
    up: int = 0
    net: int = 0
    udp: int = 0
    rtt: int = 0
    jitter: int = 0

    def __post_init__(self) -> None:
        if self.version != VERSION:
            raise CodeError("version")
        for field, number in self.fields().items():
            if number not in MEANINGS[field]:
                raise CodeError("reserved")

    def fields(self) -> dict[str, int]:
        """All fields and their numbers, in the order above."""
        return asdict(self)

    def meaning(self, field: str) -> str:
        """The stable id of what one field says, for instance meaning("camera") == "backlit"."""
        return MEANINGS[field][self.fields()[field]]


def encode(code: SupportCode) -> str:
    """The nine symbols in threes, for instance "551-11W-R5K"."""
    fields = code.fields()
    symbols = ""
    for row in _LAYOUT:
        packed = 0
        for field, bits in row:
            packed = packed << bits | (fields[field] if field else 0)
        symbols += ALPHABET[packed]
    symbols += check_symbol(symbols)
    return f"{symbols[:3]}-{symbols[3:6]}-{symbols[6:]}"


def decode(text: str) -> SupportCode:
    """Read a code as a person typed it. Raises CodeError, first hurdle first: symbol, length, check, version,
    reserved."""
    try:
        symbols = normalize(text)
    except SymbolError:
        raise CodeError("symbol") from None
    if len(symbols) != LENGTH:
        raise CodeError("length")
    if not is_valid(symbols):
        raise CodeError("check")
    fields: dict[str, int] = {}
    for symbol, row in zip(symbols, _LAYOUT, strict=False):
        left = value(symbol)
        for field, bits in reversed(row):
            fields[field] = left & (1 << bits) - 1
            left >>= bits
    if fields.pop(""):
        raise CodeError("reserved")
    return SupportCode(**fields)
