"""A province out of a seed: the same seed and times give the same events, byte for byte."""

from nhip.simulator.records import Kind, Record, Tally, at_their_times, records
from nhip.simulator.traffic import generate, history
from nhip.simulator.trouble import disturb

__all__ = ["Kind", "Record", "Tally", "at_their_times", "disturb", "generate", "history", "records"]
