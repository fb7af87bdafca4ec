"""Only reviewed hosts are led out to, in templates, in data and in every rendered page."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from addresses import public_paths
from house import parsed

from patient_app.clinics import outbound

ROOT = Path(__file__).resolve().parent.parent
NOT_LED_TO = {"www.w3.org", "json-schema.org"}  # names of the dialects of SVG and of a schema


def addresses(source: str) -> set[str]:
    return {urlsplit(found).hostname for found in re.findall(r"https?://[A-Za-z0-9.-]+", source)} - {None}


@pytest.mark.parametrize(
    "folder", ["templates", "static/js", "static/css", "translations", "patient_app/clinics/shipped"]
)
def test_every_address_in_the_source_is_on_the_reviewed_list(folder):
    for path in (ROOT / folder).rglob("*"):
        if path.suffix in (".html", ".svg", ".js", ".css", ".po", ".toml"):
            assert addresses(path.read_text("utf-8")) <= outbound.ALLOWED | NOT_LED_TO, path.name


def test_no_public_module_names_a_host_outside_the_list():
    for path in (ROOT / "patient_app").rglob("*.py"):
        if "staff" not in path.parts and path.name not in ("settings.py", "cli.py", "hosts.py"):
            written = {host for host in addresses(path.read_text("utf-8")) if "." in host.strip(".")}
            assert written <= outbound.ALLOWED | NOT_LED_TO, path.name


@pytest.mark.parametrize("prefix", ["", "m/D3M0/"])
def test_every_link_out_of_a_page_goes_to_a_reviewed_host(app, client, prefix):
    led_to = set()
    for path in public_paths(app, languages=("sv",), prefixes=(prefix,)):
        response = client.get(path)
        if response.status_code == 200:
            for address in parsed(response.data).xpath("//a/@href"):
                if urlsplit(address).scheme in ("http", "https"):
                    led_to.add(urlsplit(address).hostname)
    assert "www.1177.se" in led_to
    assert led_to - {"127.0.0.1"} <= outbound.ALLOWED


def test_every_reviewed_host_has_its_reason():
    for host, why in outbound.HOSTS.items():
        assert re.fullmatch(r"[a-z0-9.-]+", host) and len(why) > 10
