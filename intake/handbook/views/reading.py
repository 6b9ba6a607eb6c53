"""The guidelines for everybody, and what one must know and have learnt for staff."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from intake import clock
from intake.data.write import write
from intake.handbook import markdown, queries, service
from intake.handbook.forms import AcknowledgeForm
from intake.handbook.models import KINDS, TRAININGS, GuidelineVersion
from intake.handbook.views.room import me, room
from intake.handbook.words import APPROVAL_TAGS
from intake.refusals import Unseen
from intake.web import access, locale, templating


@room.get("/guidelines")
@access.public(access.SHORT)
def guidelines() -> Any:
    """The guidelines in force, or the version that is asked for."""
    newest = _in_force()
    version = _asked(request.args.get("version", "")) or newest
    return render_template(
        "handbook/guidelines.html",
        version=version,
        newest=newest,
        versions=queries.versions(),
        text=markdown.render(version.text(locale.current())),
    )


def _in_force() -> GuidelineVersion:
    found = queries.current_guidelines()
    if found is None:
        raise Unseen
    return found


def _asked(number: str) -> GuidelineVersion | None:
    if not number:
        return None
    found = queries.guidelines(int(number)) if number.isdecimal() and len(number) < 6 else None
    if found is None:
        raise Unseen
    return found


@room.get("/handbook")
@access.staff
def index() -> Any:
    """What I have acknowledged and learnt, and which services are approved for work."""
    return render_template(
        "handbook/index.html",
        version=_in_force(),
        mine=queries.acknowledgement(current_user.id),
        trainings=queries.trainings(current_user.id),
        training_names=TRAININGS,
        platforms=queries.platforms(),
        kinds=KINDS,
        approvals=APPROVAL_TAGS,
        upkeep=[
            entry
            for entry in templating.upkeep(current_user)
            if entry.endpoint.startswith("handbook.")
        ],
    )


@room.route("/handbook/guidelines", methods=["GET", "POST"])
@access.staff
def acknowledge() -> Any:
    """Read the guidelines and acknowledge them; says what is new since one did so last."""
    form = AcknowledgeForm()
    if not form.validate_on_submit():
        return _to_be_read(form), form.status
    with write(form) as done:
        service.acknowledge(me(), clock.now(), seen=form.seen.revision)
        done.leads_to = url_for("handbook.index")
    flash(_("You have acknowledged the guidelines."))
    return redirect(done.leads_to, 303)


def _to_be_read(form: AcknowledgeForm) -> str:
    version, mine = _in_force(), queries.acknowledgement(current_user.id)
    earlier = queries.guidelines(mine.number) if mine else None
    text = version.text(locale.current())
    before = earlier.text(locale.current()) if earlier else text
    form.seen.data = version.number
    return render_template(
        "handbook/acknowledge.html",
        form=form,
        version=version,
        mine=mine,
        added=markdown.render(markdown.news(before, text), "added").html,
        removed=markdown.render(markdown.news(text, before), "removed").html,
        text=markdown.render(text).html,
    )
