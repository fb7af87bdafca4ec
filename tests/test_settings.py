"""Settings: read once, refused with a reason that names the setting."""

import ipaddress
import socket
from dataclasses import fields
from pathlib import Path

import pytest
from click.testing import CliRunner
from serving import free_port

from patient_app import cli
from patient_app.settings import Settings, SettingsError


def test_nothing_set_gives_a_server_on_this_machine():
    settings = Settings.from_environment({})
    assert (settings.port, settings.host, settings.public_url) == (8000, "127.0.0.1", "http://127.0.0.1:8000")
    assert set(settings.allowed_hosts) == {"127.0.0.1", "localhost"}
    assert settings.data_dir == Path("data").absolute()
    assert settings.trusted_proxy == () and settings.database_url == "" and not settings.is_https


def test_every_field_is_read_from_its_name_in_capitals():
    given = {
        "PORT": "8443",
        "HOST": "0.0.0.0",
        "PUBLIC_URL": "https://Redo.Example.se/",
        "ALLOWED_HOSTS": "redo.example.se, intern.example.se",
        "DATA_DIR": "/srv/redo",
        "DATABASE_URL": "postgresql://redo@db/redo",
        "TRUSTED_PROXY": "10.0.0.0/8 ::1",
        "WORKERS": "2",
        "UNRELATED": "x",
    }
    settings = Settings.from_environment(given)
    assert settings.public_url == "https://redo.example.se" and settings.is_https
    assert settings.allowed_hosts == ("redo.example.se", "intern.example.se")
    assert settings.trusted_proxy == (ipaddress.ip_network("10.0.0.0/8"), ipaddress.ip_network("::1"))
    assert (settings.port, settings.workers, settings.data_dir) == (8443, 2, Path("/srv/redo"))


def test_an_empty_variable_is_as_good_as_none():
    assert Settings.from_environment(
        dict.fromkeys((f.name.upper() for f in fields(Settings)), "")
    ) == Settings.from_environment({})


@pytest.mark.parametrize(
    "name, wrong",
    [
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "web"),
        ("PORT", "-1"),
        ("WORKERS", "0"),
        ("WORKERS", "many"),
        ("PUBLIC_URL", "redo.example.se"),
        ("PUBLIC_URL", "ftp://redo.example.se"),
        ("PUBLIC_URL", "https://"),
        ("PUBLIC_URL", "https://redo.example.se/path"),
        ("PUBLIC_URL", "https://redo.example.se?x=1"),
        ("PUBLIC_URL", "https://me@redo.example.se"),
        ("PUBLIC_URL", "https://redo.example.se:port"),
        ("PUBLIC_URL", "https://redo.example.se#x"),
        ("ALLOWED_HOSTS", "https://redo.example.se"),
        ("ALLOWED_HOSTS", "redo.example.se:443"),
        ("ALLOWED_HOSTS", "*"),
        ("DATABASE_URL", "mysql://db"),
        ("TRUSTED_PROXY", "nginx"),
        ("TRUSTED_PROXY", "10.0.0.1/8"),
        ("OIDC_CLIENT_AUTH", "magic"),
        ("SECURITY_CONTACT", "security"),
        ("SECURITY_CONTACT", "mailto:a b"),
        ("HSTS", "a year"),
        ("HSTS", "max-age=300; preload"),
        ("HSTS", "max-age=63072000; preload"),
        ("HSTS", "max-age=1\r\nX: y"),
        ("REDO_EXPECT_DATA", "perhaps"),
        ("TLS_CERTIFICATE", "/only/this"),
        ("TLS_KEY", "/only/this"),
    ],
)
def test_a_wrong_setting_stops_the_start_and_is_named(name, wrong):
    with pytest.raises(SettingsError, match=name):
        Settings.from_environment({name: wrong})


# Each as an operator would have it in the environment, what it is called, and a word of the reason.
WRONG = [
    ({"PORT": "80a"}, "PORT", "whole number"),
    ({"PORT": "70000"}, "PORT", "65535"),
    ({"HOST": "no.such.host.invalid"}, "HOST", "cannot be served on"),
    ({"PUBLIC_URL": "redo.example.se"}, "PUBLIC_URL", "https://"),
    ({"PUBLIC_URL": "https://redo.example.se/redo"}, "PUBLIC_URL", "no path"),
    ({"PUBLIC_URL": "https://a", "ALLOWED_HOSTS": "b"}, "ALLOWED_HOSTS", "every page is refused"),
    ({"ALLOWED_HOSTS": "https://a"}, "ALLOWED_HOSTS", "without scheme"),
    ({"ALLOWED_HOST": "a"}, "ALLOWED_HOST", "ALLOWED_HOSTS"),
    ({"PUBLIC_ULR": "https://a"}, "PUBLIC_ULR", "PUBLIC_URL"),
    ({"TRUSTED_PROXY": "10.0.0.1/8"}, "TRUSTED_PROXY", "host bits"),
    ({"WORKERS": "0"}, "WORKERS", "64"),
    ({"DATA_DIR": __file__}, "DATA_DIR", "folder"),
    ({"DATABASE_URL": "postgres//db"}, "DATABASE_URL", "postgresql://"),
    ({"DATABASE_URL": "postgresql://db:port/redo"}, "DATABASE_URL", "not an address"),
    ({"SECRET_KEY": "short"}, "SECRET_KEY", "32"),
    ({"OIDC_ISSUER": "idp.example.se", "OIDC_CLIENT_ID": "redo"}, "OIDC_ISSUER", "https://"),
    ({"OIDC_ISSUER": "http://idp.example.se", "OIDC_CLIENT_ID": "redo"}, "OIDC_ISSUER", "https://"),
    ({"OIDC_ISSUER": "https://idp.example.se"}, "OIDC_CLIENT_ID", "must be set"),
    (
        {"OIDC_ISSUER": "https://a", "OIDC_CLIENT_ID": "redo", "OIDC_SCOPES": "profile"},
        "OIDC_SCOPES",
        "openid",
    ),
    ({"OIDC_CLIENT_AUTH": "basic"}, "OIDC_CLIENT_AUTH", "client_secret_basic"),
    ({"OIDC_ROLE_CLAIM": "groups"}, "OIDC_ROLE_CLAIM", "OIDC_ADMIN_VALUE"),
    ({"TLS_CERTIFICATE": "/a"}, "TLS_CERTIFICATE", "together"),
    ({"TLS_CERTIFICATE": "/no/cert.pem", "TLS_KEY": "/no/key.pem"}, "TLS_CERTIFICATE", "No such file"),
    ({"TLS_CERTIFICATE": __file__, "TLS_KEY": __file__}, "TLS_CERTIFICATE", "cannot be used"),
    ({"HSTS": "forever"}, "HSTS", "max-age"),
    ({"SECURITY_CONTACT": "mail us"}, "SECURITY_CONTACT", "mailto:"),
    ({"REDO_EXPECT_DATA": "maybe"}, "REDO_EXPECT_DATA", "1 or 0"),
    ({"REDO_EXPECT_DATA": "1"}, "REDO_EXPECT_DATA", "mounted"),
]


@pytest.mark.parametrize("given, name, reason", WRONG, ids=lambda value: str(value)[:40])
def test_a_server_with_a_wrong_setting_does_not_start_and_says_which_and_why(
    tmp_path, monkeypatch, given, name, reason
):
    for variable, value in {"DATA_DIR": str(tmp_path / "data"), "PORT": str(free_port()), **given}.items():
        monkeypatch.setenv(variable, value)
    said = CliRunner().invoke(cli.main, ["serve"])
    assert said.exit_code == 1 and said.exception.__class__ is SystemExit
    assert name in said.output and reason in said.output, said.output
    assert not (tmp_path / "data" / "clinics.json").exists()


def test_a_port_that_is_taken_is_named(tmp_path, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as other:
        monkeypatch.setenv("PORT", str(other.getsockname()[1]))
        monkeypatch.setenv("DATA_DIR", str(tmp_path))
        said = CliRunner().invoke(cli.main, ["serve"])
    assert said.exit_code == 1 and "PORT" in said.output and "already" in said.output


def test_settings_that_hang_together_are_asked_for_together():
    with pytest.raises(SettingsError, match="OIDC_CLIENT_ID"):
        Settings.from_environment({"OIDC_ISSUER": "https://idp.example.se"})


def test_a_setting_that_does_not_exist_is_refused():
    with pytest.raises(SettingsError, match="publik_url"):
        Settings.from_values(publik_url="https://redo.example.se")


@pytest.mark.parametrize(
    "written, compared",
    [
        ("Redo.Example.SE", "redo.example.se"),
        ("redo.example.se.", "redo.example.se"),
        ("[::1]", "::1"),
        ("::1", "::1"),
        ("10.0.0.1", "10.0.0.1"),
    ],
)
def test_hosts_are_kept_as_they_will_be_compared(written, compared):
    assert Settings.from_environment({"ALLOWED_HOSTS": written}).allowed_hosts == (compared,)


def test_an_ipv6_host_gets_its_brackets_in_the_address():
    settings = Settings.from_environment({"HOST": "::1", "PORT": "8080"})
    assert settings.public_url == "http://[::1]:8080"
    assert "::1" in settings.allowed_hosts


def test_a_secret_is_not_shown_when_settings_are_printed():
    given = {
        "OIDC_ISSUER": "https://idp.example.se",
        "OIDC_CLIENT_ID": "redo",
        "OIDC_CLIENT_SECRET": "very-secret",
    }
    assert "very-secret" not in repr(Settings.from_environment(given))


@pytest.mark.parametrize(
    "issuer", ["idp.example.se", "http://idp.example.se", "ftp://idp.example.se", "https://", "https://a?b=c"]
)
def test_an_issuer_is_an_https_address(issuer):
    with pytest.raises(SettingsError, match="OIDC_ISSUER"):
        Settings.from_environment({"OIDC_ISSUER": issuer, "OIDC_CLIENT_ID": "redo"})
    Settings.from_environment({"OIDC_ISSUER": "http://127.0.0.1:9000", "OIDC_CLIENT_ID": "redo"})


def test_scopes_hold_openid():
    given = {
        "OIDC_ISSUER": "https://idp.example.se",
        "OIDC_CLIENT_ID": "redo",
        "OIDC_SCOPES": "profile email",
    }
    with pytest.raises(SettingsError, match="OIDC_SCOPES"):
        Settings.from_environment(given)


def test_hosts_without_our_own_are_refused():
    with pytest.raises(SettingsError, match=r"ALLOWED_HOSTS.*redo\.example\.se"):
        Settings.from_environment(
            {"PUBLIC_URL": "https://redo.example.se", "ALLOWED_HOSTS": "other.example.se"}
        )


@pytest.mark.parametrize(
    "name", ["PUBLIC_ULR", "ALLOWED_HOST", "TRUSTED_PROXYS", "OIDC_ISSUERS", "TLS_CERTIFIKATE"]
)
def test_a_misspelt_name_is_told_with_the_one_that_is_meant(name):
    with pytest.raises(SettingsError, match=name):
        Settings.from_environment({name: "x"})


@pytest.mark.parametrize("name", ["SUPPORT", "HOSTNAME", "POSTGRES_PORT", "DATABASE", "REPORT", "WORKER"])
def test_other_programs_names_are_left_alone(name):
    Settings.from_environment({name: "x"})


@pytest.mark.parametrize(
    "value", ["max-age=0", "max-age=300; includeSubDomains", "max-age=63072000; includeSubDomains; preload"]
)
def test_subdomains_and_preload_are_the_operators_choice(value):
    assert Settings.from_environment({"HSTS": value}).hsts == value
    assert Settings.from_environment({}).hsts == "max-age=63072000"
