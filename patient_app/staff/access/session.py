"""Staff. Sessions that exist only under /staff/: a random token in a cookie, everything else in the database.

Elsewhere there is no session object at all (`open_session` gives None, and Flask's null session refuses every
write).
"""

import hashlib
import re
import secrets
from collections.abc import Callable
from typing import Any

from flask import Flask, Request, Response
from flask.sessions import SessionInterface, SessionMixin
from sqlalchemy import delete, or_, select
from werkzeug.datastructures import CallbackDict

from patient_app.staff.database import Database, DatabaseDown
from patient_app.staff.models import StaffSessionRow, User

IDLE = 30 * 60  # seconds without a request: a shared computer at a reception desk (ASVS 7.3.1)
ABSOLUTE = 10 * 3600  # a working day (ASVS 7.3.2)
TOUCH_EVERY = 60
CLOCK_SLACK = 120  # a clock that jumps further back than this ends the session: it fails closed
PATH = "/staff/"
# Who has only been shown a form has no row: the form's own token stands in the cookie. It opens nothing, and
# the field beside it is signed with our key.
VISITOR = "form-"
VISITOR_COOKIE = re.compile(VISITOR + r"[0-9a-f]{40}")
FORM_TOKEN = "csrf_token"  # where Flask-WTF keeps it


def token_hash(token: str) -> str:
    """What the table knows of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


class StaffSession(CallbackDict[str, Any], SessionMixin):
    """What one browser has with us. Empty and unread until `load`, so that a database that is down is met in
    one place."""

    modified = False
    accessed = True

    def __init__(self, token: str = "") -> None:
        super().__init__(on_update=lambda _: setattr(self, "modified", True))
        self.token = token
        self.user: User | None = None
        self.loaded = False
        self.created_at = 0
        self.seen_at = 0
        self.stored = False
        self.old_token = ""

    def load(self, database: Database, now: int) -> None:
        """Reads row and user. A session that is too old, of a disabled user, or from the future is as none.
        Raises DatabaseDown."""
        self.loaded = True
        with database.read() as reading:
            if not self.token or VISITOR_COOKIE.fullmatch(self.token):
                reading.connection()  # a log-in page that could let nobody in must not look as if it could
                self._visit()
                return
            row = reading.get(StaffSessionRow, token_hash(self.token))
            user = reading.get(User, row.user_id) if row is not None and row.user_id else None
        if (
            row is None
            or is_over(row.created_at, row.seen_at, now)
            or (row.user_id and (user is None or user.disabled))
        ):
            self.token = ""
            return
        self.update(row.data)
        self.modified, self.stored = False, True
        self.user, self.created_at, self.seen_at = user, row.created_at, row.seen_at

    def _visit(self) -> None:
        """Takes the form's token from the cookie of somebody who has no session."""
        if self.token:
            self[FORM_TOKEN] = self.token.removeprefix(VISITOR)
            self.modified = False

    def _is_visit(self) -> bool:
        """True when there is nothing to keep but a form's token."""
        return self.user is None and not self.stored and not self.old_token and set(self) == {FORM_TOKEN}

    def renew(self, user: User | None, now: int) -> None:
        """A new token for the same browser, at log-in and log-out; what stood in the old session is left, but
        the language."""
        language = self.get("language")
        self.clear()
        if language:
            self["language"] = language
        self.old_token, self.token = self.token or self.old_token, ""
        self.user, self.stored, self.created_at, self.modified = user, False, now, True

    def write(self, database: Database, now: int) -> bool:
        """Keeps what changed. True when the browser must be given a cookie. Raises DatabaseDown."""
        touch = self.stored and now - self.seen_at >= TOUCH_EVERY
        if not (self.modified or touch):
            return False
        if self._is_visit():
            self.token = VISITOR + self[FORM_TOKEN]
            return bool(VISITOR_COOKIE.fullmatch(self.token))
        new = not self.token or bool(VISITOR_COOKIE.fullmatch(self.token))
        if new:
            self.token, self.created_at = secrets.token_urlsafe(32), now
        with database.write() as writing:
            if self.old_token:
                writing.execute(
                    delete(StaffSessionRow).where(StaffSessionRow.token_hash == token_hash(self.old_token))
                )
            if new:
                writing.execute(
                    delete(StaffSessionRow).where(
                        or_(
                            StaffSessionRow.seen_at < now - IDLE,
                            StaffSessionRow.created_at < now - ABSOLUTE,
                        )
                    )
                )
                writing.add(
                    StaffSessionRow(
                        token_hash=token_hash(self.token),
                        user_id=self.user.id if self.user else None,
                        data=dict(self),
                        created_at=now,
                        seen_at=now,
                    )
                )
            else:
                row = writing.get(StaffSessionRow, token_hash(self.token))
                if row is not None:
                    row.data, row.seen_at = dict(self), now
        return new


def is_over(created_at: int, seen_at: int, now: int) -> bool:
    """True when a session may no longer be used: idle, a day old, or from a future that a clock's jump has
    made."""
    return (
        now - seen_at > IDLE
        or now - created_at > ABSOLUTE
        or seen_at - now > CLOCK_SLACK
        or created_at - now > CLOCK_SLACK
    )


def revoke_all(writing: Any, user_id: int, but: str = "") -> int:
    """Ends every session of a user (but the one with that token) and says how many there were."""
    rows = writing.scalars(select(StaffSessionRow).where(StaffSessionRow.user_id == user_id)).all()
    over = [row for row in rows if row.token_hash != (token_hash(but) if but else "")]
    for row in over:
        writing.delete(row)
    return len(over)


class StaffOnlySession(SessionInterface):
    """Flask's door to sessions: one under /staff/, none anywhere else."""

    def __init__(
        self, database: Database, now: Callable[[], int], https: bool, down: Callable[[Response], None]
    ) -> None:
        self._database, self._now, self._https, self._down = database, now, https, down
        self.cookie = ("__Secure-" if https else "") + "redo-staff"

    def open_session(self, app: Flask, request: Request) -> StaffSession | None:
        """An unread session for the staff's addresses, None for all others."""
        if not request.path.startswith(PATH):
            return None
        return StaffSession(request.cookies.get(self.cookie, "")[:64])

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Writes what changed; when that fails the answer becomes the page that says so."""
        if not isinstance(session, StaffSession) or not session.loaded:
            return
        try:
            if session.write(self._database, self._now()):
                response.set_cookie(
                    self.cookie, session.token, path=PATH, secure=self._https, httponly=True, samesite="Lax"
                )
        except DatabaseDown:
            self._down(response)
