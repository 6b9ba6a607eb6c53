"""What is done to cases; `take` is the one road, `receive` the one way in."""

from intake.fakes.matching.report_keys import read
from intake.fakes.service.following import TRACK as FOLLOWING
from intake.fakes.service.noting import aim, end_exclusion, look, note, prioritise
from intake.fakes.service.receiving import Sent, add, receive
from intake.fakes.service.sorting import Sorted, sort
from intake.fakes.service.taking import CASE, POLICE, take

__all__ = [
    "CASE",
    "FOLLOWING",
    "POLICE",
    "Sent",
    "Sorted",
    "add",
    "aim",
    "end_exclusion",
    "look",
    "note",
    "prioritise",
    "read",
    "receive",
    "sort",
    "take",
]
