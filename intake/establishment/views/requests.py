"""Lists of requests, a request's page, and its versions to read."""

from datetime import datetime
from typing import Any

from flask import redirect, render_template, request, url_for
from flask_login import current_user

from intake import clock
from intake.engine import audit_trail, duties, history, tracks
from intake.establishment import answers, known, queries, reasons, warnings, words
from intake.establishment.forms import pages
from intake.establishment.models import Request
from intake.establishment.views.room import room
from intake.establishment.workflow import WORKFLOW
from intake.people import queries as people
from intake.people.models import Person
from intake.refusals import Unseen
from intake.web import access

DECIDING = ("approve", "return", "reject", "hand_on")
UNTOLD = ("save",)  # steps that no history tells


@room.get("", endpoint="index")
@access.staff
def index() -> Any:
    """My requests, what waits for my decision, and all that I may see."""
    sought, now = request.args.get("q", "").strip()[:200], clock.now()
    oversees = bool(current_user.roles & queries.OVERSEERS)
    named, after = oversees and "named" in request.args, request.args.get("after", "")[:16]
    found = queries.search(current_user, sought, after, named=named)
    return render_template(
        "establishment/index.html",
        q=sought,
        mine=queries.mine(current_user),
        waiting=queries.to_decide(current_user, now),
        found=found,
        tag_of=words.tag,
        title_of=words.title,
        due=words.due,
        after=after,
        named=named,
        oversees=oversees,
    )


@room.get("/<id>", endpoint="request_page")
@access.staff
def request_page(id: str) -> Any:
    """A request as its reader needs it: to go on with, to decide, or to look at."""
    found, now = queries.get(id, current_user), clock.now()
    rows = WORKFLOW.available(found, current_user, now)
    open_steps = [step.name for step in rows]
    if "save" in open_steps:
        return redirect(url_for("establishment.tasks", id=found.id))
    if "approve" in open_steps:
        return render_template("establishment/decision.html", **_decision(found, now))
    return render_template(
        "establishment/request.html",
        **_common(found, now),
        who=reasons.who(found, now) if found.state in queries.OPEN else "",
        why=reasons.why(found, now) if found.state in queries.OPEN else [],
        steps=[row.name for row in rows if row.page is None],
        buttons=words.WORDS.buttons,
        awaited=list(duties.awaited(tracks.track(WORKFLOW.name), found, now)),
        decision=queries.newest_decision(found.id),
        remarks=_remarks(found),
        profile=_profile_url(found),
        history=_history(found),
    )


@room.get("/<id>/versions/<int(max=99999):number>", endpoint="version")
@access.staff
def version(id: str, number: int) -> Any:
    """A version that was sent, whole, with what had changed in it."""
    found, now = queries.get(id, current_user), clock.now()
    sent = queries.version_of(found, number)
    if sent is None:
        raise Unseen
    rows = answers.answered(answers.judged(known.of(found, sent.answers)))
    return render_template(
        "establishment/version.html",
        **_common(found, now),
        version=sent,
        groups=[(page, rows[page.slug]) for page in pages(found.kind)],
        changed={(one.page, one.field): one for one in changes(found, number)},
        numbers=range(1, found.version + 1),
        sender=people.people([sent.by_id])[sent.by_id],
    )


def changes(found: Request, number: int, since: int | None = None) -> list[answers.Change]:
    """What differs in a version from an earlier one, the one before where none is named."""
    new = queries.version_of(found, number)
    old = queries.version_of(found, number - 1 if since is None else since)
    if new is None or old is None:
        return []
    return answers.changes(found.kind, old.answers, new.answers)


def _common(found: Request, now: datetime) -> dict[str, Any]:
    sent = found.version > 0
    return {
        "found": found,
        "state": words.tag(found),
        "title_of": words.title,
        "answers": queries.sent_answers(found) if sent else queries.present_answers(found),
        "admins": queries.admins(found),
        "hours": warnings.hours(found),
        "now": now,
    }


def _decision(found: Request, now: datetime) -> dict[str, Any]:
    """What the supervisor needs on one screen."""
    return {
        **_common(found, now),
        "warnings": warnings.of(found, now),
        "silent": warnings.silent(found),
        "why_you": reasons.why_you(found, current_user, now),
        "why": reasons.why(found, now),
        "left": words.left(found.due_at, now),
        "changes": changes(found, found.version),
        "actions": DECIDING,
        "buttons": words.WORDS.buttons,
        "history": _history(found),
    }


def _profile_url(found: Request) -> str:
    """Where the set-up of the approved profile goes on."""
    profile = queries.profile_of(found, current_user)
    return tracks.track("profile").address(profile) if profile is not None else ""


def _remarks(found: Request) -> list[tuple[str, str]]:
    """Each remark with the heading of the page it is on."""
    titles = {page.slug: str(page.title) for page in pages(found.kind)}
    return [(titles.get(one.page, ""), one.text) for one in queries.remarks(found)]


def _history(found: Request) -> list[tuple[audit_trail.Entry, str, dict[str, Any]]]:
    """What was done, the newest first, each as a sentence with the words written at it."""
    lines = [line for line in audit_trail.history([found.id]) if line[0].step not in UNTOLD]
    names: dict[str, Person] = people.people(entry.actor for entry, _written in lines)
    return [
        (entry, history.sentence(entry, names), _told(written))
        for entry, written in reversed(lines)
    ]


def _told(written: dict[str, Any] | None) -> dict[str, Any]:
    """The reasons among the words; remarks, conditions and consent are shown in their places."""
    return {
        name: text
        for name, text in (written or {}).items()
        if name in ("reason", "reason_if_any", "training_reason", "contact_person")
    }
