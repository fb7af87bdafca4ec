"""The command line: `patient-app …`. Each command is one act an operator or a clinic's IT would want, with plain words back."""

import json
import sys
from pathlib import Path

import click

from patient_app import clinics, short_link, support_code, symbols
from patient_app.languages import KNOWN
from patient_app.settings import Settings, SettingsError
from patient_app.visit_profile import ProfileError


@click.group()
@click.pass_context
def main(context: click.Context) -> None:
    """Redo: serve it, and care for its clinics."""
    try:
        context.obj = Settings.from_environment()
    except SettingsError as error:
        raise click.ClickException(str(error)) from None


def _published(settings: Settings) -> Path:
    return settings.data_dir / clinics.PUBLISHED


@main.command()
@click.pass_obj
def init(settings: Settings) -> None:
    """Make the data folder and publish the demo clinics, unless clinics are published already."""
    path = _published(settings)
    if path.exists():
        return
    body: dict[str, object] = {"regions": {}, "clinics": []}
    for shipped in clinics.shipped_bodies():
        body = clinics.merge(body, shipped)
    clinics.write_published(path, body, 1)
    click.echo("Published the demo clinics.")


@main.command()
@click.pass_context
def serve(context: click.Context) -> None:
    """Serve on HOST:PORT until stopped."""
    from granian import Granian
    from granian.constants import Interfaces

    settings: Settings = context.obj
    context.invoke(init)
    click.echo(f"Redo is at {settings.public_url}/ (stop with Ctrl-C)")
    sys.stdout.flush()
    Granian(
        "patient_app.wsgi:application",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=settings.workers,
        blocking_threads=16,
        log_access=False,
        log_enabled=False,
        ssl_cert=Path(settings.tls_certificate) if settings.tls_certificate else None,
        ssl_key=Path(settings.tls_key) if settings.tls_key else None,
    ).serve()


@main.group()
def clinic() -> None:
    """Clinics and what varies between them."""


@clinic.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_obj
def import_clinics(settings: Settings, file: Path) -> None:
    """Publish the regions and clinics of a TOML FILE beside those there are. Refused whole when anything in it is wrong."""
    path = _published(settings)
    try:
        version, body = clinics.read_published(path) if path.exists() else (0, {})
        clinics.write_published(path, clinics.merge(body, clinics.read_toml(file)), version + 1)
    except ProfileError as error:
        raise click.ClickException("\n".join(f"{file.name}: {place}: {reason}" for place, reason in error.problems)) from None
    except clinics.PublishedFileError as error:
        raise click.ClickException(f"{error}. Put a backup of it back, or move it away, and import again.") from None
    click.echo(f"Published version {version + 1}.")


@clinic.command("list")
@click.pass_obj
def list_clinics(settings: Settings) -> None:
    """List the published clinics: code, start-page code, name."""
    try:
        version, body = clinics.read_published(_published(settings))
    except clinics.PublishedFileError as error:
        raise click.ClickException(str(error)) from None
    for found in sorted(clinics.build_directory(body, version).clinics.values(), key=lambda c: c.name):
        click.echo(f"{found.code}  {found.link_code}  {found.name}{'  (retired)' if found.retired else ''}")


@main.command()
@click.option("--clinic", required=True, metavar="CCCC")
@click.option("--for", "who", type=click.Choice(short_link.WHO), default="not-said")
@click.option("--start", type=click.Choice(short_link.START), default="start")
@click.option("--lang", type=click.Choice([language.code for language in KNOWN]), default=None)
@click.pass_obj
def link(settings: Settings, clinic: str, who: str, start: str, lang: str | None) -> None:
    """Print a short link."""
    number = next((language.number for language in KNOWN if language.code == lang), 0)
    try:
        code = symbols.normalize(clinic)
        made = short_link.ShortLink(code, short_link.WHO.index(who), short_link.START.index(start), number)
        click.echo(f"{settings.public_url}/{short_link.encode(made)}")
    except ValueError:
        raise click.ClickException(f"{clinic} is not a clinic's code: four symbols, for example D3M0.") from None


@main.command()
@click.argument("code")
def decode(code: str) -> None:
    """Read a support CODE: one JSON object with what the device check saw, as the numbers of docs/device-check.md."""
    try:
        click.echo(json.dumps(support_code.decode(code).fields()))
    except support_code.CodeError as error:
        raise click.ClickException(f"{error}.") from None
