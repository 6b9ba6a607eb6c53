"""The pages about everything that is held of one person."""

import json
from datetime import date
from typing import Any

from flask import Response, current_app, render_template, url_for
from flask import redirect as lead
from flask_babel import gettext as _

from intake import clock
from intake.data.write import write
from intake.engine.step_view import me
from intake.people.models import Role
from intake.retention import person_data, words
from intake.retention.forms import LookUpForm
from intake.retention.views.room import room
from intake.web import access, templating

KEEPER = Role.KEEPER.value
WHOLE = ("person", "report")  # sections whose rows are read one by one


@room.route("/retention/person", methods=["GET", "POST"], endpoint="look_up")
@access.roles(KEEPER, referrer=access.UNSEEN)
def look_up_page() -> Any:
    """Whose data is looked up, and how that person has shown who they are."""
    form = LookUpForm()
    if not form.validate_on_submit():
        return render_template("retention/look_up.html", form=form), form.status
    with write(form) as done:
        row = person_data.look_up(
            form.email.data or "", form.shown_by.data or "", me(), clock.now()
        )
        done.leads_to = url_for("retention.person", id=row.id)
    return lead(done.leads_to, 303)


@room.get("/retention/person/<id>", endpoint="person")
@access.roles(KEEPER, referrer=access.UNSEEN)
def person_page(id: str) -> Any:
    """Everything about one address, to read and to print, for ten minutes."""
    by, now = me(), clock.now()
    row = person_data.find(id, by, now)
    email, sections = person_data.everything(row, by, now)
    return render_template(
        "retention/person.html",
        row=row,
        email=email,
        sections=sections,
        headings=words.SECTIONS,
        labels=words.LABELS,
        heads=lambda section: [words.LABELS[name] for name in section.columns],
        whole=WHOLE,
        told=told,
        by=by,
        now=now,
    )


@room.get("/retention/person/<id>/json", endpoint="person_json")
@access.roles(KEEPER, referrer=access.UNSEEN)
def person_json(id: str) -> Any:
    """The same for programs."""
    by, now = me(), clock.now()
    row = person_data.find(id, by, now)
    email, sections = person_data.everything(row, by, now)
    found = {"email": email, "made_at": now, **{one.code: one.rows for one in sections}}
    text = json.dumps(found, ensure_ascii=False, indent=2, default=_plain)
    name = f"attachment; filename={current_app.name}-{clock.today(now)}.json"
    return Response(text, mimetype="application/json", headers={"Content-Disposition": name})


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def told(value: Any) -> list[str]:
    """A value in lines, as a page tells it."""
    if value is None or value == "" or value is False:
        return []
    if value is True:
        return [_("Yes")]
    if isinstance(value, dict):
        found = [(words.LABELS.get(name, name), told(one)) for name, one in value.items()]
        return [f"{label}: {', '.join(lines)}" for label, lines in found if lines]
    if isinstance(value, list):
        return [", ".join(told(one)) for one in value]
    if hasattr(value, "hour"):
        return [templating.moment(value)]
    return [templating.long_date(value)] if isinstance(value, date) else [str(value)]
