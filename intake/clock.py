"""Time: aware UTC inside, Europe/Helsinki at the edge, Finnish working days between."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

HELSINKI = ZoneInfo("Europe/Helsinki")
OFFICE = time(8), time(16)  # when officials are at work
_moment: ContextVar[datetime | None] = ContextVar("moment", default=None)


def now() -> datetime:
    """This moment, aware, in UTC."""
    return _moment.get() or datetime.now(UTC)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let everything inside happen at another moment: the demo plays its past so."""
    token = _moment.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _moment.reset(token)


def today(moment: datetime | None = None) -> date:
    """The date in Helsinki."""
    return (moment or now()).astimezone(HELSINKI).date()


def end_of(day: date) -> datetime:
    """The last second of a day in Helsinki, in UTC: a deadline on a date ends with it."""
    return datetime.combine(day, time(23, 59, 59), HELSINKI).astimezone(UTC)


def is_working_day(day: date) -> bool:
    """Neither Saturday, Sunday nor a Finnish public holiday."""
    return day.weekday() < 5 and day not in _holidays(day.year)


def next_working_day(day: date) -> date:
    """The day itself, or the first working day after it."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def due(since: datetime | date, days: int, *, working: bool = False) -> datetime:
    """The end of the day `days` after `since` in Helsinki: working days, or calendar days that
    move to the next working day where they end on a free one."""
    day = today(since) if isinstance(since, datetime) else since
    if working:
        for _ in range(days):
            day = next_working_day(day + timedelta(days=1))
        return end_of(next_working_day(day))
    return end_of(next_working_day(day + timedelta(days=days)))


def after_office_hours(since: datetime, hours: int) -> datetime:
    """The moment when so many hours of office time (working days 8 to 16) have passed."""
    moment, left = since.astimezone(HELSINKI), timedelta(hours=hours)
    while True:
        opens, closes = (datetime.combine(moment, at, HELSINKI) for at in OFFICE)
        begins = max(moment, opens)
        if is_working_day(moment.date()) and begins + left <= closes:
            return (begins + left).astimezone(UTC)
        if is_working_day(moment.date()) and begins < closes:
            left -= closes - begins
        moment = datetime.combine(moment + timedelta(days=1), time(), HELSINKI)


@lru_cache(maxsize=32)
def _holidays(year: int) -> frozenset[date]:
    import holidays  # half a second to load: only where a deadline is counted

    return frozenset(holidays.country_holidays("FI", years=year))
