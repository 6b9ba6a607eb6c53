"""Who has opened reporters' data and originals, month by month, for the lead handlers."""

from typing import Any

from flask import render_template, request
from flask_babel import format_date

from intake import access, clock, templating
from intake.fakes import opened
from intake.fakes.views.cases import me
from intake.fakes.views.room import room
from intake.people.models import Role


@room.get("/cases/opened", endpoint="opened")
@access.roles(Role.LEAD.value, referrer=access.UNSEEN)
def index() -> Any:
    """Every opening of protected data in a month: the last whole one, unless another is asked for
    (A80)."""
    today, person = clock.today(), me()
    first = opened.first_of(request.args.get("month", ""), today)
    following = opened.after(first)
    return render_template(
        "fakes/opened.html",
        month=templating.capital(format_date(first, "LLLL yyyy")),
        counts=opened.counts(person, first),
        openings=opened.openings(person, first),
        before=f"{opened.before(first):%Y-%m}",
        after=f"{following:%Y-%m}" if following <= today else "",
        most=opened.SHOWN,
    )
