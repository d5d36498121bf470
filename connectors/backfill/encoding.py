"""Which encoding a file is in: its byte order mark says it, else UTF-8 if it is that, else the likeliest."""

import codecs
from pathlib import Path

from charset_normalizer import from_bytes

from connectors.backfill.errors import UnreadableFile

UTF_8 = "utf-8"

_SAMPLE_BYTES = 256 * 1024
_GUESS_BYTES = 32 * 1024  # telling legacy encodings apart needs no more, and takes its time
_MARKS = (  # that of UTF-32 begins with that of UTF-16
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LEGACY = ["utf_16_le", "utf_16_be", "cp1258", "cp1252"]
"""What Windows wrote in Vietnam. Among all encodings there are, a short text always fits several."""


def detect(path: Path) -> str:
    """The name of a Python codec. Raises UnreadableFile where none fits."""
    with path.open("rb") as file:
        sample = file.read(_SAMPLE_BYTES)
    for mark, name in _MARKS:
        if sample.startswith(mark):
            return name
    if _is_utf_8(sample):
        return UTF_8
    found = from_bytes(sample[:_GUESS_BYTES], cp_isolation=_LEGACY).best()
    if found is None:
        raise UnreadableFile(f'{path} is in no encoding that can be told: name it in a mapping, encoding = "cp1258"')
    return found.encoding


def _is_utf_8(sample: bytes) -> bool:
    """A few broken bytes do not make it another encoding: their rows are refused, and the others stay readable."""
    if b"\0" in sample:  # UTF-16 of plain ASCII is valid UTF-8, full of NUL
        return False
    text = codecs.getincrementaldecoder(UTF_8)("replace").decode(sample, final=len(sample) < _SAMPLE_BYTES)
    broken = text.count("\ufffd")
    return 3 * broken <= sum(not letter.isascii() for letter in text)
