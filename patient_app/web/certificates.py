"""When the certificate we serve with runs out."""

import datetime
from pathlib import Path


def ends(certificate: str) -> datetime.datetime:
    """When that file's certificate runs out. Raises ValueError when it cannot be read."""
    try:
        from cryptography import x509

        return x509.load_pem_x509_certificate(Path(certificate).read_bytes()).not_valid_after_utc
    except (ImportError, OSError, ValueError) as error:
        raise ValueError(type(error).__name__) from error


def days_left(certificate: str, now: datetime.datetime) -> float | None:
    """Days until then, below 0 when it ran out; None without a certificate or when it cannot be read."""
    if not certificate:
        return None
    try:
        return (ends(certificate) - now) / datetime.timedelta(days=1)
    except ValueError:
        return None
