"""What is done to cases; `take` is the one road, `receive` the one way in."""

from intake.fakes.matching.report_keys import read
from intake.fakes.service.bulk import Sorted, sort
from intake.fakes.service.incoming import Sent, add, receive
from intake.fakes.service.reporter_actions import TRACK as FOLLOWING
from intake.fakes.service.steps import CASE, POLICE, take

__all__ = [
    "CASE",
    "FOLLOWING",
    "POLICE",
    "Sent",
    "Sorted",
    "add",
    "read",
    "receive",
    "sort",
    "take",
]
