"""What GeoReport v2 answers when it cannot do what was asked."""


class Refused(Exception):
    """An answer of the form `[{code, description}]` with the HTTP status as its code."""

    def __init__(self, status: int, description: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.headers = headers or {}
