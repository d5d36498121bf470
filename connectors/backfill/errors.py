"""What stops an import before its first row."""

from streams.errors import NhipError


class UnreadableFile(NhipError):
    """The file cannot be read as rows of a known kind."""


class WrongMapping(NhipError):
    """The mapping file says something that Nhịp cannot do."""
