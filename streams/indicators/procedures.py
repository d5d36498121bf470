"""What is counted of procedures, not of dossiers: services by level, how many can be done online, and how many are."""

from collections.abc import Mapping
from datetime import datetime

from streams.catalogue import Catalogue, Procedure
from streams.dossiers.filing import OFFERED_ONLINE

Share = tuple[int, int | None]

Counts = Mapping[str, int]
"""By the code of a procedure: how many dossiers."""


def in_force(catalogue: Catalogue, at: datetime) -> list[Procedure]:
    """The procedures that hold at a moment; one procedure is one service."""
    codes = {procedure.code for procedure in catalogue.procedures}
    found = (catalogue.procedure(code, at) for code in sorted(codes))
    return [procedure for procedure in found if procedure is not None]


def services(catalogue: Catalogue, at: datetime, _: Counts) -> Share:
    """All of them."""
    return len(in_force(catalogue, at)), None


def services_informed(catalogue: Catalogue, at: datetime, _: Counts) -> Share:
    """Those of levels 1 and 2: information and forms alone."""
    return sum(procedure.online_level < OFFERED_ONLINE for procedure in in_force(catalogue, at)), None


def services_partial(catalogue: Catalogue, at: datetime, _: Counts) -> Share:
    """Those of level 3, một phần."""
    return sum(procedure.online_level == OFFERED_ONLINE for procedure in in_force(catalogue, at)), None


def services_full(catalogue: Catalogue, at: datetime, _: Counts) -> Share:
    """Those of level 4, toàn trình."""
    return sum(procedure.online_level > OFFERED_ONLINE for procedure in in_force(catalogue, at)), None


def offered_online(catalogue: Catalogue, at: datetime, _: Counts) -> Share:
    """Offered online ÷ all."""
    found = in_force(catalogue, at)
    return sum(procedure.online_level >= OFFERED_ONLINE for procedure in found), len(found)


def payable_online(catalogue: Catalogue, at: datetime, _: Counts) -> Share:
    """With online payment ÷ all, as account 003 counts them: 1 344 of 1 722."""
    found = in_force(catalogue, at)
    return sum(procedure.online_payment for procedure in found), len(found)


def filed_online(catalogue: Catalogue, at: datetime, filed: Counts) -> Share:
    """With a dossier filed online in the period ÷ offered online."""
    offered = [one.code for one in in_force(catalogue, at) if one.online_level >= OFFERED_ONLINE]
    return sum(filed.get(code, 0) > 0 for code in offered), len(offered)


def paid_online(catalogue: Catalogue, at: datetime, paid: Counts) -> Share:
    """With a dossier paid online in the period ÷ those that bear a fee."""
    bearing = [one.code for one in in_force(catalogue, at) if one.fee]
    return sum(paid.get(code, 0) > 0 for code in bearing), len(bearing)
