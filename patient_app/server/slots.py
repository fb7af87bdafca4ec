"""What the workers of one server count, in memory they share: each writes a slot of its own, and whoever is
asked for measures adds up all of them. A worker that takes a dead one's slot goes on counting from there."""

import contextlib
import json
import mmap
import os
from collections import Counter

SLOTS = 64
SLOT_BYTES = 16 * 1024
Counts = Counter[tuple[str, int]]


def make() -> int:
    """The shared memory: a descriptor to hand on."""
    descriptor = os.memfd_create("redo-counts")
    os.ftruncate(descriptor, SLOTS * SLOT_BYTES)
    return descriptor


class Slots:
    """The shared memory as one worker sees it; `own` is the number of its slot."""

    def __init__(self, descriptor: int, own: int) -> None:
        self._memory = mmap.mmap(descriptor, SLOTS * SLOT_BYTES)
        self._own = own % SLOTS
        self.counts = self._read(self._own)

    def write(self) -> None:
        """Makes our counts seen by the others."""
        data = json.dumps([[kind, status, count] for (kind, status), count in self.counts.items()]).encode()
        if len(data) < SLOT_BYTES:
            start = self._own * SLOT_BYTES
            self._memory[start : start + SLOT_BYTES] = data.ljust(SLOT_BYTES, b"\0")

    def total(self) -> Counts:
        """What all of them have counted."""
        found: Counts = Counter(self.counts)
        for number in range(SLOTS):
            if number != self._own:
                found.update(self._read(number))
        return found

    def _read(self, number: int) -> Counts:
        data = self._memory[number * SLOT_BYTES : (number + 1) * SLOT_BYTES].rstrip(b"\0")
        with contextlib.suppress(ValueError):  # one that is being written: seen whole the next time
            return Counter({(kind, status): count for kind, status, count in json.loads(data or b"[]")})
        return Counter()
