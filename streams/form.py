"""The form people sign, báo cáo tình hình giải quyết TTHC: per agency × field, what came in and what became of it.

Columns follow form II.06 of Circular 01/2020/TT-VPCP. In every row what was there (carried over, received, moved in
from other agencies or fields) equals what became of it (settled, being settled): DOMAIN §2.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

Side = Literal["numerator", "denominator"]
Key = tuple[str, str]
"""Agency and field."""


class Column(NamedTuple):
    """A column that is asked for: one side of an indicator, grouped by agency and field."""

    name: str
    indicator: str
    side: Side = "numerator"


ASKED = (
    Column("carried_over", "dossiers.carried_over"),
    Column("received", "dossiers.received"),
    Column("online", "dossiers.online"),
    Column("early", "dossiers.finished_early"),
    Column("on_time", "dossiers.finished_on_time"),
    Column("late", "dossiers.finished_late"),
    Column("stock", "dossiers.stock"),
    Column("overdue", "dossiers.overdue"),
)


class Row(NamedTuple):
    """One agency and field. `moved` is how many more dossiers came from other agencies and fields than went there."""

    agency: str
    field: str
    carried_over: int
    online: int
    direct: int
    moved: int
    early: int
    on_time: int
    late: int
    in_time: int
    overdue: int

    @property
    def key(self) -> Key:
        return self.agency, self.field

    @property
    def counts(self) -> tuple[int, ...]:
        """The figures alone, in the order of COUNTS."""
        return self[2:]

    @property
    def received(self) -> int:
        """In the period: online; at the counter and by post."""
        return self.online + self.direct

    @property
    def total(self) -> int:
        """What was there to settle."""
        return self.carried_over + self.received + self.moved

    @property
    def settled(self) -> int:
        return self.early + self.on_time + self.late

    @property
    def being_settled(self) -> int:
        return self.in_time + self.overdue


COUNTS = Row._fields[2:]


def rows(found: Mapping[str, Mapping[Key, int]]) -> list[Row]:
    """Rows in the order of agency and field, from the columns of ASKED by name; rows of nothing are left out."""
    keys = sorted({key for column in found.values() for key in column})
    made = [_row(key, {column.name: found[column.name].get(key, 0) for column in ASKED}) for key in keys]
    return [row for row in made if any(row.counts)]


def _row(key: Key, n: Mapping[str, int]) -> Row:
    settled = n["early"] + n["on_time"] + n["late"]
    return Row(
        *key,
        carried_over=n["carried_over"],
        online=n["online"],
        direct=n["received"] - n["online"],
        moved=settled + n["stock"] - n["carried_over"] - n["received"],
        early=n["early"],
        on_time=n["on_time"],
        late=n["late"],
        in_time=n["stock"] - n["overdue"],
        overdue=n["overdue"],
    )


def total(of: Iterable[Row], agency: str = "", field: str = "") -> Row:
    """The sum of rows. Of all rows of a province `moved` is 0: nothing comes from or goes elsewhere."""
    sums = [0] * len(COUNTS)
    for row in of:
        sums = [a + b for a, b in zip(sums, row.counts, strict=True)]
    return Row(agency, field, *sums)


class Difference(NamedTuple):
    """A cell of a closed form that would be another one today: a restatement (điều chỉnh số liệu)."""

    agency: str
    field: str
    column: str
    closed: int
    now: int


def differences(closed: Sequence[Row], now: Sequence[Row]) -> list[Difference]:
    """Where a form that was closed differs from the same form made now."""
    was, is_now = ({row.key: row.counts for row in of} for of in (closed, now))
    nothing = (0,) * len(COUNTS)
    return [
        Difference(*key, column, before, after)
        for key in sorted({*was, *is_now})
        for column, before, after in zip(COUNTS, was.get(key, nothing), is_now.get(key, nothing), strict=True)
        if before != after
    ]
