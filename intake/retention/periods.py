"""Lengths of time by the calendar: months of different lengths, in Helsinki."""

import calendar
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from flask_babel import ngettext

from intake import clock


class Unit(StrEnum):
    """What a length is counted in."""

    MONTHS = "months"
    DAYS = "days"
    MINUTES = "minutes"


@dataclass(frozen=True)
class Length:
    """How long: the product's number, and between which keepers may choose another; where both
    limits are the number itself, it is fixed by how the program works."""

    number: int
    unit: Unit = Unit.MONTHS
    least: int = 0
    most: int = 0

    @property
    def is_fixed(self) -> bool:
        """May nobody choose another?"""
        return not self.most

    @classmethod
    def of(cls, span: timedelta) -> "Length":
        """A span that the program keeps to, in whole days, else in minutes."""
        if span % timedelta(days=1):
            return cls(int(span / timedelta(minutes=1)), Unit.MINUTES)
        return cls(span.days, Unit.DAYS)


def before(now: datetime, number: int, unit: Unit) -> datetime:
    """The moment so long ago; a day that its month lacks is the last one of that month."""
    if unit is not Unit.MONTHS:
        return now - timedelta(**{unit.value: number})
    here = now.astimezone(clock.HELSINKI)
    year, month = divmod(here.year * 12 + here.month - 1 - number, 12)
    day = min(here.day, calendar.monthrange(year, month + 1)[1])
    return here.replace(year=year, month=month + 1, day=day).astimezone(now.tzinfo)


def told(number: int, unit: Unit) -> Any:
    """A length in words: whole years where it is some."""
    if unit is Unit.MINUTES:
        return ngettext("one minute", "%(num)d minutes", number)
    if unit is Unit.DAYS:
        return ngettext("one day", "%(num)d days", number)
    if number % 12 == 0:
        return ngettext("one year", "%(num)d years", number // 12)
    return ngettext("one month", "%(num)d months", number)
