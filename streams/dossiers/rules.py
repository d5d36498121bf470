"""What the catalogue says of one dossier: its working time, its procedure, and whether its codes are known."""

from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from streams.calendar import WorkingTime
from streams.catalogue import Catalogue, Procedure
from streams.dossiers.life_cycle import WAITING_FOR_CITIZEN, WAITING_FOR_FEE
from streams.flows import UNASSIGNED

DUE_SOON_S = 2 * 8 * 3600
"""Sắp đến hạn: two working days of eight hours or less are left."""


class Rules(NamedTuple):
    """Without a procedure a wait extends the due date, a fee does not pause, and there is no due date of ours."""

    catalogue: Catalogue
    working_time: WorkingTime
    procedure: Procedure | None

    def pauses(self, status: int) -> bool:
        """Whether the statutory clock stands still in a status: in 5, and in 6 where the procedure says so."""
        if status == WAITING_FOR_FEE:
            return self.procedure is not None and self.procedure.fee_pauses
        return status == WAITING_FOR_CITIZEN

    @property
    def restarts(self) -> bool:
        """Whether the working time begins anew after a wait for the citizen."""
        return self.procedure is not None and self.procedure.pause == "restart"

    def deadline(self, start: datetime) -> datetime | None:
        """When work that begins at a moment is due by the procedure's working time; None when that is not known."""
        if self.procedure is None:
            return None
        if self.procedure.working_hours is not None:
            return self.working_time.after(start, self.procedure.working_hours * 3600)
        return self.working_time.end_of_day_after(start, self.procedure.working_days or 0)

    def soon_before(self, due_at: datetime) -> datetime:
        """From when on a due date is near."""
        return _soon_before(self.working_time, due_at)

    def unknown(self, agency: str, field: str, procedure: str) -> tuple[str, ...]:
        """Which of a dossier's codes the catalogue has never known, of the kinds that it lists."""
        return _unknown(self.catalogue, agency, field, procedure)


@lru_cache(maxsize=16_384)  # many dossiers are due at the end of the same day
def _soon_before(working_time: WorkingTime, due_at: datetime) -> datetime:
    return working_time.before(due_at, DUE_SOON_S)


@lru_cache(maxsize=16_384)
def _unknown(catalogue: Catalogue, agency: str, field: str, procedure: str) -> tuple[str, ...]:
    found = []
    if agency != UNASSIGNED and catalogue.agencies and not catalogue.has_agency(agency):
        found.append("agency")
    if field != UNASSIGNED and catalogue.fields and not catalogue.has_field(field):
        found.append("field")
    if procedure != UNASSIGNED and catalogue.procedures and not catalogue.has_procedure(procedure):
        found.append("procedure")
    return tuple(found)
