"""Where a dossier counts: the agency is that of the moment, the rest what was told last."""

from streams.dossiers.fold import Dossier
from streams.flows import UNASSIGNED, Place


class Places:
    """The places of one dossier, made once for each agency."""

    def __init__(self, last: Dossier) -> None:
        self._rest = (
            UNASSIGNED if "field" in last.unknown else last.field,
            UNASSIGNED if "procedure" in last.unknown else last.procedure,
            last.channel or UNASSIGNED,
        )

    def of(self, dossier: Dossier) -> Place:
        """Where the dossier counts in one of its states."""
        return (agency(dossier), *self._rest)


def agency(dossier: Dossier) -> str:
    """The agency that a state counts for."""
    return UNASSIGNED if "agency" in dossier.unknown else dossier.agency
