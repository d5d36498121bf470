"""Colours that the colour-blind tell apart (Okabe and Ito, Color Universal Design, 2008), and thresholds made of them.

Good to bad is blue, orange, vermilion: never green against red. The number beside a colour always says the same.
"""

from dataclasses import dataclass

GOOD, WARNING, BAD = "#56B4E9", "#E69F00", "#D55E00"

SERIES = ("#E69F00", "#56B4E9", "#009E73", "#F0E442", "#0072B2", "#D55E00", "#CC79A7", "#999999")
"""Eight, in the authors' order; black is grey here, since walls are dark."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """`first` from the smallest value on, then each colour from its value on."""

    first: str
    steps: tuple[tuple[float, str], ...] = ()

    def render(self) -> dict[str, object]:
        steps = [{"color": self.first, "value": None}] + [{"color": colour, "value": at} for at, colour in self.steps]
        return {"mode": "absolute", "steps": steps}


NONE = Thresholds(GOOD)
"""Indicators have no target of the province yet, and a colour without a target would be a verdict of ours."""
