"""Nhịp's errors. Each says what happened and what to do; only the edge turns them into exit codes or HTTP problems."""


class NhipError(Exception):
    """Something Nhịp can explain went wrong."""

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or self.__doc__)


class WrongUse(NhipError):
    """The command, setting or request is not one Nhịp knows (exit code 2)."""


class Unreachable(NhipError):
    """A part that is needed (Kafka, the database, the gateway) cannot be reached (exit code 3)."""
