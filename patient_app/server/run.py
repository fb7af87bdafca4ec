"""The process that holds the port and looks after the processes that serve (worker.py): replaces one that
died, starts new ones before old ones at SIGHUP, ends all of them at SIGTERM. When it is killed itself, they
end too.

It never loads the app. Each worker is a fresh interpreter, so that a reload takes new code and settings'
files.
"""

import contextlib
import os
import select
import signal
import socket
import subprocess
import sys
import time
from typing import Any

from patient_app.server import slots
from patient_app.settings import Settings
from patient_app.web import logs

BACKLOG = 4_096
READY_WITHIN = 60.0  # seconds a worker gets to load
STOPPED_WITHIN = 3.5  # after SIGTERM; then it is killed
REST_AFTER_DEATH = 1.0  # before one that died young is replaced, doubled each time
REST_AT_MOST = 15.0
CANNOT_START = 3


def open_standard_files() -> None:
    """What was closed before we began is opened on /dev/null: else the next file opened, a database for one,
    would be taken for standard output."""
    for descriptor in (0, 1, 2):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest free number, which is this one


def listen(host: str, port: int) -> socket.socket:
    """The port, ours alone. Raises OSError when somebody listens there already."""
    family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    found = socket.socket(family, kind)
    try:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6 and host == "::":
            found.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        found.bind(address)
        found.listen(BACKLOG)
    except OSError:
        found.close()
        raise
    return found


class Worker:
    """One serving process, and whether it is ready."""

    def __init__(self, listening: socket.socket, lifeline: int, counts: int, slot: int) -> None:
        self.slot = slot
        self.ready_end, theirs = os.pipe()
        self.started = time.monotonic()
        self.ready = False
        descriptors = (listening.fileno(), lifeline, theirs, counts)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "patient_app.server.worker", *map(str, descriptors), str(slot)],
            pass_fds=descriptors,
        )
        os.close(theirs)

    def see(self) -> bool:
        """Looks whether it became ready; True when it did just now."""
        if self.ready_end < 0 or not select.select([self.ready_end], [], [], 0)[0]:
            return False
        self.ready = os.read(self.ready_end, 1) == b"1"
        os.close(self.ready_end)
        self.ready_end = -1
        return self.ready

    def stop(self) -> None:
        """Asks it to end what it has begun, and then itself."""
        with contextlib.suppress(ProcessLookupError):
            self.process.terminate()

    def forget(self) -> None:
        """Lets go of what was kept for it."""
        if self.ready_end >= 0:
            os.close(self.ready_end)
            self.ready_end = -1


class Server:
    """All of them."""

    def __init__(self, settings: Settings, listening: socket.socket) -> None:
        self._count = settings.workers
        self._listening = listening
        self._workers: list[Worker] = []
        self._leaving: list[Worker] = []
        self._fresh: list[Worker] = []
        self._lifeline, self._our_end = os.pipe()  # nobody writes: they see its end when we are gone
        self._stop = self._reload = self._ever_ready = False
        self._counts = slots.make()
        self._rest = 0.0
        self._next_start = 0.0
        self._wake, self._waker = os.pipe()
        os.set_blocking(self._waker, False)
        os.set_blocking(self._wake, False)

    def run(self) -> int:
        """Runs until stopped: the exit code."""
        signal.set_wakeup_fd(self._waker, warn_on_full_buffer=False)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD):
            signal.signal(number, self._heard)
        while not self._stop:
            self._fill()
            self._sleep(0.5 if any(not worker.ready for worker in self._workers) else 5.0)
            if not self._look():
                self._end()
                return CANNOT_START
            if self._reload:
                self._reload = False
                self._take_over()
        self._end()
        return 0

    def _heard(self, number: int, frame: Any) -> None:
        self._stop = self._stop or number in (signal.SIGTERM, signal.SIGINT)
        self._reload = self._reload or number == signal.SIGHUP

    def _sleep(self, seconds: float) -> None:
        ends = [worker.ready_end for worker in self._workers if worker.ready_end >= 0]
        select.select([self._wake, *ends], [], [], seconds)
        with contextlib.suppress(BlockingIOError):
            os.read(self._wake, 4096)

    def _fill(self) -> None:
        while len(self._workers) < self._count and time.monotonic() >= self._next_start:
            self._workers.append(self._start())

    def _start(self) -> Worker:
        """A worker with the lowest free place for what it counts."""
        taken = {worker.slot for worker in (*self._workers, *self._leaving, *self._fresh)}
        slot = next(number for number in range(1024) if number not in taken)
        return Worker(self._listening, self._lifeline, self._counts, slot)

    def _look(self) -> bool:
        """Sees who is ready and who died. False when the very first never became ready."""
        for worker in list(self._workers):
            if worker.see():
                self._ever_ready, self._rest = True, 0.0
            code = worker.process.poll()
            if code is None:
                if not worker.ready and time.monotonic() - worker.started > READY_WITHIN:
                    worker.process.kill()
                continue
            self._workers.remove(worker)
            worker.forget()
            if self._stop:
                continue
            if not self._ever_ready:
                return False
            _tell(f"a worker ended ({_cause(code)}); another takes its place")
            if not worker.ready or time.monotonic() - worker.started < 5:
                self._rest = min(REST_AT_MOST, self._rest * 2 or REST_AFTER_DEATH)
                self._next_start = time.monotonic() + self._rest
        for worker in list(self._leaving):
            if worker.process.poll() is not None:
                self._leaving.remove(worker)
        return True

    def _take_over(self) -> None:
        """SIGHUP: new workers first; the old ones end when the new ones serve, or stay when they cannot."""
        self._fresh = fresh = []
        for _ in range(self._count):
            fresh.append(self._start())
        deadline = time.monotonic() + READY_WITHIN
        while not all(worker.ready for worker in fresh):
            for worker in fresh:
                worker.see()
            if (
                self._stop
                or time.monotonic() > deadline
                or any(worker.process.poll() is not None for worker in fresh)
            ):
                for worker in fresh:
                    worker.process.kill()
                    worker.process.wait()
                    worker.forget()
                self._fresh = []
                _tell("the reload failed; the old workers go on")
                return
            time.sleep(0.05)
        for worker in self._workers:
            worker.stop()
        self._leaving += self._workers
        self._workers, self._fresh = fresh, []
        _tell("reloaded", error=False)

    def _end(self) -> None:
        everybody = [*self._workers, *self._leaving]
        self._listening.close()
        for worker in everybody:
            worker.stop()
        deadline = time.monotonic() + STOPPED_WITHIN
        for worker in everybody:
            try:
                worker.process.wait(max(0.05, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                worker.process.kill()
                worker.process.wait()


def _cause(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit code {code}"


def _tell(event: str, error: bool = True) -> None:
    (logs.LOGGER.error if error else logs.LOGGER.info)("server", extra={"event": event})


def serve(settings: Settings, listening: socket.socket) -> int:
    """Serves until stopped: the exit code. 0 when told to stop, 3 when no worker could start."""
    logs.set_up()
    code = Server(settings, listening).run()
    logs.WRITER.flush()
    return code
