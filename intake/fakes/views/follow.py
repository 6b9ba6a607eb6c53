"""Following a report with its code: status only, and ways to add (A60, A61)."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from flask import g, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from intake import clock
from intake.data.base import db
from intake.data.write import write
from intake.fakes import queries, reporter
from intake.fakes.forms.files import MOST
from intake.fakes.forms.follow import (
    AddForm,
    AnswerForm,
    CodeForm,
    ContactForm,
    EndForm,
    GoneForm,
    StillThereForm,
    Telling,
    WithdrawForm,
    answer_form,
    typed,
)
from intake.fakes.models import Question, Report
from intake.fakes.question_phrases import Phrase
from intake.fakes.reporting import follow_session, report_status, status_text, submission
from intake.fakes.reporting.report_status import Stage, Status
from intake.fakes.service import add, reporter_actions
from intake.fakes.views.room import room
from intake.text import clean
from intake.web import access, locale
from intake.web.access import UNSEEN
from intake.web.forms import BaseForm, Problem, sent_here

ADDITIONS_A_DAY = 20
ALL = "all"


@room.get("/seuraa")
@access.public(referrer=UNSEEN, cookies=False)
def short_follow() -> Any:
    """The follow page's address on Finnish print."""
    return redirect(url_for("fakes.follow"))


@room.get("/folj")
@access.public(referrer=UNSEEN, cookies=False)
def short_follow_in_swedish() -> Any:
    """The follow page's address on Swedish print."""
    spoken: dict[str, Any] = (
        {"lang": "sv"} if "sv" in locale.offered() and not locale.asked() else {}
    )
    return redirect(url_for("fakes.follow", **spoken))


@room.route("/follow", methods=["GET", "POST"])
@access.public(referrer=UNSEEN, cookies=False)
def follow() -> Any:
    """Ask for a code; what no report has is answered alike, however it is wrong (A63). What has the
    form of a reference is told to be one, whether or not a report has it."""
    form = CodeForm()
    if not form.validate_on_submit():
        return render_template("fakes/follow.html", form=form), form.status
    if reporter.is_reference(form.code.data or ""):
        form.refuse([Problem(_("This is the reference. The code is four groups of four."), "code")])
        return render_template("fakes/follow.html", form=form), form.status
    if seconds := follow_session.wait():
        form.problems.append(_("Too many wrong codes came from here. Wait a minute and try again."))
        answer = make_response(render_template("fakes/follow.html", form=form), 429)
        answer.headers["Retry-After"] = str(seconds)
        return answer
    if reporter.by_code(form.code.data or "") is None:
        follow_session.count_wrong_code()
        problem = _("The code is not right. Check the characters and try again.")
        form.refuse([Problem(problem, "code")])
        return render_template("fakes/follow.html", form=form), form.status
    return _begun(form)


def _begun(form: CodeForm) -> Any:
    """Open the status page; the form may be sent again, as by a double click."""
    with write(form, once=False):
        report = reporter.by_code(form.code.data or "")
        browser = follow_session.begin(report, clock.now()) if report else ""
    answer = redirect(url_for("fakes.status"), 303)
    follow_session.remember(answer, browser)
    return answer


def followed(asks: type[BaseForm] | None = None) -> Callable[..., Any]:
    """Hand the report that this browser follows to the view; who follows none is asked for a
    code. `asks` is the form that the view shows."""

    def guard(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def shown() -> Any:
            found = follow_session.here(clock.now())
            g.followed = found[0].id if found else ""
            if asks is not None and _is_lost():
                return _give_back(asks())
            return view(*found) if found else redirect(url_for("fakes.follow"))

        return shown

    return guard


def _is_lost() -> bool:
    """Was the form drawn for a report that the browser follows no more? No other form counts."""
    sent = sent_here()
    return sent is not None and sent.get("about", "") != g.followed


def _give_back(form: BaseForm) -> Any:
    """What came after the following had ended, or while another report was followed, is in
    nobody's report, and is shown to whoever sent it, to be sent again."""
    page = render_template(
        "fakes/follow.html",
        form=CodeForm(target=("fakes.follow", {})),
        lost="other" if g.followed else "late",
        unsent=typed(form),
        takes_files=isinstance(form, Telling),
    )
    return page, 403


@room.get("/follow/status")
@access.public(referrer=UNSEEN, cookies=False)
@followed()
def status(report: Report, until: datetime) -> Any:
    """How the report stands."""
    found = report_status.of(report, clock.now())
    question = next(iter(queries.questions_to(report)), None)
    asking = next((one for one in found if one.asks_whether_gone), None)
    return render_template(
        "fakes/status.html",
        report=report,
        until=until,
        statuses=found,
        told=status_text,
        stage=Stage,
        by_contact=question is not None and question.phrase == Phrase.CONTACT,
        answer=answer_form(question) if question else None,
        asking=asking,
        gone=_gone_form(asking) if asking else None,
        end=EndForm(target=("fakes.end", {})),
        said=SAID.get(request.args.get("done", "")),
        unstored="unstored" in request.args,
    )


SAID: dict[str, Any] = {
    "answered": lambda: _("We have received your answer. Thank you."),
    "added": lambda: _("We have received the information. Thank you."),
    "contact": lambda: _("We have stored your contact data."),
    "withdrawn": lambda: _("We hold no contact data of yours for this report any more."),
}


@room.route("/follow/answer", methods=["GET", "POST"])
@access.public(files=MOST, referrer=UNSEEN, cookies=False)
@followed(AnswerForm)
def answer(report: Report, _until: datetime) -> Any:
    """Answer the question that waits."""
    question = _meant(report) or next(iter(queries.questions_to(report)), None)
    if question is None:
        return redirect(url_for("fakes.status"), 303)
    if question.phrase == Phrase.CONTACT:
        return redirect(url_for("fakes.contact"), 303)
    form = answer_form(question)
    fits = _fits(form, report)
    if form.question.data != question.id:  # another question waits by now: what is typed stays
        form.refuse([Problem(_("This has changed since you opened it."))])
        form.question.data = question.id
    if not fits or form.problems:
        return _form(form, _("The case handler asks"), _("Send answer")), form.status
    question_id = question.id
    return _take(form, report, lambda one, now: _answered(form, question_id, one, now), "answered")


def _meant(report: Report) -> Question | None:
    """The question that the form answers, even where a handler went on meanwhile."""
    wanted = clean(request.form.get("question", ""))
    found = db.session.get(Question, wanted) if wanted else None
    return found if found is not None and found.report_id == report.id else None


def _answered(
    form: AnswerForm | StillThereForm, question_id: str, report: Report, now: datetime
) -> None:
    question = db.session.get_one(Question, question_id)
    files = submission.to_add(form, report) if isinstance(form, Telling) else ()
    reporter_actions.answer(question, report, *form.answer(), files, now)


@room.route("/follow/seen", methods=["GET", "POST"])
@access.public(referrer=UNSEEN, cookies=False)
@followed(GoneForm)
def seen(report: Report, _until: datetime) -> Any:
    """Say whether a profile that was taken down is gone."""
    number = request.values.get("address", "")
    found = [one for one in report_status.of(report, clock.now()) if one.now.stage is Stage.GONE]
    chosen = next((one for one in found if number in ("", str(one.place))), None)
    if chosen is None:
        return redirect(url_for("fakes.status"), 303)
    form = _gone_form(chosen)
    if not _fits(form, report):
        return _form(form, _("Is the profile gone?"), _("Send answer")), form.status
    case_id, said = chosen.case.id, form.seen.data
    return _take(form, report, lambda one, now: _looked(one, case_id, said, now), "answered")


def _gone_form(status: Status) -> GoneForm:
    return GoneForm(target=("fakes.seen", {}), data={"address": status.place})


def _looked(report: Report, case_id: str, said: str, now: datetime) -> None:
    case = next(one.case for one in report_status.of(report, now) if one.case.id == case_id)
    told_of = reporter_actions.back if said == "back" else reporter_actions.gone
    told_of(report, case, now)


@room.route("/follow/add", methods=["GET", "POST"], endpoint="add")
@access.public(files=MOST, referrer=UNSEEN, cookies=False)
@followed(AddForm)
def add_page(report: Report, _until: datetime) -> Any:
    """Add information or pictures."""
    form = AddForm()
    places = range(1, len(report.addresses) + 1)
    if len(places) == 1:
        del form.about
    else:
        form.about.choices = [
            (ALL, _("All the addresses")),
            *((str(place), _("Address %(number)d", number=place)) for place in places),
        ]
    if not _fits(form, report):
        return _form(form, _("Add information or pictures"), _("Send information")), form.status
    about = form.about.data if "about" in form else ALL
    return _take(form, report, lambda one, now: _added(form, about, one, now), "added")


def _added(form: AddForm, about: str, report: Report, now: datetime) -> None:
    found = {str(one.place): one.case for one in report_status.of(report, now)}
    files = submission.to_add(form, report)
    add(report, "text", form.text.data or "", files, now, about=found.get(about))


@room.route("/follow/contact", methods=["GET", "POST"])
@access.public(referrer=UNSEEN, cookies=False)
@followed(ContactForm)
def contact(report: Report, _until: datetime) -> Any:
    """Give contact data: what is known already is not shown."""
    form = ContactForm()
    fits = _fits(form, report)
    data = form.told() if fits else None
    if data is not None and not (data.name or data.email or data.phone):
        form.problems.append(_("Give a name, an e-mail address or a phone number."))
    if data is None or form.problems:
        lead = _(
            "What you give takes the place of what you gave before. What you leave empty stays as "
            "it was. We do not pass your contact data to the service provider."
        )
        return _form(form, _("Give contact data"), _("Save contact data"), lead), form.status
    return _take(
        form, report, lambda one, now: reporter_actions.give_contact(one, data, now), "contact"
    )


@room.route("/follow/withdraw", methods=["GET", "POST"])
@access.public(referrer=UNSEEN, cookies=False)
@followed(WithdrawForm)
def withdraw(report: Report, _until: datetime) -> Any:
    """Erase the reporter's contact data, whether there is any or not."""
    form = WithdrawForm()
    if not form.validate_on_submit():
        lead = _(
            "We erase your name, e-mail address and phone number. The report itself stays, and you "
            "can follow it with your code."
        )
        return _form(form, _("Remove your contact data"), _("Remove"), lead), form.status
    return _take(form, report, reporter_actions.withdraw_contact, "withdrawn")


@room.route("/follow/end", methods=["GET", "POST"])
@access.public(referrer=UNSEEN, cookies=False)
def end() -> Any:
    """End the following of this browser: going back shows nothing (A61)."""
    form = EndForm()
    if not form.validate_on_submit():
        lead = _("To see your report again you need your code.")
        return _form(form, _("Stop following"), _("Stop following"), lead), form.status
    with write(form) as done:
        follow_session.end()
        done.leads_to = url_for("fakes.follow")
    answer = redirect(done.leads_to, 303)
    follow_session.forget(answer)
    return answer


def _form(form: BaseForm, heading: str, button: str, lead: str = "") -> str:
    return render_template(
        "fakes/follow_form.html", form=form, heading=heading, button_text=button, lead=lead
    )


def _fits(form: BaseForm, report: Report) -> bool:
    """Is the form right, and does the reporter not add without end?"""
    if not form.is_submitted():
        return False
    form.validate()
    if report_status.too_many(report, clock.now(), ADDITIONS_A_DAY):
        form.problems.append(_("You have added much today. You can add more tomorrow."))
        if isinstance(form, Telling):
            submission.ask_again(form)
    elif isinstance(form, Telling):
        submission.keep_files(form, report.id)
        form.ask_for_something()
    return not form.summary()


def _take(
    form: BaseForm, report: Report, verb: Callable[[Report, datetime], None], said: str
) -> Response:
    report_id, now = report.id, clock.now()
    with write(form) as done:
        verb(db.session.get_one(Report, report_id), now)
        follow_session.go_on(now)
        is_short = isinstance(form, Telling) and bool(form.evidence.notes)
        done.leads_to = url_for("fakes.status", done=said, unstored="yes" if is_short else None)
    return redirect(done.leads_to, 303)
