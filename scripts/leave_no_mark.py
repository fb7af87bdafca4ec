"""Sends thousands of mixed requests, each full of marks of its own, and then looks for the marks in every
file and every table.

    python scripts/leave_no_mark.py 20000             staff's database is SQLite
    python scripts/leave_no_mark.py 20000 postgres    a PostgreSQL of its own, whose files and log are looked
    through too

A real server (as `./run` starts it, behind a trusted proxy so that addresses can be marked) is asked over
loopback: every public page, short links, support (GET and POST), the ends of the connection test, static
files, and the staff's room with and without a log-in. Marked are path, query, fragment sent as query, host,
method, agent, referrer, cookie, language, other headers, the address asked from, form fields, codes, times,
personal numbers, sms texts, uploads, user names, passwords. One request in a hundred is broken in its very
bytes.

Looked through, after the server was stopped as after it was asked: the data folder (database with its
write-ahead file, published file, key, assets), what the server said on stdout and stderr, its folder for
temporary files and its home, and every row of every table. A mark is found in any case of letters, as
hexadecimal, as Base64, and as its MD5, SHA-1 or SHA-256.

Left out, because it is meant to be kept: what a staff member who is logged in saves on purpose. One clinic
text is saved so, with a mark of its own kind, and must be found in database, file and tables: that proves
that the search sees. Memory is not looked at.
"""

import base64
import contextlib
import hashlib
import http.client
import os
import random
import re
import socket
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from urllib.parse import quote, urlencode

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
sys.path.insert(1, str(Path(__file__).resolve().parent.parent / "tests"))

import pyotp
from addresses import COMMON_AND_CLINICS, public_paths
from flask import Flask
from serving import Server
from sqlalchemy import create_engine, inspect, text

from patient_app import create_app
from patient_app.cli import FIRST_LOG_IN
from patient_app.codes import short_link, symbols
from patient_app.settings import Settings
from patient_app.web.languages import LANGUAGES

THREADS = 4
LOG_INS = 0.008  # of all requests: each costs the server a hash of 64 MiB
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE")


class Marks:
    """Makes marks and remembers them. Words share a root that occurs nowhere else; codes, times and addresses
    are remembered one by one."""

    def __init__(self, random_: random.Random) -> None:
        self._random = random_
        self.root = "".join(random_.choice("jkqvwxz") for _ in range(7))
        # The kind that staff save on purpose.
        self.saved = "".join(random_.choice("jkqvwxz") for _ in range(8))
        self.exact: set[str] = set()
        self.words: list[str] = []

    def word(self) -> str:
        """A word that says it is a mark."""
        self.words.append(f"{self.root}{self._random.randrange(16**8):08x}")
        return self.words[-1]

    def _one(self, made: str) -> str:
        self.exact.add(made)
        return made

    def code(self) -> str:
        """A support code with the right check symbol, as one types it."""
        body = "".join(self._random.choice(symbols.ALPHABET) for _ in range(8))
        whole = body + symbols.check_symbol(body)
        self.exact.add(f"{whole[:3]}-{whole[3:6]}-{whole[6:]}")
        return self._one(whole)

    def link(self) -> str:
        """A short link of a clinic that is not there, whole and right."""
        clinic = "".join(self._random.choice(symbols.ALPHABET) for _ in range(4))
        made = short_link.encode_long(
            short_link.ShortLink(clinic, self._random.randrange(7), self._random.randrange(11), 1)
        )
        self.exact.add(made.replace("-", ""))
        return self._one(made)

    def moment(self) -> str:
        """The time of a visit as it stands in a fragment."""
        pick = self._random.randrange
        return self._one(f"20{pick(31, 99)}{pick(1, 13):02d}{pick(1, 29):02d}T{pick(24):02d}{pick(60):02d}")

    def person(self) -> str:
        """What looks like a personal number, with the right check digit."""
        pick = self._random.randrange
        digits = f"{pick(30, 99)}{pick(1, 13):02d}{pick(1, 29):02d}{pick(1000):03d}"
        total = sum(sum(divmod(int(digit) * (2 - place % 2), 10)) for place, digit in enumerate(digits))
        whole = f"19{digits}{-total % 10}"
        self.exact.add(whole)
        return self._one(f"{whole[2:8]}-{whole[8:]}")

    def address(self) -> str:
        """An address that one asks from (RFC 3849: for documents only)."""
        return self._one(
            "2001:db8:" + ":".join(f"{self._random.randrange(0x1000, 0x10000):x}" for _ in range(6))
        )

    def anything(self) -> str:
        """One of all kinds."""
        return self._random.choice(
            (self.word, self.word, self.code, self.link, self.moment, self.person, self.address)
        )()

    def hashes(self) -> dict[str, set[bytes]]:
        """What every mark becomes when it is hashed without a key."""
        marks = [mark.encode() for mark in (*self.exact, *self.words)]
        return {
            name: {hashlib.new(name, mark).hexdigest().encode() for mark in marks}
            for name in ("md5", "sha1", "sha256")
        }

    def found_in(self, data: bytes, hashes: dict[str, set[bytes]]) -> set[str]:
        """Every mark that stands in the data, and as what."""
        small, root = data.lower(), self.root.encode()
        found = set()
        for name, form in (
            ("as it is", root),
            ("as hexadecimal", root.hex().encode()),
            ("in UTF-16", self.root.encode("utf-16-le")),
        ):
            found |= {
                f"{name}: {small[place.start() : place.start() + 30]!r}"
                for place in re.finditer(re.escape(form), small)
            }
        for shift in range(3):
            core = base64.b64encode(b"\0" * shift + root)[(shift * 4 + 2) // 3 : -4]
            found |= {f"in Base64: {core!r}"} if core in data else set()
        wanted = {mark.lower().encode() for mark in self.exact}
        lengths = {len(mark) for mark in wanted}
        for run in set(re.findall(rb"[0-9a-z:-]{8,}", small)):
            pieces = {run[at : at + length] for length in lengths for at in range(len(run) - length + 1)}
            found |= {f"exactly: {piece!r}" for piece in pieces & wanted}
        seen = set(re.findall(rb"(?<![0-9a-f])[0-9a-f]{32,64}(?![0-9a-f])", small))
        return found | {f"as {name}: {hashed!r}" for name, known in hashes.items() for hashed in known & seen}


class Asker:
    """Makes one request after the other, from a seed, and counts the answers."""

    def __init__(
        self,
        port: int,
        paths: list[str],
        marks: Marks,
        random_: random.Random,
        cookie: str,
        token: str,
        seen: Counter,
    ) -> None:
        self.port, self.paths, self.marks, self.random, self.cookie, self.token, self.seen = (
            port,
            paths,
            marks,
            random_,
            cookie,
            token,
            seen,
        )
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)

    def ask(self) -> None:
        """One request."""
        roll = self.random.random()
        if roll < 0.01:
            return self.broken()
        kinds = (
            self.page,
            self.page,
            self.short,
            self.support,
            self.connection_test,
            self.odd_place,
            self.staff_outside,
            self.staff_inside,
        )
        kind = self.log_in if roll < 0.01 + LOG_INS else self.random.choice(kinds)
        method, path, body, kind_of_body = kind()
        headers = self.headers()
        if path.startswith("/staff") and kind != self.odd_place:
            headers["Cookie"] = (
                self.cookie if kind == self.staff_inside else f"redo-staff={self.marks.word()}"
            )
            headers["Host"] = "localhost"
        if kind_of_body:
            headers["Content-Type"] = kind_of_body
        try:
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
            answer.read()
            self.seen[str(answer.status)] += 1
        except (OSError, http.client.HTTPException):
            self.seen["cut"] += 1
            self.connection.close()

    def headers(self) -> dict[str, str]:
        word, pick = self.marks.word, self.random.random
        return {
            "Host": "localhost" if pick() < 0.9 else f"{word()}.example",
            "User-Agent": f"Mozilla/5.0 ({word()})",
            "Referer": f"https://{word()}.example/{word()}",
            "Cookie": f"{word()}={word()}",
            "X-Forwarded-For": self.marks.address(),
            "Accept-Language": f"{word()}, sv;q=0.5",
            "X-Request-Id": word(),
            "Authorization": f"Bearer {word()}",
            "X-Forwarded-Host": f"{word()}.example",
            "Forwarded": f'for="[{self.marks.address()}]"',
            "If-None-Match": f'"{word()}"',
            "Origin": f"https://{word()}.example",
            "Accept-Encoding": self.random.choice(("br", "gzip", "identity", word())),
            "Sec-CH-UA-Model": word(),
        }

    def query(self) -> str:
        """A marked query; half of them what a fragment would say."""
        if self.random.random() < 0.5:
            return urlencode({"t": self.marks.moment(), "n": self.marks.code(), "c": self.marks.word()})
        return urlencode(
            {
                self.random.choice(
                    ("q", "c", "clinic", "who", "age", self.marks.word())
                ): self.marks.anything()
                for _ in range(self.random.randrange(1, 4))
            }
        )

    def fields(self, *names: str) -> bytes:
        return urlencode(
            {
                name: self.marks.anything()
                if self.random.random() < 0.8
                else f"Hej {self.marks.word()} ring {self.marks.person()}"
                for name in names
            }
        ).encode()

    def page(self) -> tuple:
        method = self.random.choice(("GET", "GET", "GET", "HEAD", *METHODS))
        body = self.fields("name", "text", self.marks.word()) if method in ("POST", "PUT", "PATCH") else None
        return (
            method,
            f"{self.random.choice(self.paths)}?{self.query()}",
            body,
            "application/x-www-form-urlencoded" if body else "",
        )

    def short(self) -> tuple:
        link = self.random.choice(
            (
                self.marks.link(),
                self.marks.link().lower(),
                f"sv/code?c={quote(self.marks.anything())}",
                f"en/code?c={self.marks.link()}",
            )
        )
        return "GET", f"/{link}", None, ""

    def support(self) -> tuple:
        if self.random.random() < 0.5:
            return (
                "POST",
                f"/sv/support/code?{self.query()}",
                urlencode(
                    {
                        "code": self.marks.code() if self.random.random() < 0.7 else self.marks.anything(),
                        "language": "en",
                    }
                ).encode(),
                "application/x-www-form-urlencoded",
            )
        place = self.random.choice(
            (
                "share",
                "clinics",
                f"qr/{self.marks.link()}.png",
                f"call/{self.marks.word()}",
                f"sheet/{self.marks.word()}/guide/sv/a5",
            )
        )
        asked = urlencode(
            {
                "q": self.marks.anything(),
                "clinic": self.random.choice(("D3M0", self.marks.word())),
                "who": "13-17",
                "language": "en",
                "t": self.marks.moment(),
                "sms": f"Hej! {self.marks.word()}",
            }
        )
        return "GET", f"/sv/support/{place}?{asked}", None, ""

    def connection_test(self) -> tuple:
        if self.random.random() < 0.6:
            return (
                "GET",
                f"/check/{self.random.choice(('ping', 'down/1', 'down/32'))}?{self.query()}",
                None,
                "",
            )
        return (
            "POST",
            f"/check/up?{self.query()}",
            (self.marks.word() * self.random.randrange(1, 2000)).encode(),
            "application/octet-stream",
        )

    def odd_place(self) -> tuple:
        word = self.marks.word()
        place = self.random.choice(
            (
                f"/{word}",
                f"/sv/{word}",
                f"/sv/m/{self.marks.link()[:4]}/{word}",
                f"/static/{word}.js",
                f"/sv/guide/{word}/{word}",
                f"//{word}.example/",
                f"/%2e%2e/{word}",
                f"/sv/child/7-9/{word}",
                f"/staff/{word}",
                f"/.well-known/{word}",
                f"/healthz?{word}",
                f"/readyz?{word}",
                f"/robots.txt?{word}",
                f"/sw.js?{word}",
                f"/sv/%00{word}",
                f"/sv/%ff{word}",
                f"/{'a' * 3000}{word}",
                f"/?{word}",
            )
        )
        method = self.random.choice((*METHODS, "GET", "GET", word.upper()))
        return method, place, None, ""

    def upload(self) -> tuple[bytes, str]:
        """A file with marks in its name, its words and its boundary; now and then larger than what is kept in
        memory."""
        edge = self.marks.word()
        code = self.marks.link()[:4]
        toml = (
            f'[[clinics]]\ncode = "{code}"\nname = "{self.marks.word()}"\nsettings.phone = '
            f'"{self.random.choice(("<b>", "010-1"))}{self.marks.word()}"\n'
        )
        toml += f"# {self.marks.word()}\n" * self.random.choice((1, 10, 25_000))
        lines = [
            f"--{edge}",
            'Content-Disposition: form-data; name="csrf_token"',
            "",
            self.token,
            f"--{edge}",
        ]
        lines += [
            f'Content-Disposition: form-data; name="file"; filename="{self.marks.word()}.toml"',
            "Content-Type: application/toml",
            "",
            toml,
            f"--{edge}--",
            "",
        ]
        return "\r\n".join(lines).encode(), f"multipart/form-data; boundary={edge}"

    def staff_outside(self) -> tuple:
        word = self.marks.word()
        if self.random.random() < 0.4:
            return ("POST", f"/staff/import?{word}", *self.upload())
        place = self.random.choice(
            (
                f"clinics/?q={word}",
                f"log?q={word}",
                f"log-in?{word}",
                f"log-in/provider/back?code={word}&state={word}",
                f"users/{word}",
                "account",
                f"clinics/D3M0?{word}",
            )
        )
        return "GET", f"/staff/{place}", None, ""

    def staff_inside(self) -> tuple:
        """What somebody who is logged in does that is not saving: searching, trying, being refused."""
        word, form = self.marks.word, "application/x-www-form-urlencoded"
        roll = self.random.random()
        if roll < 0.3:
            place = self.random.choice(
                (
                    f"clinics/?q={self.marks.anything()}",
                    f"log?q={word()}",
                    f"log.csv?q={word()}",
                    f"clinics/{word()}",
                    f"regions/{word()}/history",
                    f"clinics/D3M0/undo/9999?{word()}",
                )
            )
            return "GET", f"/staff/{quote(place, safe='/?=')}", None, ""
        if roll < 0.5:
            return ("POST", "/staff/import", *self.upload())
        if roll < 0.7:  # how it would read: valid texts that nobody saves
            said = {
                "name": f"Mottagningen {word()}",
                "region": "exempel",
                "phone": "010-123 45 00",
                "interpreter-sv": f"Tolk {word()}",
                "csrf_token": self.token,
            }
            return "POST", "/staff/clinics/D3M0/reads", urlencode(said).encode(), form
        if roll < 0.85:  # refused: nothing is saved
            said = {
                "name": f"Mottagningen {word()}",
                "phone": word(),
                "interpreter-sv": f"Tolk {word()}",
                "then": "stay",
                "csrf_token": self.token,
            }
            return "POST", "/staff/clinics/D3M0", urlencode(said).encode(), form
        if roll < 0.95:
            said = {
                "username": f"{word()} {self.marks.person()}",
                "name": self.marks.person(),
                "role": word(),
                "clinics": word(),
                "csrf_token": self.token,
            }
            return "POST", "/staff/users/new", urlencode(said).encode(), form
        return (
            "POST",
            "/staff/account",
            urlencode(
                {
                    "old": word(),
                    "password": self.marks.person(),
                    "again": word(),
                    "code": "1",
                    "csrf_token": self.token,
                }
            ).encode(),
            form,
        )

    def log_in(self) -> tuple:
        page = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        page.request("GET", "/staff/log-in", headers={"Host": "localhost"})
        answer = page.getresponse()
        token = _token(answer.read().decode())
        self.cookie_for_log_in = answer.getheader("Set-Cookie", "").partition(";")[0]
        page.close()
        name = self.random.choice(("admin", self.marks.word(), self.marks.person(), self.marks.address()))
        said = {
            "csrf_token": token,
            "username": name,
            "password": self.marks.word(),
            "code": self.marks.code(),
        }
        self.connection.request(
            "POST",
            "/staff/log-in",
            urlencode(said),
            {
                **self.headers(),
                "Host": "localhost",
                "Cookie": self.cookie_for_log_in,
                "Content-Type": "application/x-www-form-urlencoded",
            },
        )
        answer = self.connection.getresponse()
        answer.read()
        self.seen[f"log-in {answer.status}"] += 1
        return self.page()

    def broken(self) -> None:
        """What is no proper request: half a line, wrong lengths, headers without end."""
        word = self.marks.word()
        data = self.random.choice(
            (
                f"{word}\r\n\r\n",
                f"GET /{word}\r\n\r\n",
                f"GET /{word} HTTP/9.9\r\nHost: {word}\r\n\r\n",
                f"GET /sv/?{word} HTTP/1.1\r\n\r\n",
                f"POST /check/up HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99\r\n\r\n{word}",
                f"POST /sv/support/code HTTP/1.1\r\nHost: localhost\r\nContent-Length: {word}\r\n\r\n",
                "POST /sv/support/code HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: "
                f"chunked\r\n\r\n{word}\r\n",
                f"GET /sv/ HTTP/1.1\r\nHost: localhost\r\n{word}\r\n\r\n",
                f"GET /sv/ HTTP/1.1\r\nHost: localhost\r\nX-A: {word * 6000}\r\n\r\n",
                f"GET /{word}\0 HTTP/1.1\r\nHost: localhost\r\n\r\n",
                f"\x16\x03\x01{word}",
            )
        )
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 5) as link:
            link.sendall(data.encode())
            link.shutdown(socket.SHUT_WR)
            link.settimeout(5)
            link.recv(4096)
        self.seen["broken on purpose"] += 1


def _token(html: str) -> str:
    return re.search(r'name="csrf_token" value="([^"]+)"', html)[1]


class Admin:
    """The first admin, in and out of the room by plain requests."""

    def __init__(self, port: int) -> None:
        self.port, self.cookies = port, {}

    def send(self, method: str, path: str, **fields: str) -> str:
        """The page that answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        connection.request(
            method,
            path,
            urlencode(fields) if fields else None,
            {"Host": "localhost", "Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"},
        )
        answer = connection.getresponse()
        for value in answer.headers.get_all("Set-Cookie") or ():
            name, _, rest = value.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        body = answer.read().decode()
        connection.close()
        if answer.status not in (200, 303):
            raise SystemExit(f"{method} {path}: {answer.status}")
        return body

    def enter(self, one_time: str) -> str:
        """Logs in, chooses password and second factor; the CSRF token that holds from then on."""
        self.send(
            "POST",
            "/staff/log-in",
            csrf_token=_token(self.send("GET", "/staff/log-in")),
            username="admin",
            password=one_time,
            code="",
        )
        page = self.send("GET", "/staff/account/setup")
        secret = re.search(r'<code class="secret[^>]*>([A-Z2-7 ]+)<', page)[1].replace(" ", "")
        password = "sju gröna älgar på isen"
        self.send(
            "POST",
            "/staff/account/setup",
            csrf_token=_token(page),
            password=password,
            again=password,
            code=pyotp.TOTP(secret).now(),
        )
        return _token(self.send("GET", "/staff/clinics/D3M0"))

    def save_on_purpose(self, token: str, mark: str) -> None:
        """A clinic text, saved and published: what is meant to be kept."""
        self.send(
            "POST",
            "/staff/clinics/D3M0",
            csrf_token=token,
            name=f"Mottagningen {mark}",
            region="exempel",
            phone="010-123 45 00",
            then="stay",
            seal=re.search(r'name="seal" value="([^"]+)"', self.send("GET", "/staff/clinics/D3M0"))[1],
        )
        page = self.send("GET", "/staff/clinics/D3M0/publish")
        self.send(
            "POST",
            "/staff/clinics/D3M0/publish",
            csrf_token=token,
            seal=re.search(r'name="seal" value="([^"]+)"', page)[1],
        )


def ask_all(
    port: int, count: int, marks: Marks, seed: int, admin: Admin, token: str, paths: list[str]
) -> Counter:
    """That many requests over a few connections at once; how they were answered."""
    seen: Counter = Counter()
    cookie = "; ".join(f"{name}={value}" for name, value in admin.cookies.items())

    def some(number: int) -> None:
        asker = Asker(port, paths, marks, random.Random(f"{seed} {number}"), cookie, token, seen)
        for done in range(count // THREADS):
            with contextlib.suppress(OSError, http.client.HTTPException):
                asker.ask()
            if number == 0 and done and done % 1000 == 0:
                print(f"{done * THREADS} requests", flush=True)
        asker.connection.close()

    threads = [threading.Thread(target=some, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return seen


def files_under(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]


def tables_of(url: str) -> dict[str, bytes]:
    """Every table's rows as they are read."""
    engine = create_engine(url)
    with engine.connect() as connection:
        found = {
            name: "\n".join(
                str(tuple(row)) for row in connection.execute(text(f'SELECT * FROM "{name}"'))
            ).encode()
            for name in inspect(connection).get_table_names()
        }
    engine.dispose()
    return found


def run(count: int, postgres: bool, seed: int, app: Flask | None = None) -> int:
    """0 when no mark was left anywhere. With an `app` its addresses are asked, and its compressed static
    files are taken over."""
    marks = Marks(random.Random(seed))
    with tempfile.TemporaryDirectory(prefix="redo-marks-") as made, contextlib.ExitStack() as last:
        folder = Path(made)
        os.chmod(folder, 0o755)  # PostgreSQL may run as a user of its own
        for name in ("data", "temporary", "home", "said"):
            (folder / name).mkdir()
        if app is not None:
            (folder / "data" / "assets").symlink_to(app.config["SETTINGS"].data_dir / "assets")
        database_url = ""
        if postgres:
            from staff_room import Postgres

            server_of_its_own = Postgres(folder / "postgres")
            last.callback(server_of_its_own.server.cleanup)
            server_of_its_own.run("CREATE DATABASE marked")
            database_url = server_of_its_own.url("marked")
        server = Server(
            folder / "data",
            log=folder / "said" / "log",
            environment={"PATH": os.environ["PATH"]},
            TMPDIR=str(folder / "temporary"),
            HOME=str(folder / "home"),
            TRUSTED_PROXY="127.0.0.1",
            DATABASE_URL=database_url,
            PYTHONUNBUFFERED="1",
        )
        last.callback(server.stop)
        one_time = re.search(r"password +(\S+)", (folder / "data" / FIRST_LOG_IN).read_text())[1]
        admin = Admin(server.port)
        token = admin.enter(one_time)
        admin.save_on_purpose(token, marks.saved)
        app = app or create_app(Settings.from_values(data_dir=folder / "data", database_url=database_url))
        paths = public_paths(app, tuple(LANGUAGES), COMMON_AND_CLINICS)
        started = time.monotonic()
        seen = ask_all(server.port, count, marks, seed, admin, token, paths)
        took = time.monotonic() - started
        # Still logged in: the requests from inside were from inside.
        inside = admin.send("GET", "/staff/clinics/D3M0")
        assert _token(inside)

        def look(when: str) -> tuple[int, int]:
            url = (
                database_url.replace("postgresql:", "postgresql+psycopg:")
                if postgres
                else f"sqlite:///{folder / 'data' / 'redo.sqlite'}"
            )
            tables = tables_of(url)
            read, saved, bad, hashes = 0, 0, 0, marks.hashes()
            places = {
                **{f"table {name}": rows for name, rows in tables.items()},
                **{str(path.relative_to(folder)): path.read_bytes() for path in files_under(folder)},
            }
            for name, data in places.items():
                read += len(data)
                saved += marks.saved.encode() in data
                for mark in sorted(marks.found_in(data, hashes))[:5]:
                    bad += 1
                    print(f"{when}: {name} holds a mark {mark}", file=sys.stderr)
            for path in folder.rglob("*"):
                bad += marks.root in str(path).lower()
            print(
                f"{when}: {len(places) - len(tables)} files and {len(tables)} tables, {read / 1e6:.1f} MB "
                f"read, {bad} with a mark; the text saved on purpose is in {saved} of them"
            )
            return bad, saved

        running = look("while it runs")
        server.stop()
        stopped = look("after it stopped")
        print(
            f"{sum(seen.values())} requests in {took:.0f} s, {len(marks.words) + len(marks.exact)} marks; "
            "answers: " + ", ".join(f"{number} x {status}" for status, number in sorted(seen.items()))
        )
        if min(running[1], stopped[1]) < 4:
            print("the search did not find what was saved on purpose: it cannot be trusted", file=sys.stderr)
            return 1
        return 1 if running[0] or stopped[0] else 0


if __name__ == "__main__":
    sys.exit(
        run(
            int(sys.argv[1]) if len(sys.argv) > 1 else 20_000,
            "postgres" in sys.argv[2:],
            int(os.environ.get("SEED", "1")),
        )
    )
