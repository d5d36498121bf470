"""What a rule finds: something that is wrong now, with its reason in both languages and the figures behind it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from streams.catalogue.rules import Rule
from streams.words import Words

Labels = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule's word about one thing, named by its labels.

    `sure` False: nobody can tell now, or it is on the edge; such a finding keeps an alert as it is and starts none.
    `since`: when it began (microseconds), None for "when first found". `level`: the higher the worse, of one alert.
    `suppressed_by`: why nobody is told, such as `parent:data-centre` or `maintenance`. `passing`: said and done, like a
    digest, whose end is told to nobody.
    """

    rule: Rule
    labels: Labels
    reason: Words
    since: int | None = None
    sure: bool = True
    suppressed_by: str | None = None
    level: int = 0
    passing: bool = False
    evidence: Mapping[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The alert's identity: rule and labels, whatever else is found of them."""
        return alert_id(self.rule.name, self.labels)

    def says_the_same(self, other: "Finding") -> bool:
        """Whether nothing has changed, of one alert: cheaper than comparing rules and labels too."""
        return (
            self.rule is other.rule
            and self.since == other.since
            and self.sure == other.sure
            and self.suppressed_by == other.suppressed_by
            and self.level == other.level
            and self.reason == other.reason
            and self.evidence == other.evidence
        )


def alert_id(rule: str, labels: Labels) -> str:
    """16 hexadecimal digits, the same for the same rule and labels for ever."""
    return _id(rule, tuple(sorted(labels.items())))


@lru_cache(maxsize=100_000)
def _id(rule: str, labels: tuple[tuple[str, str], ...]) -> str:
    """Asked for at every look, of every finding."""
    content = "\0".join([rule, *(f"{name}\0{value}" for name, value in labels)])
    return hashlib.sha256(content.encode()).hexdigest()[:16]
