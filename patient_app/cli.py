"""The command line: `patient-app …`. Each command is one act an operator or a clinic's IT would want, with
plain words back."""

import datetime
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from patient_app.clinics import directory, published
from patient_app.codes import short_link, support_code, symbols
from patient_app.problem import ProfileError
from patient_app.settings import Settings, SettingsError
from patient_app.staff import operate
from patient_app.staff.access.roles import EDITOR, ROLES
from patient_app.staff.database import DatabaseDown
from patient_app.web.languages import KNOWN

T = TypeVar("T")
FIRST_LOG_IN = "first-log-in.txt"


@click.group()
@click.version_option(package_name="patient-app", message="patient-app %(version)s")
@click.pass_context
def main(context: click.Context) -> None:
    """Redo: serve it, and care for its clinics."""
    try:
        context.obj = Settings.from_environment()
    except SettingsError as error:
        raise click.ClickException(str(error)) from None


def say(text: str, err: bool = False) -> None:
    """As click.echo, but no start fails because nobody can hear it: a full disk, a reader that is gone."""
    try:
        click.echo(text, err=err)
    except OSError:
        # What could not be written would be tried again when the process ends, and spoil its exit code.
        setattr(sys, "stderr" if err else "stdout", open(os.devnull, "w"))  # noqa: SIM115


def _published(settings: Settings) -> Path:
    return settings.data_dir / published.PUBLISHED


@main.command()
@click.pass_obj
def init(settings: Settings) -> None:
    """Make the data folder, the staff's database and the demo clinics, each unless it is there already."""
    path = _published(settings)
    first = not path.exists()
    if first and settings.redo_expect_data:
        raise click.ClickException(
            f"REDO_EXPECT_DATA is set, and {settings.data_dir} holds no published clinics. Is the volume "
            "mounted? For a first start leave it out once."
        )
    try:
        one_time = operate.prepare(settings)
    except (DatabaseDown, OSError) as error:
        one_time = ""
        say(f"The staff's database cannot be used ({error}); families' pages go on without it.", err=True)
    if not path.exists():
        # Version 0: whatever the database has when it is back is newer.
        try:
            published.write_published(path, directory.shipped_body(), 0)
        except OSError as error:
            say(f"Nothing can be published in {settings.data_dir}: {error.strerror}.", err=True)
            return
    if first:
        say(
            "Published the demo clinics."
            if one_time
            else f"Published version {published.read_published(path)[0]}."
        )
    if one_time:
        file = settings.data_dir / FIRST_LOG_IN
        file.unlink(missing_ok=True)
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(f"user name  admin\npassword   {one_time}\n")
        say(
            f"Staff log in at {settings.public_url}/staff/ once, within a day, with what is in\n  {file}\n"
            "Then take that file away."
        )


@main.command()
@click.option("--lang", "language", default="sv", show_default=True, help="The language to record.")
@click.pass_obj
def recordings(settings: Settings, language: str) -> None:
    """Print every page that can be recorded: the name its file must have, and the words to read."""
    from flask import g

    from patient_app import create_app
    from patient_app.children.recordings import fingerprint, readable
    from patient_app.web.languages import LANGUAGES

    if language not in LANGUAGES:
        raise click.ClickException(f"{language} is not on; there are {', '.join(LANGUAGES)}")
    app = create_app(settings)
    with app.test_request_context(f"/{language}/"):
        g.lang = LANGUAGES[language]
        for name, text in readable().items():
            click.echo(f"{name}.{fingerprint(text)}.mp3\n{text}\n")


@main.command()
@click.pass_context
def serve(context: click.Context) -> None:
    """Serve on HOST:PORT until stopped."""
    from patient_app.server import run
    from patient_app.server.certificate import tls

    settings: Settings = context.obj
    run.open_standard_files()
    try:
        tls(settings.tls_certificate, settings.tls_key)
    except OSError as error:  # ssl.SSLError is one too
        raise click.ClickException(
            f"TLS_CERTIFICATE and TLS_KEY cannot be used: {error.strerror or error}."
        ) from None
    try:
        listening = run.listen(settings.host, settings.port)
    except OSError as error:
        raise click.ClickException(
            f"{settings.host}:{settings.port} cannot be served on: {error.strerror or error}. Is Redo "
            "running there already? PORT and HOST name another place."
        ) from None
    with listening:
        context.invoke(init)
        say(f"Redo is at {settings.public_url}/ (stop with Ctrl-C)")
        code = run.serve(settings, listening)
    # At once: to take down all that was loaded keeps a busy machine for seconds, and nothing is left to do.
    os._exit(code)


@main.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.pass_obj
def export(settings: Settings, folder: Path) -> None:
    """Write the last-resort copy of the common pages to FOLDER, for a proxy to serve when no app process
    answers."""
    from patient_app import create_app
    from patient_app.export import write

    click.echo(f"{write(create_app(settings), folder)} pages in {folder}.")


@main.group()
def clinic() -> None:
    """Clinics and what varies between them."""


@clinic.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_obj
def import_clinics(settings: Settings, file: Path) -> None:
    """Publish the regions and clinics of a TOML or JSON FILE beside those there are. Refused whole when
    anything in it is wrong."""
    path = _published(settings)
    try:
        new = directory.read_file(file)
        if operate.database_of(settings).exists:
            number = operate.import_file(settings, new)
        else:
            version, body = published.read_published(path) if path.exists() else (0, {})
            number = published.write_published(path, directory.merge(body, new), version + 1).version
    except ProfileError as error:
        raise click.ClickException(
            "\n".join(f"{file.name}: {problem.place}: {problem}" for problem in error.problems)
        ) from None
    except DatabaseDown as error:
        raise click.ClickException(
            f"The staff's database cannot be used ({error}). Nothing is changed."
        ) from None
    except published.PublishedFileError as error:
        raise click.ClickException(
            f"{error}. Put a backup of it back, or move it away, and import again."
        ) from None
    click.echo(f"Published version {number}.")


@clinic.command("list")
@click.pass_obj
def list_clinics(settings: Settings) -> None:
    """List the published clinics: code, start-page code, name."""
    try:
        version, body = published.read_published(_published(settings))
    except published.PublishedFileError as error:
        raise click.ClickException(str(error)) from None
    for found in sorted(directory.build_directory(body, version).clinics.values(), key=lambda c: c.name):
        click.echo(f"{found.code}  {found.link_code}  {found.name}{'  (retired)' if found.retired else ''}")


@main.command()
@click.option("--clinic", required=True, metavar="CCCC")
@click.option("--for", "who", type=click.Choice(short_link.WHO), default="not-said")
@click.option("--start", type=click.Choice(short_link.START), default="start")
@click.option("--lang", type=click.Choice([language.code for language in KNOWN]), default=None)
@click.pass_obj
def link(settings: Settings, clinic: str, who: str, start: str, lang: str | None) -> None:
    """Print a short link to a published clinic's pages."""
    number = next((language.number for language in KNOWN if language.code == lang), 0)
    try:
        code = symbols.normalize(clinic)
        made = short_link.encode(
            short_link.ShortLink(code, short_link.WHO.index(who), short_link.START.index(start), number)
        )
    except ValueError:
        raise click.ClickException(
            f"{clinic} is not a clinic's code: four symbols, for example D3M0."
        ) from None
    try:
        version, body = published.read_published(_published(settings))
    except published.PublishedFileError as error:
        raise click.ClickException(str(error)) from None
    if directory.build_directory(body, version).find(code) is None:
        raise click.ClickException(
            f"No clinic with the code {code} is published: patient-app clinic list shows those there are."
        )
    click.echo(f"{settings.public_url}/{made}")


@main.command()
@click.argument("code")
def decode(code: str) -> None:
    """Read a support CODE: one JSON object with what the device check saw, as the numbers of
    docs/device-check.md."""
    try:
        click.echo(json.dumps(support_code.decode(code).fields()))
    except support_code.CodeError as error:
        raise click.ClickException(f"{error}.") from None


@main.command()
@click.pass_obj
def migrate(settings: Settings) -> None:
    """Make the staff's database, or bring its schema up to date."""
    try:
        done = operate.database_of(settings).migrate()
    except DatabaseDown as error:
        raise click.ClickException(f"The staff's database cannot be used ({error}).") from None
    click.echo("The schema is brought up to date." if done else "The schema is up to date.")


@main.group()
def user() -> None:
    """Staff who may log in."""


def _tell_one_time(settings: Settings, username: str, one_time: str) -> None:
    if one_time:
        click.echo(
            f"{username} logs in at {settings.public_url}/staff/ once, within a day, with the password\n  "
            f"{one_time}"
        )
    else:
        click.echo(f"{username} logs in by the provider.")


@user.command("add")
@click.argument("username")
@click.option("--name", default="", help="How the name is shown.")
@click.option("--role", type=click.Choice(tuple(ROLES)), default=EDITOR)
@click.option(
    "--clinic", "codes", multiple=True, metavar="CCCC", help="A clinic of an editor; may be given many times."
)
@click.option(
    "--external-id", default="", help="The id at the OpenID Connect provider, for one who logs in there."
)
@click.pass_obj
def add_user(
    settings: Settings, username: str, name: str, role: str, codes: tuple[str, ...], external_id: str
) -> None:
    """Add USERNAME and print a log-in that holds once."""
    _tell_one_time(
        settings,
        username,
        _try(
            lambda: operate.add_user(settings, username, name, role, [c.upper() for c in codes], external_id)
        ),
    )


@user.command("reset")
@click.argument("username")
@click.pass_obj
def reset_user(settings: Settings, username: str) -> None:
    """Take away password, second factor and sessions of USERNAME, and print a log-in that holds once."""
    _tell_one_time(settings, username, _try(lambda: operate.reset_user(settings, username)))


@user.command("disable")
@click.argument("username")
@click.pass_obj
def disable_user(settings: Settings, username: str) -> None:
    """Shut USERNAME out at once."""
    _try(lambda: operate.disable_user(settings, username))
    click.echo(f"{username} is shut out.")


@user.command("enable")
@click.argument("username")
@click.pass_obj
def enable_user(settings: Settings, username: str) -> None:
    """Let USERNAME in again, as before being shut out."""
    _try(lambda: operate.enable_user(settings, username))
    click.echo(f"{username} may log in again.")


@user.command("list")
@click.pass_obj
def list_users(settings: Settings) -> None:
    """List who may log in: user name, role, clinics, name."""
    for found in _try(lambda: operate.list_users(settings)):
        notes = [
            word for word, said in (("provider", found.by_provider), ("shut out", found.disabled)) if said
        ]
        click.echo(
            f"{found.username}  {found.role}  {' '.join(found.clinics) or '-'}  {found.name}"
            f"{'  (' + ', '.join(notes) + ')' if notes else ''}"
        )


def _try(act: Callable[[], T]) -> T:
    try:
        return act()
    except operate.OperationError as error:
        raise click.ClickException(str(error)) from None


@main.group()
def audit() -> None:
    """The log of changes."""


@audit.command("verify")
@click.option(
    "--known",
    multiple=True,
    metavar="LINE:HASH",
    help="As the service's log told it; may be given many times.",
)
@click.pass_obj
def verify_audit(settings: Settings, known: tuple[str, ...]) -> None:
    """Check every line of the log; prints its length and last hash. Exits 1 when a line was touched, or a
    known one is not there."""
    parts = [one.partition(":") for one in known]
    if not all(line.isdecimal() and found for line, _, found in parts):
        raise click.ClickException("A known line is LINE:HASH, both as the service's log told them.")
    hashes = {int(line): found for line, _, found in parts}
    count, last, problems = _try(lambda: operate.verify_audit(settings, hashes))
    click.echo(f"{count} lines, last hash {last}")
    if problems:
        raise click.ClickException("\n".join(problems))


@main.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_obj
def backup(settings: Settings, file: Path) -> None:
    """Write a consistent copy of the staff's database to FILE while the service runs."""
    rows = _try(lambda: operate.backup(settings, file))
    click.echo(f"{rows} rows in {file}.")


@main.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_obj
def restore(settings: Settings, file: Path) -> None:
    """Put a backup FILE into an empty database and publish its newest version. Never overwrites."""
    rows = _try(lambda: operate.restore(settings, file))
    click.echo(f"{rows} rows restored. Everybody logs in anew.")


@main.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object: {well, troubles}.")
@click.pass_obj
def doctor(settings: Settings, as_json: bool) -> None:
    """Say what is wrong or soon will be: published file, database, log, disk, certificate, sources. Exits 1
    when there is something."""
    found = list(operate.troubles(settings, datetime.datetime.now(datetime.UTC)))
    if as_json:
        click.echo(json.dumps({"well": not found, "troubles": found}, ensure_ascii=False))
    else:
        for trouble in found:
            click.echo(f"- {trouble}")
    if found:
        raise click.exceptions.Exit(1)
    if not as_json:
        click.echo("All is well.")
