"""Everything that a stream's subjects contribute, summed again: for `nhip verify`."""

from collections import Counter
from dataclasses import dataclass, field

from streams.contracts import Stream
from streams.flows import Ahead, Cell, Contribution, to_come
from streams.rollup import Row, leaves, rows, unplaced

AT_ONCE = 5_000
"""Subjects gathered before they are expanded: by place and day they have many more cells than the rows they end in."""


@dataclass(slots=True)
class Recounted:
    """The rows of counters with their lanes as stored, what is to come, and the cells of all places together."""

    stream: Stream
    lanes: dict[str, int]
    rows: Counter[Row] = field(default_factory=Counter)
    ahead: Counter[Ahead] = field(default_factory=Counter)
    everywhere: Counter[Cell] = field(default_factory=Counter)
    _gathered: list[Contribution] = field(default_factory=list)

    def add(self, counts: Contribution) -> None:
        """Add what one subject contributes."""
        self._gathered.append(counts)
        for cell, n in counts.cells.items():
            self.everywhere[cell._replace(place=())] += n
        if len(self._gathered) >= AT_ONCE:
            self.finish()

    def finish(self) -> None:
        """Expand what is gathered. A measure that was never stored gets a lane of its own, which then differs."""
        free = max(self.lanes.values(), default=-1) + 1
        for lane, measure in enumerate(unplaced(self._gathered, self.lanes), free):
            self.lanes[measure] = lane
        for row, counters in rows(self.stream.name, leaves(self.stream.name, self._gathered, (), self.lanes)).items():
            self.rows[row] += counters
        for address, n in to_come(self._gathered, ()).items():
            self.ahead[address] += n
        self._gathered.clear()
