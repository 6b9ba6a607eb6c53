"""The pages about how long data is kept: the table, one row of it, and the clock."""

from decimal import Decimal
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from intake import clock
from intake.data.base import db
from intake.data.write import write
from intake.engine import legal_hold, tracks
from intake.engine.step_view import me
from intake.establishment import queries as requests
from intake.establishment.models import Request
from intake.fakes import parties as case_parties
from intake.fakes import queries as cases
from intake.fakes.models import Case
from intake.people import queries as people
from intake.people.models import Person, Role
from intake.profiles import queries as profiles
from intake.refusals import Stale, Unready
from intake.retention import clock_guard, periods, service, table
from intake.retention.forms import ClockForm, form_of
from intake.retention.table import Row
from intake.retention.views.room import room
from intake.web import access

KEEPING = (Role.ADMINISTRATOR.value, Role.KEEPER.value)
CODES = ", ".join(row.code for row in table.ROWS if row.is_adjustable)


@room.get("/retention", endpoint="table")
@access.roles(*KEEPING)
def table_page() -> Any:
    """Every type of data with its time, what is held back, and whether the clock is trusted."""
    person = me()
    return render_template(
        "retention/table.html",
        rows=table.ROWS,
        fates=table.FATES,
        limits=_limits,
        may_change=Role.KEEPER in person.roles,
        run=clock_guard.newest(),
        may_confirm=Role.ADMINISTRATOR in person.roles,
        holds=_holds(person),
    )


def _limits(row: Row) -> str:
    """Between which lengths keepers may choose, in words."""
    least, most = (
        str(periods.told(number, row.length.unit)) for number in (row.length.least, row.length.most)
    )
    return str(_("from %(least)s to %(most)s", least=least, most=most))


def _holds(person: Person) -> list[dict[str, Any]]:
    """The holds that stand: what each is on, since when, by whom and why; without page and reason
    for who may not see that, and none at all for who is excluded from a case (A70)."""
    rows = list(db.session.scalars(legal_hold.standing()))
    names = people.people(one.by_id for one in rows)
    found = []
    for hold in rows:
        track = tracks.track(hold.subject_type)
        subject = tracks.load(hold.subject_type, hold.subject_id)
        if subject is None or _is_excluded(subject, person):
            continue
        is_seen = _is_seen(subject, person)
        title = track.title(subject) if is_seen else hold.subject_id
        found.append(
            {
                "title": subject.reference or title,
                "url": track.address(subject) if is_seen else "",
                "since": hold.since,
                "by": names[hold.by_id].name if hold.by_id in names else "",
                "reason": hold.reason if is_seen else "",
            }
        )
    return found


def _is_excluded(subject: Any, person: Person) -> bool:
    return isinstance(subject, Case) and person.id in case_parties.excluded(subject)


def _is_seen(subject: Any, person: Person) -> bool:
    if isinstance(subject, Case):
        return cases.is_seen_by(subject, person)
    room = requests if isinstance(subject, Request) else profiles
    return bool(room.seen_by(person, [subject.id]))


@room.route(f"/retention/<any({CODES}):code>", methods=["GET", "POST"], endpoint="period")
@access.roles(Role.KEEPER.value)
def period_page(code: str) -> Any:
    """How long one type of data is kept, to change."""
    row, form = table.row(code), form_of(code)()
    if not form.is_submitted():
        form.seen.data, form.length.data = str(row.number), Decimal(row.number)
    if not form.validate_on_submit():
        return _drawn(row, form), form.status
    try:
        with write(form) as done:
            length, seen = int(form.length.data or 0), form.seen.revision or 0
            service.change(row, length, form.reason.data or "", me(), clock.now(), seen=seen)
            done.leads_to = url_for("retention.table")
    except Unready as refusal:
        form.refuse(refusal.problems)
        return _drawn(row, form), form.status
    except Stale:
        value = str(periods.told(row.number, row.length.unit))
        form.length.notes = [
            _("Somebody has changed this meanwhile. It is now: %(value)s", value=value)
        ]
        form.problems = [
            _("Somebody else has changed this since you opened it. Nothing was saved yet.")
        ]
        form.seen.data = str(row.number)
        return _drawn(row, form), 409
    flash(_("Saved."))
    return redirect(done.leads_to, 303)


def _drawn(row: Row, form: Any) -> str:
    return render_template("retention/period.html", row=row, form=form, limits=_limits(row))


@room.route("/retention/clock", methods=["GET", "POST"], endpoint="clock")
@access.roles(Role.ADMINISTRATOR.value)
def clock_page() -> Any:
    """An administrator looks at the clock, and says that it is right."""
    run, form = clock_guard.newest(), ClockForm()
    if run.refused_at is None and not form.is_submitted():
        return redirect(url_for("retention.table"), 303)
    if not form.validate_on_submit():
        page = render_template("retention/clock.html", form=form, run=run, now=clock.now())
        return page, form.status
    with write(form) as done:
        clock_guard.confirm(me(), clock.now())
        done.leads_to = url_for("retention.table")
    flash(_("The coming night erases again."))
    return redirect(done.leads_to, 303)
