"""What the product brings to an empty database."""

from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from intake import clock
from intake.data.base import db
from intake.handbook.models import GuidelineVersion, Platform, ReportRoute
from intake.handbook.shipped import PLATFORMS, ROUTES

TEXTS = Path(__file__).parent.parent / "guidelines"


def ensure_shipped(now: datetime) -> None:
    """Fill in what is shipped and not there: platforms with their report routes, and the first
    guidelines.

    Called inside `write()` at every start; what the town has changed or removed stays so. Shipped
    rows are nobody's doing and leave no trail. Hosts are shipped with the address rules: the table
    holds those that the town adds.
    """
    there = set(db.session.scalars(select(Platform.code)))
    db.session.add_all(Platform(**line._asdict()) for line in PLATFORMS if line.code not in there)
    db.session.flush()
    _ensure_routes(there)
    if db.session.scalars(select(GuidelineVersion.id).limit(1)).first() is None:
        texts = {f"text_{code}": _shipped_text(code) for code in ("fi", "sv", "en")}
        db.session.add(GuidelineVersion(number=1, in_force_on=clock.today(now), **texts))
    db.session.flush()


def _ensure_routes(there: set[str]) -> None:
    """The routes of platforms that are new; of all where no route has ever been there."""
    first = db.session.scalars(select(ReportRoute.id).limit(1)).first() is None
    db.session.add_all(
        ReportRoute(**line._asdict()) for line in ROUTES if first or line.platform_code not in there
    )


def _shipped_text(code: str) -> str:
    return (TEXTS / f"1.{code}.md").read_text(encoding="utf-8")
