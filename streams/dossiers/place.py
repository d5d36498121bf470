"""Where a dossier counts: the agency is that of the moment, the rest what was told last."""

from streams.dossiers.facts import Facts
from streams.dossiers.fold import Dossier
from streams.flows import UNASSIGNED, Place


class Places:
    """The places of one dossier."""

    def __init__(self, last: Dossier) -> None:
        facts = last.facts
        self._rest = (
            UNASSIGNED if "field" in facts.unknown else facts.field,
            UNASSIGNED if "procedure" in facts.unknown else facts.procedure,
            facts.channel or UNASSIGNED,
        )
        self._facts: Facts | None = None
        self._place: Place = ()

    def of(self, dossier: Dossier) -> Place:
        """Where the dossier counts in one of its states."""
        facts = dossier.facts
        if facts is not self._facts:
            agency = UNASSIGNED if "agency" in facts.unknown else facts.agency
            self._facts, self._place = facts, (agency, *self._rest)
        return self._place
