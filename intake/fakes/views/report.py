"""Reporting a fake: the form anybody can send, its receipt, and the work a flood costs."""

from collections.abc import Sequence
from typing import Any

from flask import Response, redirect, render_template, request, url_for
from flask_login import current_user

from intake import clock
from intake.data.write import write
from intake.fakes.forms.files import MOST
from intake.fakes.forms.report import ReportForm, prefilled
from intake.fakes.reporting import flood_control, form_reading, imitated, receipt, submission
from intake.fakes.reporting.form_reading import Heard
from intake.fakes.reporting.receipt import Receipt
from intake.fakes.views.room import room
from intake.people import queries as people
from intake.people.models import Person
from intake.refusals import AlreadyDone
from intake.web import access, locale
from intake.web.forms import purpose, sent_token

HERE = "fakes.report"


@room.route("/report", methods=["GET", "POST"])
@access.public(files=MOST, referrer=access.UNSEEN, cookies=False)
def report() -> Any:
    """Report a fake profile: anybody, without signing in (P5, G8)."""
    person = _colleague()
    form = ReportForm(data=prefilled() if request.method == "GET" else None)
    if person is not None:
        form.for_staff()
    form.platform.choices = form_reading.platforms()
    if sent := receipt.of(sent_token(), purpose(HERE, {}), clock.now()):
        return _receipt(sent)
    if request.method == "GET":
        submission.begin(form, request.args.get("target", ""), person)
        return _page(form, form_reading.foretold(form), person)
    form.validate_on_submit()
    heard = form_reading.hear(form)
    asks = bool(heard.remarks) and "anyway" not in request.form
    submission.keep_files(form, asks=asks)
    if form.summary():
        return _page(form, heard, person), form.status
    if asks:
        return _page(form, heard, person), 422
    return _send(form, heard, person)


def _colleague() -> Person | None:
    """Who is signed in: the form itself is bound to nobody."""
    return current_user if current_user.is_authenticated else None


def _send(form: ReportForm, heard: Heard, person: Person | None) -> Any:
    person_id = person.id if person else ""
    due = flood_control.work()
    proof = due, flood_control.solved(form.altcha.data or "", due)
    try:
        with write(form):
            colleague = people.active_person(person_id) if person_id else None
            submission.send(form, heard, colleague, proof, clock.now())
            sent = receipt.of(sent_token(), purpose(HERE, {}), clock.now())
        flood_control.count()
    except AlreadyDone:  # the same form twice at once: one report, one receipt (F17)
        sent = receipt.of(sent_token(), purpose(HERE, {}), clock.now())
    return _receipt(sent, form.evidence.notes)


def _page(form: ReportForm, heard: Heard, person: Person | None) -> str:
    form.target.suggestions = [(text, "") for text in imitated.suggested(locale.current())]
    return render_template("fakes/report.html", form=form, heard=heard, reporter=person)


def _receipt(sent: Receipt | None, unstored: Sequence[str] = ()) -> Any:
    """The receipt as a page, or as a file: the code is derived again, and written nowhere."""
    if sent is None or not sent.code or "save" not in request.form:
        return render_template("fakes/receipt.html", receipt=sent, unstored=unstored)
    told = render_template("fakes/receipt.txt", receipt=sent)
    answer = Response(told, mimetype="text/plain")
    answer.headers.set("Content-Disposition", "attachment", filename=f"{sent.reference}.txt")
    return answer


@room.get("/report/proof")
@access.public(referrer=access.UNSEEN, cookies=False)
def proof() -> Any:
    """The work that a report costs now, as its script solves it; nothing where none is due."""
    return flood_control.challenge(clock.now())


@room.get("/ilmoita")
@access.public(referrer=access.UNSEEN, cookies=False)
def short_report() -> Any:
    """The form's address on Finnish print."""
    return redirect(url_for(HERE, **_carried()))


@room.get("/anmal")
@access.public(referrer=access.UNSEEN, cookies=False)
def short_report_in_swedish() -> Any:
    """The form's address on Swedish print."""
    spoken: dict[str, Any] = (
        {"lang": "sv"} if "sv" in locale.offered() and not locale.asked() else {}
    )
    return redirect(url_for(HERE, **_carried(), **spoken))


def _carried() -> dict[str, Any]:
    return {name: request.args[name] for name in ("q", "target") if name in request.args}
