"""The brief in one language: sections of rows, with the catalogue's names for agencies and systems."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from connectors.brief import texts
from connectors.timescale.brief import Brief, Directive, Down, Fired
from streams.brief import WEEK, Line
from streams.catalogue import Catalogue
from streams.contracts.types import PROVINCE_TIME
from streams.indicators.figures import shown
from streams.indicators.rounding import count, duration
from streams.words import Language, Words

AGENCIES = 12
"""Listed by name, so that the brief stays one page; the others are summed."""

MOST = 15
"""Rows of what is listed one by one; how many more there were is said."""


class Section(NamedTuple):
    """A table under its title: what each column is called, and the cells; `figures` are columns of numbers."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    figures: frozenset[int] = frozenset()
    sources: Sequence[str] = ()
    """Of each row the command that leads to what is behind it, where there is one."""
    left_out: int = 0

    def cut(self) -> "Section":
        """The first rows, and how many were left out."""
        return self._replace(rows=self.rows[:MOST], left_out=max(len(self.rows) - MOST, 0))


class Sheet:
    """A brief laid out for people."""

    def __init__(self, brief: Brief, catalogue: Catalogue, language: Language) -> None:
        self.brief, self.language = brief, language
        self._catalogue = catalogue

    @property
    def province(self) -> str:
        return self._catalogue.name

    @property
    def day(self) -> str:
        return f"{self.brief.day:%d/%m/%Y}"

    @property
    def day_before(self) -> str:
        """The same day of the week before."""
        return f"{self.brief.day - WEEK:%d/%m/%Y}"

    @property
    def as_of(self) -> str:
        return f"{self.brief.as_of.astimezone(PROVINCE_TIME):%H:%M %d/%m/%Y}"

    @property
    def sections(self) -> list[Section]:
        """In the order in which they are read."""
        happened = [self._alerts(), self._outages()]
        said = [self._directives(), self._shift_log(), self._restatements()]
        return [*self._figures(), *happened, *self._overdue(), *said]

    def text(self, name: str) -> str:
        """One of connectors/brief/texts.py, in this language."""
        found: Words = getattr(texts, name)
        return found.of(self.language)

    def _columns(self, *names: str) -> list[str]:
        return [self.text(name) for name in names]

    def _figures(self) -> Iterable[Section]:
        columns = [self.text("INDICATOR"), self.day, self.day_before, self.text("CHANGE")]
        for stream, title in texts.STREAMS.items():
            lines = [line for line in self.brief.lines if line.indicator.stream == stream]
            rows = [[self._title(line), *self._shown(line), self._change(line)] for line in lines]
            sources = [self._source(line.now.name) for line in lines]
            yield Section(title.of(self.language), columns, rows, frozenset({1, 2, 3}), sources)

    def _title(self, line: Line) -> str:
        return line.indicator.title_vi if self.language == "vi" else line.indicator.title_en

    def _shown(self, line: Line) -> list[str]:
        return [shown(figure, line.indicator, self.language) for figure in (line.now, line.before)]

    def _change(self, line: Line) -> str:
        """The difference, marked where it got worse: a colour would not be seen by everybody, nor printed."""
        return line.change(self.language) + (" ✗" if line.better is False else "")

    def _source(self, name: str, where: str = "") -> str:
        day = self.brief.day
        return f"nhip kpi {name} --from {day} --to {day + timedelta(days=1)}{where}"

    def _alerts(self) -> Section:
        rows = [
            [
                texts.SEVERITIES[one.severity].of(self.language) if one.severity in texts.SEVERITIES else one.severity,
                self._reason(one),
                self._at(one.fired_at),
                self._at(one.resolved_at) if one.resolved_at else self.text("STILL"),
                one.acknowledged_by or "",
            ]
            for one in self.brief.alerts
        ]
        sources = [f"nhip alerts history {one.id}" for one in self.brief.alerts]
        columns = self._columns("SEVERITY", "WHAT", "SINCE", "UNTIL", "TAKEN")
        return Section(self.text("ALERTS"), columns, rows, sources=sources).cut()

    def _reason(self, alert: Fired) -> str:
        reason = alert.reason_vi if self.language == "vi" else alert.reason_en
        return ": ".join(filter(None, (" · ".join(alert.labels.values()), reason)))

    def _outages(self) -> Section:
        rows = [
            [
                self._system(one),
                self._at(one.since) if one.since else self.text("BEFORE_THE_DAY"),
                self._at(one.until) if one.until else self.text("STILL"),
                duration(one.seconds, self.language),
            ]
            for one in self.brief.outages
        ]
        sources = [f"nhip show system {one.system}" for one in self.brief.outages]
        columns = self._columns("SYSTEM", "SINCE", "UNTIL", "LASTED")
        return Section(self.text("OUTAGES"), columns, rows, frozenset({3}), sources).cut()

    def _system(self, down: Down) -> str:
        found = self._catalogue.system(down.system)
        return down.system if found is None else found.name if self.language == "vi" else found.name_en

    def _overdue(self) -> Iterable[Section]:
        columns = self._columns("AGENCY", "PHONE", "NUMBER", "BEFORE")
        for name, found in self.brief.overdue.items():
            rows = [[*self._agency(row.agency), count(row.n), count(row.before)] for row in found[:AGENCIES]]
            sources = [
                self._source(name, f" --where agency={row.agency} --events numerator") for row in found[:AGENCIES]
            ]
            if others := found[AGENCIES:]:
                n, before = (count(sum(numbers)) for numbers in zip(*(row[1:] for row in others), strict=True))
                rows.append([f"{len(others)} {self.text('OTHERS')}", "", n, before])
            yield Section(texts.OVERDUE[name].of(self.language), columns, rows, frozenset({2, 3}), sources)

    def _agency(self, code: str) -> tuple[str, str]:
        """Its name, and the phone of who is on duty there."""
        found = self._catalogue.agency(code, self.brief.as_of)
        return (found.name, found.duty_phone or "") if found else (code, "")

    def _directives(self) -> Section:
        rows = [
            [
                self._agency(one.agency)[0],
                one.text,
                self._at(one.due_at),
                texts.STATES[self._state(one)].of(self.language),
            ]
            for one in self.brief.directives
        ]
        return Section(self.text("DIRECTIVES"), self._columns("AGENCY", "WHAT", "DUE", "STATE"), rows).cut()

    def _state(self, directive: Directive) -> str:
        """As it stood at the end of the day."""
        if directive.closed_at:
            return "closed"
        if directive.done_at:
            return "done"
        return "late" if directive.due_at < self.brief.as_of else "waiting"

    def _shift_log(self) -> Section:
        rows = [
            [self._at(one.at), one.who if one.to_whom is None else f"{one.who} → {one.to_whom or '…'}", one.text]
            for one in self.brief.shift_log
        ]
        return Section(self.text("SHIFT_LOG"), self._columns("AT", "WHO", "WHAT"), rows).cut()

    def _restatements(self) -> Section:
        rows = [
            [
                f"{one.first:%d/%m/%Y} – {one.past - timedelta(days=1):%d/%m/%Y}",
                one.measure,
                count(one.subjects),
                f"{one.change:+}",
            ]
            for one in self.brief.restatements
        ]
        columns = self._columns("PERIOD", "MEASURE", "SUBJECTS", "CHANGE")
        return Section(self.text("RESTATED"), columns, rows, frozenset({2, 3})).cut()

    def _at(self, moment: datetime) -> str:
        """The time; the day too where it is another one."""
        local = moment.astimezone(PROVINCE_TIME)
        return f"{local:%H:%M}" if local.date() == self.brief.day else f"{local:%H:%M %d/%m}"
