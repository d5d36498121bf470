"""Refused rows: a file beside the history, to be mended and imported again, and their count by reason."""

import csv
import os
from collections import Counter
from pathlib import Path
from typing import IO, Self

import orjson

from connectors.backfill.conversion import Reasoned, Refused
from connectors.backfill.rows import Rows

_REASONS_COUNTED = 1000  # sentences may name values, and then there is one for every row
_REASON_COLUMNS = ("refused_line", "refused_why")


class Refusals:
    """Writes FILE.refused.jsonl, or .csv with the columns of the file; nothing where nothing was refused.

    The rows are as they came, names of applicants included: only the user who runs the import may read them.
    """

    def __init__(self, path: Path, rows: Rows) -> None:
        self._header = rows.header
        self.path = path.with_name(f"{path.name}.refused.{'csv' if self._header else 'jsonl'}")
        self.path.unlink(missing_ok=True)
        self.rows = 0
        self.reasons: Counter[Reasoned] = Counter()
        self.first_lines: dict[Reasoned, int] = {}
        self._file: IO[str] | None = None

    def add(self, refused: Refused) -> None:
        """Keep one row."""
        self.rows += 1
        for reason in refused.reasons:
            if reason in self.reasons or len(self.reasons) < _REASONS_COUNTED:
                self.reasons[reason] += 1
                self.first_lines.setdefault(reason, refused.line)
        file = self._file = self._file or self._opened()
        why = "; ".join(f"{reason}: {detail}" for reason, detail in refused.reasons)
        if self._header:
            csv.writer(file).writerow([*(orjson.loads(refused.raw or b"[]")), refused.line, why])
        else:
            reasons = [reason._asdict() for reason in refused.reasons]
            row = refused.raw.decode(errors="replace")
            file.write(orjson.dumps({"line": refused.line, "reasons": reasons, "row": row}).decode() + "\n")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()

    def _opened(self) -> IO[str]:
        number = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        file = os.fdopen(number, "w", encoding="utf-8", newline="")
        if self._header:
            csv.writer(file).writerow([*self._header, *_REASON_COLUMNS])
        return file
