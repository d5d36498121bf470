"""What comes after its time was pruned: it can neither be folded any more nor told from a repetition."""

from streams.days import moment
from streams.deadletters import Reason, Refusal
from streams.decoding import Decoded, dead_letter
from streams.fetch import Fetch


def above(decoded: Decoded, fetch: Fetch, floor: int) -> Decoded:
    """What happened at the floor (microseconds) or later; the rest becomes dead letters `pruned`."""
    below = {item.offset: item.appended_at for item in decoded.accepted if item.time < floor}
    if not below:
        return decoded
    refusal = Refusal(Reason.PRUNED, f"what happened before {moment(floor).isoformat()} was pruned", "$.time")
    letters = [dead_letter(record, below[record.offset], refusal) for record in fetch.records if record.offset in below]
    return Decoded(
        [item for item in decoded.accepted if item.offset not in below],
        sorted([*decoded.refused, *letters], key=lambda letter: letter.offset),
        {offset: n for offset, n in decoded.unknown.items() if offset not in below},
        decoded.canaries,
    )
