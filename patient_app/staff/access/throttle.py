"""Staff. The slow-down of wrong log-ins, which does not lock the right user out."""

import ipaddress
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from patient_app.staff.access.passwords import keyed_hash
from patient_app.staff.models import Throttle

REMEMBERED = 24 * 3600  # how long wrong tries are kept

# Wrong tries that are free, and the longest wait in seconds after them, which doubles from one second on.
PAIR_FREE, PAIR_WAIT = 5, 900  # one account from one address: somebody who types, or guesses
ADDRESS_FREE, ADDRESS_WAIT = 50, 60  # one address over all accounts: a whole hospital may share it, so mild
# A browser that has logged in to the account before: never slowed by what others do.
DEVICE_FREE, DEVICE_WAIT = 10, 300
# One account over all addresses: from here on only a right second factor has its password looked at.
ACCOUNT_FREE = 30

# Wrong six-digit codes an hour for one account, from all browsers that never logged in to it together, and
# from each that did: a code can be guessed, and a password may be known. After them only a recovery code,
# eighty bits, leads in from there.
CODES_AN_HOUR = 20


@dataclass(frozen=True)
class Try:
    """What somebody typed to log in, and where from. `device` is the account that this browser logged in to
    before, or ""."""

    username: str
    password: str
    code: str
    address: str
    device: str = ""


def wait_after(failures: int, free: int, longest: int) -> int:
    """Seconds to wait after that many wrong tries."""
    return 0 if failures < free else min(longest, 2 ** min(failures - free, 20))


def address_group(address: str) -> str:
    """The address as wrong tries are counted: whole for IPv4, the first 64 bits for IPv6, of which one
    household has as many addresses as it likes."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address):
        mapped = found.ipv4_mapped
        return str(mapped or ipaddress.ip_network((found, 64), strict=False).network_address)
    return str(found)


class Throttles:
    """The slow-down of one try: which rows count for it, whether it must wait, and one more when it was
    wrong."""

    def __init__(self, key: bytes, attempt: Try) -> None:
        name, address = attempt.username, address_group(attempt.address)
        self._account = keyed_hash(key, "account", name)
        self._key, self._name, self._device = key, name, attempt.device
        self._limits: dict[str, tuple[int, int]] = (
            {keyed_hash(key, "device", name, attempt.device): (DEVICE_FREE, DEVICE_WAIT)}
            if attempt.device
            else {
                keyed_hash(key, "pair", name, address): (PAIR_FREE, PAIR_WAIT),
                keyed_hash(key, "address", address): (ADDRESS_FREE, ADDRESS_WAIT),
            }
        )
        self._known_device = bool(attempt.device)

    def waiting(self, reading: Session, now: int) -> bool:
        """True when this try comes too soon."""
        for row in reading.scalars(select(Throttle).where(Throttle.key.in_(self._limits))):
            if row.last_at > now - REMEMBERED and now < row.last_at + wait_after(
                row.failures, *self._limits[row.key]
            ):
                return True
        return False

    def strict(self, reading: Session, now: int) -> bool:
        """True when the account was tried so often that only a right second factor has its password looked
        at."""
        row = reading.get(Throttle, self._account)
        return (
            not self._known_device
            and row is not None
            and row.last_at > now - REMEMBERED
            and row.failures >= ACCOUNT_FREE
        )

    def _codes_in(self, hour: int) -> str:
        return keyed_hash(self._key, "codes", self._name, self._device, str(hour))

    def codes_used_up(self, reading: Session, now: int) -> bool:
        """True when so many codes were guessed in this hour and the last that none is taken from this
        browser."""
        keys = [self._codes_in(now // 3600), self._codes_in(now // 3600 - 1)]
        guessed = sum(reading.scalars(select(Throttle.failures).where(Throttle.key.in_(keys))))
        return guessed >= CODES_AN_HOUR

    def wrong(self, writing: Session, now: int, code_guessed: bool = False) -> None:
        """Counts one wrong try, and whether it was a guess at the code; what is older than a day goes."""
        writing.execute(delete(Throttle).where(Throttle.last_at < now - REMEMBERED))
        codes = [self._codes_in(now // 3600)] if code_guessed else []
        for key in (*self._limits, self._account, *codes):
            row = writing.get(Throttle, key)
            if row is None:
                writing.add(Throttle(key=key, failures=1, last_at=now))
            else:
                row.failures, row.last_at = row.failures + 1, now

    def right(self, writing: Session) -> None:
        """Forgets this browser's own wrong tries; those of others stay."""
        keys = [key for key, limits in self._limits.items() if limits != (ADDRESS_FREE, ADDRESS_WAIT)]
        writing.execute(delete(Throttle).where(Throttle.key.in_(keys)))
