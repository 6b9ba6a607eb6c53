"""Working days, Finnish holidays, and days that end in Helsinki."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake import clock


@pytest.mark.policy("O3")
@pytest.mark.parametrize(
    ("since", "days", "due"),
    [
        (date(2026, 11, 23), 10, date(2026, 12, 7)),  # Independence Day is a Sunday this year
        (date(2026, 12, 17), 10, date(2027, 1, 5)),  # over Christmas, its eve too, and New Year
        (date(2027, 3, 24), 2, date(2027, 3, 30)),  # over Easter
    ],
)
def test_working_days_skip_weekends_and_finnish_holidays(since, days, due):
    moment = datetime(since.year, since.month, since.day, 9, tzinfo=UTC)
    assert clock.today(clock.due(moment, days, working=True)) == due


def test_christmas_and_midsummer_are_no_working_days():
    for day in (date(2026, 12, 25), date(2026, 6, 19), date(2026, 1, 6), date(2026, 12, 6)):
        assert not clock.is_working_day(day)
    assert clock.is_working_day(date(2026, 12, 7))


def test_a_calendar_deadline_on_a_free_day_moves_to_the_next_working_day():
    assert clock.today(clock.due(date(2026, 12, 11), 14)) == date(2026, 12, 28)


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)), st.integers(0, 200))
def test_f13_a_deadline_ends_with_its_day_in_helsinki(day, days):
    due = clock.due(day, days)
    local = due.astimezone(clock.HELSINKI)
    assert (local.hour, local.minute, local.second) == (23, 59, 59)
    assert clock.today(due) >= day + timedelta(days=days)


def test_the_demo_plays_at_another_moment():
    past = datetime(2020, 1, 1, tzinfo=UTC)
    with clock.at(past):
        assert clock.now() == past
    assert clock.now() != past
