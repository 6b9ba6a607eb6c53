"""Who has opened reporters' data and originals, month by month, for the lead handlers."""

from typing import Any

from flask import render_template, request
from flask_babel import format_date

from intake import clock
from intake.engine.step_view import me
from intake.fakes.desk import disclosure_report
from intake.fakes.views.room import room
from intake.people.models import Role
from intake.web import access, templating


@room.get("/cases/opened", endpoint="opened")
@access.roles(Role.LEAD.value, referrer=access.UNSEEN)
def index() -> Any:
    """Every opening of protected data in a month: the last whole one, unless another is asked for
    (A80)."""
    today, person = clock.today(), me()
    first = disclosure_report.first_of(request.args.get("month", ""), today)
    following = disclosure_report.after(first)
    return render_template(
        "fakes/opened.html",
        month=templating.capital(format_date(first, "LLLL yyyy")),
        counts=disclosure_report.counts(person, first),
        openings=disclosure_report.openings(person, first),
        before=f"{disclosure_report.before(first):%Y-%m}",
        after=f"{following:%Y-%m}" if following <= today else "",
        most=disclosure_report.SHOWN,
    )
