"""Settings: read once from the environment, refused with a reason when wrong. Nothing else reads
os.environ."""

import difflib
import ipaddress
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from urllib.parse import urlsplit

# How the names begin that only we use: a misspelt one is told, and another program's left alone.
_OWN_NAMES = ("PUBLIC_", "ALLOWED_", "TRUSTED_", "OIDC_", "OPERATOR_", "REDO_", "SECURITY_", "DATA_D", "TLS_")


class SettingsError(ValueError):
    """A setting that cannot be used; the message names it and says what it should be."""


@dataclass(frozen=True)
class Settings:
    """Everything an operator can set. The table in README.md lists the same fields (tests/test_docs.py)."""

    port: int = 8000
    host: str = "127.0.0.1"
    public_url: str = ""
    allowed_hosts: tuple[str, ...] = ()
    data_dir: Path = Path("data")
    database_url: str = ""
    trusted_proxy: tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...] = ()
    workers: int = 1
    operator_name: str = ""
    operator_contact: str = ""
    security_contact: str = ""
    hsts: str = "max-age=63072000"
    redo_expect_data: bool = False
    offline_copy: bool = True
    tls_certificate: str = ""
    tls_key: str = ""
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = field(default="", repr=False)
    oidc_client_auth: str = "client_secret_basic"
    oidc_scopes: str = "openid"
    oidc_id_claim: str = "sub"
    oidc_role_claim: str = ""
    oidc_acr: str = ""
    oidc_admin_value: str = ""
    oidc_editor_value: str = ""
    oidc_clinic_claim: str = ""
    secret_key: str = field(default="", repr=False)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> "Settings":
        """Settings from the process's environment (or the mapping given). Raises SettingsError."""
        given = os.environ if environment is None else environment
        names = {f.name.upper() for f in fields(cls)}
        for name in given:
            meant = difflib.get_close_matches(name, names, 1, 0.85) if name not in names else []
            if meant and name.startswith(_OWN_NAMES):
                raise SettingsError(f"There is no setting {name}: {meant[0]} is meant, or another program's?")
        values = {f.name: given[f.name.upper()] for f in fields(cls) if given.get(f.name.upper())}
        return cls.from_values(**values)

    @classmethod
    def from_values(cls, **values: object) -> "Settings":
        """Settings from text or ready values by field name; defaults that hang together are filled in."""
        unknown = set(values) - {f.name for f in fields(cls)}
        if unknown:
            raise SettingsError(f"There is no setting called {', '.join(sorted(unknown))}.")
        port = _number("PORT", values.get("port", 8000), 1, 65535)
        host = str(values.get("host", "127.0.0.1"))
        public_url = _public_url(
            str(values.get("public_url") or f"http://{f'[{host}]' if ':' in host else host}:{port}")
        )
        own_host = urlsplit(public_url).hostname or ""
        named = _hosts(_words(values.get("allowed_hosts")))
        if named and own_host not in named and own_host not in ("localhost", "127.0.0.1", "::1"):
            raise SettingsError(
                f"ALLOWED_HOSTS must hold the host of PUBLIC_URL, {own_host}: else every page is refused."
            )
        database_url = _database_url(str(values.get("database_url") or ""))
        data_dir = Path(str(values.get("data_dir", "data"))).absolute()
        if data_dir.exists() and not data_dir.is_dir():
            raise SettingsError(f"DATA_DIR must be a folder, and {data_dir} is none.")
        auth = str(values.get("oidc_client_auth", "client_secret_basic"))
        if auth not in ("client_secret_basic", "client_secret_post", "none"):
            raise SettingsError("OIDC_CLIENT_AUTH must be client_secret_basic, client_secret_post or none.")
        issuer = str(values.get("oidc_issuer", "")).rstrip("/")
        if issuer:
            _issuer(issuer)
        if issuer and "openid" not in str(values.get("oidc_scopes", "openid")).split():
            raise SettingsError("OIDC_SCOPES must hold openid, or the provider vouches for nobody.")
        if issuer and not values.get("oidc_client_id"):
            raise SettingsError("OIDC_CLIENT_ID must be set when OIDC_ISSUER is.")
        if values.get("oidc_role_claim") and not (
            values.get("oidc_admin_value") or values.get("oidc_editor_value")
        ):
            raise SettingsError(
                "OIDC_ROLE_CLAIM needs OIDC_ADMIN_VALUE or OIDC_EDITOR_VALUE: which of its values gives "
                "which role."
            )
        secret_key = str(values.get("secret_key", ""))
        if secret_key and len(secret_key) < 32:
            raise SettingsError(
                "SECRET_KEY must be at least 32 characters, the same on every node (or be left out with one "
                "node)."
            )
        certificate, key = str(values.get("tls_certificate", "")), str(values.get("tls_key", ""))
        if bool(certificate) != bool(key):
            raise SettingsError("TLS_CERTIFICATE and TLS_KEY are set together or not at all.")
        return cls(
            port=port,
            host=host,
            public_url=public_url,
            allowed_hosts=named or (own_host, "localhost", "127.0.0.1"),
            data_dir=data_dir,
            database_url=database_url,
            trusted_proxy=_networks(_words(values.get("trusted_proxy"))),
            workers=_number("WORKERS", values.get("workers", 1), 1, 64),
            operator_name=str(values.get("operator_name", "")),
            operator_contact=str(values.get("operator_contact", "")),
            security_contact=_contact(str(values.get("security_contact", ""))),
            hsts=_hsts(str(values.get("hsts", "max-age=63072000"))),
            redo_expect_data=_yes("REDO_EXPECT_DATA", values.get("redo_expect_data", "0")),
            offline_copy=_yes("OFFLINE_COPY", values.get("offline_copy", "1")),
            tls_certificate=certificate,
            tls_key=key,
            oidc_issuer=issuer,
            oidc_client_id=str(values.get("oidc_client_id", "")),
            oidc_client_secret=str(values.get("oidc_client_secret", "")),
            oidc_client_auth=auth,
            oidc_scopes=str(values.get("oidc_scopes", "openid")),
            oidc_id_claim=str(values.get("oidc_id_claim", "sub")),
            oidc_role_claim=str(values.get("oidc_role_claim", "")),
            oidc_acr=str(values.get("oidc_acr", "")),
            oidc_admin_value=str(values.get("oidc_admin_value", "")),
            oidc_editor_value=str(values.get("oidc_editor_value", "")),
            oidc_clinic_claim=str(values.get("oidc_clinic_claim", "")),
            secret_key=secret_key,
        )

    @property
    def is_https(self) -> bool:
        """True when families reach us by https: switches on HSTS, upgrade-insecure-requests and Secure
        cookies."""
        return self.public_url.startswith("https://")


def _database_url(value: str) -> str:
    if value and not value.startswith(("postgresql://", "postgresql+psycopg://", "sqlite:///")):
        raise SettingsError(
            "DATABASE_URL must begin with postgresql:// (or be left out: SQLite in DATA_DIR)."
        )
    try:
        _ = urlsplit(value).port
    except ValueError as error:
        raise SettingsError(f"DATABASE_URL is not an address: {error}.") from error
    return value


def _contact(value: str) -> str:
    if value and not re.fullmatch(r"(?:https://|mailto:|tel:)[\x21-\x7e]{3,200}", value):
        raise SettingsError("SECURITY_CONTACT must begin with https://, mailto: or tel:.")
    return value


def _hsts(value: str) -> str:
    """The header's words: an age, and the operator's choice of subdomains and preload."""
    found = re.fullmatch(r"max-age=(\d{1,9})(?:; *includeSubDomains)?(; *preload)?", value)
    if found is None or (found[2] and (int(found[1]) < 31_536_000 or "includeSub" not in value)):
        raise SettingsError(
            "HSTS must be max-age=SECONDS, then `; includeSubDomains` if you like, and `; preload` only "
            "after that, with a year or more."
        )
    return value


def _yes(name: str, value: object) -> bool:
    if str(value).lower() not in ("0", "1", "true", "false", "yes", "no"):
        raise SettingsError(f"{name} must be 1 or 0, not {value!r}.")
    return str(value).lower() in ("1", "true", "yes")


def _number(name: str, value: object, low: int, high: int) -> int:
    try:
        number = int(str(value))
    except ValueError:
        number = low - 1
    if not low <= number <= high:
        raise SettingsError(f"{name} must be a whole number from {low} to {high}, not {value!r}.")
    return number


def _words(value: object) -> tuple[str, ...]:
    if not value:
        return ()
    if isinstance(value, str):
        return tuple(word for word in re.split(r"[,\s]+", value.strip()) if word)
    return tuple(str(word) for word in value)  # type: ignore[attr-defined]


def _hosts(words: tuple[str, ...]) -> tuple[str, ...]:
    """Host names as hosts.py compares them: small letters, an IPv6 address without its brackets."""
    names = tuple(word.lower().rstrip(".").removeprefix("[").removesuffix("]") for word in words)
    for name in names:
        if not re.fullmatch(r"[a-z0-9.-]+|[0-9a-f:.]*:[0-9a-f:.]*:[0-9a-f:.]*", name):
            raise SettingsError(
                f"ALLOWED_HOSTS are names or addresses of hosts, without scheme and port: not {name!r}."
            )
    return names


def _networks(words: tuple[str, ...]) -> tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]:
    try:
        return tuple(ipaddress.ip_network(word) for word in words)
    except ValueError as error:
        raise SettingsError(f"TRUSTED_PROXY must be addresses or networks: {error}.") from error


def _public_url(value: str) -> str:
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError as error:
        raise SettingsError(f"PUBLIC_URL is not an address: {error}.") from error
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SettingsError("PUBLIC_URL must begin with http:// or https:// and name a host.")
    if parts.path.strip("/") or parts.query or parts.fragment or parts.username:
        raise SettingsError("PUBLIC_URL is only scheme, host and port: no path, query or user.")
    return f"{parts.scheme}://{parts.netloc}".lower()


def _issuer(value: str) -> None:
    parts = urlsplit(value)
    loopback = parts.hostname in ("localhost", "127.0.0.1", "::1")
    if (
        not parts.hostname
        or parts.query
        or parts.fragment
        or not (parts.scheme == "https" or (parts.scheme == "http" and loopback))
    ):
        raise SettingsError("OIDC_ISSUER must be an https:// address (http only on this machine).")
