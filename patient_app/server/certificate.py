"""What the server proves itself with."""

import ssl


def tls(certificate: str, key: str) -> ssl.SSLContext | None:
    """TLS 1.2 and 1.3, HTTP/1.1 alone; None without a certificate."""
    if not certificate:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_alpn_protocols(["http/1.1"])
    context.load_cert_chain(certificate, key)
    return context
