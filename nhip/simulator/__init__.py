"""A province's day out of a seed: the same seed, start and rate give the same events, byte for byte."""

from nhip.simulator.records import Kind, Record, Tally, records
from nhip.simulator.traffic import generate
from nhip.simulator.trouble import disturb

__all__ = ["Kind", "Record", "Tally", "disturb", "generate", "records"]
