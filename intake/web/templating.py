"""What templates may use: dates and numbers in the reader's form, the town, the navigation."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from flask import Flask, current_app, request, url_for
from flask_babel import format_date as babel_date
from flask_babel import format_decimal, get_locale, gettext
from flask_login import current_user
from jinja2 import StrictUndefined

from intake import clock, ports
from intake.addresses import is_web_address
from intake.engine.tracks import Tag
from intake.web import locale

NBSP = "\u00a0"


@dataclass(frozen=True)
class Entry:
    """One entry of the navigation or of the upkeep page: `may(person)` says who sees it,
    `count(person)` the pill, `about` in a sentence what is there, `news(person)` what waits there,
    `covers()` what lies under it."""

    endpoint: str
    label: Any
    place: int = 50  # in the row, from the left
    may: Callable[[Any], bool] = lambda _person: True
    public: bool = False
    count: Callable[[Any], int] = lambda _person: 0
    about: Any = ""
    news: Callable[[Any], str] = lambda _person: ""
    covers: Callable[[], list["Entry"]] = list


@dataclass(frozen=True)
class Link:
    """An entry as a page shows it."""

    url: str
    label: str
    current: bool
    count: int


def init_app(app: Flask) -> None:
    """Give templates their filters and globals."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        date=long_date,
        day=short_date,
        moment=moment,
        hours=hours,
        number=number,
        one_line=one_line,
        weekday=weekday,
        capital=capital,
        followable=followable,
    )
    app.context_processor(_globals)


def _globals() -> dict[str, Any]:
    town = ports.here().town()
    return {
        "town": town,
        "lang": locale.current(),
        "languages": locale.offered(),
        "language_names": locale.NAMES,
        "language_url": locale.url_in,
        "navigation": navigation,
        "person": current_user if current_user and current_user.is_authenticated else None,
        "demo": town.is_demo,
        "unlimited": current_app.config["LIMITS"] == "off",
        "today": clock.today(),
        "deadline": deadline,
    }


def navigation(*, public: bool) -> list[Link]:
    """The entries of the header: on public pages the same for everybody."""
    entries = ports.here().navigation
    return [
        Link(
            url=url_for(entry.endpoint),
            label=str(entry.label),
            current=any(
                _is_within(url_for(one.endpoint, lang=None)) for one in (entry, *entry.covers())
            ),
            count=0 if public else entry.count(current_user),
        )
        for entry in sorted(entries, key=lambda entry: entry.place)
        if entry.public == public and (public or entry.may(current_user))
    ]


def upkeep(person: Any) -> list[Entry]:
    """What a person may look after, in order."""
    entries = ports.here().upkeep
    return [entry for entry in sorted(entries, key=lambda one: one.place) if entry.may(person)]


def _is_within(address: str) -> bool:
    """Is this page the one of that address, or below it?"""
    path = address.partition("?")[0]
    return request.path == path or request.path.startswith(f"{path}/")


def _english() -> bool:
    """Is the text in English? Letters are in their reader's language, whatever the page's."""
    locale = get_locale()
    return locale is not None and locale.language == "en"


def capital(text: str) -> str:
    """The text with a capital letter first."""
    return text[:1].upper() + text[1:]


def followable(address: str) -> str:
    """The address where a click may follow it (A28): a whole web address, or a mail address with
    its scheme; else nothing."""
    scheme, _, rest = address.partition(":")
    if scheme == "mailto" and re.fullmatch(r"[^\s:/?#&]+@[^\s:/?#&]+", rest):
        return address
    return address if is_web_address(address) else ""


def _local(value: date | datetime) -> date:
    return clock.today(value) if isinstance(value, datetime) else value


def long_date(value: date | datetime | None) -> str:
    """24.11.2026 in Finnish and Swedish, 24 November 2026 in English."""
    if value is None:
        return ""
    pattern = "d MMMM yyyy" if _english() else "d.M.yyyy"
    return str(babel_date(_local(value), pattern)).replace(" ", NBSP)


def short_date(value: date | datetime | None) -> str:
    """With the weekday and without this year: "to 26.11."; with the year where it is another."""
    if value is None:
        return ""
    day = _local(value)
    this_year = day.year == clock.today().year
    if _english():
        pattern = "EEE d MMM" if this_year else "EEE d MMM yyyy"
    else:
        pattern = "ccc d.M." if this_year else "ccc d.M.yyyy"
    return str(babel_date(day, pattern)).replace(" ", NBSP)


def weekday(value: date) -> str:
    """The date with its weekday in full, such as "tiistai 24.11.2026", with a capital letter."""
    pattern = "EEEE d MMMM yyyy" if _english() else "cccc d.M.yyyy"
    return capital(str(babel_date(value, pattern))).replace(" ", NBSP)


def deadline(until: datetime | None, now: datetime | None = None) -> Tag | None:
    """A deadline as a tag: late in red, within two days in amber, else plain."""
    if until is None:
        return None
    left = (clock.today(until) - clock.today(now)).days
    if left < 0:
        return Tag(gettext("was due %(day)s", day=short_date(until)), "bad", "clock")
    return Tag(
        gettext("by %(day)s", day=short_date(until)), "warn" if left <= 2 else "wait", "clock"
    )


def moment(value: datetime | None) -> str:
    """Date and time in Helsinki, such as "24.11.2026 klo 15.42"."""
    if value is None:
        return ""
    local = value.astimezone(clock.HELSINKI)
    if _english():
        return f"{long_date(value)}, {local:%H:%M}"
    at = gettext("at")
    return f"{long_date(value)}{NBSP}{at}{NBSP}{local.hour}.{local:%M}"


def number(value: Decimal | float) -> str:
    """A number with the reader's decimal sign, without needless zeros."""
    return str(format_decimal(value))


def hours(value: Decimal | float) -> str:
    """Hours with their unit, such as "1,5 h"."""
    return f"{number(value)}{NBSP}h"


def one_line(text: str) -> str:
    """Text on one line."""
    return " ".join(str(text).split())
