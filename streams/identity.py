"""The identity of an event: a 128-bit hash of its source and id (DESIGN, step 4)."""

from hashlib import blake2b


def identity(source: str, event_id: str) -> str:
    """32 hex digits that PostgreSQL reads as a uuid. NUL cannot occur in either part, so the join is unambiguous."""
    return blake2b(f"{source}\0{event_id}".encode(), digest_size=16).hexdigest()
