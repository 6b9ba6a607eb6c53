"""Versions of the guidelines: list, and a new one with its preview (G1, P12)."""

from typing import Any, NamedTuple

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup

from intake import clock
from intake.handbook import markdown, queries, roll, service
from intake.handbook.forms import TEXT_LIMIT, VersionForm
from intake.handbook.models import GuidelineVersion
from intake.handbook.views.room import KEEPING, attempt, keeping, me, room, status
from intake.refusals import Unseen
from intake.web import access

MOST = 4 * 12 * TEXT_LIMIT  # bytes: a rare character takes twelve, and a text may be too long


@room.get("/handbook/versions")
@keeping
def versions() -> Any:
    """Every version, and how many have acknowledged it."""
    done, every = roll.acknowledged()
    return render_template(
        "handbook/versions.html",
        versions=queries.versions(),
        counts=queries.acknowledged_by(),
        done=done,
        every=every,
    )


class Preview(NamedTuple):
    """A text as its readers will see it, and what is new in it and gone since the version in
    force."""

    text: Markup
    added: Markup
    removed: Markup


@room.route("/handbook/versions/new", methods=["GET", "POST"])
@access.roles(*KEEPING, limit=MOST)
def new_version() -> Any:
    """Write a new version from the one in force, look at it, publish it."""
    current = _in_force()
    form = VersionForm(obj=current, seen=str(current.number))
    if "preview" in request.form:
        form.agreed.is_optional = True
        form.validate_on_submit()
        form.agreed.is_optional = False
        return _page(form, current), form.status

    def publish() -> str:
        service.publish(form.texts(), me(), clock.now(), seen=form.seen.revision)
        return url_for("handbook.versions")

    done = attempt(form, publish)
    if done.leads_to is None:
        current = _in_force()
        if done.is_stale:
            form.seen.data = str(current.number)
        return _page(form, current), status(form, done)
    flash(_("The version is published. Everybody who runs a profile is told."))
    return redirect(done.leads_to, 303)


def _in_force() -> GuidelineVersion:
    found = queries.current_guidelines()
    if found is None:
        raise Unseen
    return found


def _page(form: VersionForm, current: GuidelineVersion) -> str:
    previews = {}
    if request.method == "POST":
        previews = {code: _preview(code, text, current) for code, text in form.texts().items()}
    return render_template(
        "handbook/new_version.html", form=form, current=current, previews=previews
    )


def _preview(code: str, text: str, current: GuidelineVersion) -> Preview:
    before = current.text(code)
    added, removed = markdown.news(before, text), markdown.news(text, before)
    return Preview(
        markdown.render(text, f"{code}-text").html,
        markdown.render(added, f"{code}-added").html,
        markdown.render(removed, f"{code}-removed").html,
    )
