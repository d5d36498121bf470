"""What can go wrong with an embedded part."""

from streams.errors import Unreachable


class PartFailed(Unreachable):
    """An embedded part did not start; the message ends with the last lines it wrote."""
