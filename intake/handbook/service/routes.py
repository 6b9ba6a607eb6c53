"""Where platforms take reports of fake profiles (P5): changed, tried, removed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from intake import clock
from intake.data.base import db
from intake.engine import audit_trail
from intake.handbook import queries
from intake.handbook.models import Channel, Platform, ReportRoute
from intake.handbook.service import changing
from intake.people.models import Person
from intake.refusals import Stale, Unseen

FIELDS = ("address", "needs_account", "asks")


def fingerprint(route: ReportRoute | None) -> str:
    """What a form carries to say which values it was filled from."""
    return "" if route is None else changing.fingerprint(route, (*FIELDS, "checked_on"))


def store(
    platform: Platform,
    channel: Channel,
    values: Mapping[str, Any],
    by: Person,
    now: datetime,
    *,
    was: str,
) -> ReportRoute:
    """Make or change a platform's route on a channel; who changes where it leads has looked at it
    today. Stale where `was` is not the fingerprint of the route as it is."""
    db.session.refresh(platform, with_for_update=True)
    route = queries.route(platform.code, channel)
    if was != fingerprint(route):
        raise Stale
    step = "change"
    if route is None:
        step = "add"
        route = ReportRoute(
            platform_code=platform.code, channel=channel, address="", needs_account=False, asks=""
        )
        db.session.add(route)
    facts, words = changing.apply(route, values)
    if "address" in words:
        facts["checked_on"] = [_day(route), str(clock.today(now))]
        route.checked_on = clock.today(now)
    db.session.flush()
    if facts or words:
        _note(step, route, by, now, facts, words)
    return route


def check(route: ReportRoute, by: Person, now: datetime) -> None:
    """Note that somebody has tried a route today and it works."""
    db.session.refresh(route, with_for_update={"of": ReportRoute})
    facts = {"checked_on": [_day(route), str(clock.today(now))]}
    route.checked_on = clock.today(now)
    _note("check", route, by, now, facts, {})


def remove(route: ReportRoute, by: Person, now: datetime, *, was: str) -> None:
    """Forget a route that is there no more; Stale where it has changed since it was seen."""
    db.session.refresh(route, with_for_update={"of": ReportRoute})
    if was != fingerprint(route):
        raise Stale
    _note("remove", route, by, now, {}, {"address": [route.address, ""]})
    db.session.delete(route)
    db.session.flush()


def get(code: str, channel: str) -> ReportRoute:
    """A route; raises Unseen where there is none."""
    found = queries.route(code, Channel(channel)) if channel in {*Channel} else None
    if found is None:
        raise Unseen
    return found


def _note(
    step: str,
    route: ReportRoute,
    by: Person,
    now: datetime,
    facts: dict[str, Any],
    words: dict[str, Any],
) -> None:
    whose = {"platform": route.platform_code, "channel": route.channel}
    audit_trail.record(by, now, route, "report_route", step, facts={**whose, **facts}, words=words)


def _day(route: ReportRoute) -> str | None:
    return None if route.checked_on is None else str(route.checked_on)
