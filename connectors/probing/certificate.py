"""How long a server's certificate is good for."""

import ssl
import time
from pathlib import Path

_DAY = 86_400


def trust(ca_file: Path | None) -> ssl.SSLContext:
    """Whom the prober believes: the system's authorities, and those in `ca_file` (an office's own). Raises OSError."""
    context = ssl.create_default_context()
    if ca_file is not None:
        context.load_verify_locations(ca_file)
    return context


def days_left(secured: ssl.SSLObject | ssl.SSLSocket) -> int | None:
    """Whole days until the certificate of a verified connection ends."""
    certificate = secured.getpeercert()
    if not certificate:
        return None
    return int((ssl.cert_time_to_seconds(str(certificate["notAfter"])) - time.time()) // _DAY)
