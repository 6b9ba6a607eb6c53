"""A report form on its way: its files are kept while it is refused, and what it says is sent."""

import time
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from intake.data.base import db
from intake.data.write import write
from intake.fakes import service
from intake.fakes.choices import Role
from intake.fakes.evidence import pictures, quota
from intake.fakes.forms.files import FILES, WithFiles
from intake.fakes.forms.report import ReportForm
from intake.fakes.models import Evidence, Report
from intake.fakes.reporter import Told
from intake.fakes.reporting import flood_control, imitated, uploads
from intake.fakes.reporting.form_reading import Heard
from intake.fakes.reporting.uploads import A_REPORT
from intake.people.models import Person
from intake.web import locale
from intake.web.forms import Problem, Upload, sent_token
from intake.web.rate_limit import network

TYPED = (
    *("urls", "no_url", "visible_name", "target_kind", "target", "acts", "description"),
    *("seen_at_time", "harm", "reported_elsewhere", "reported_reference", "reporter_role"),
    "good_faith",
)


RUSH = _l(
    "Very many files are being sent just now, so %(name)s was left out. You can send it later with "
    "your follow-up code."
)


def keep_files(form: WithFiles, report_id: str | None = None, *, asks: bool = False) -> None:
    """Keep the files that came with a form for as long as it is refused, all but those that its
    sender drops; what is wrong with them stands at their field, and so do those that wait for the
    form now. `report_id` is that of a report that is added to; `asks`: the form is shown again
    though nothing is wrong in it."""
    if not form.token_held:
        return ask_again(form)
    kept, dropped = uploads.staged(form.token_hash), request.form.getlist("drop")
    if going := [one.id for one in kept if one.id in dropped]:
        with write(form, once=False):
            for evidence_id in going:
                db.session.delete(db.session.get_one(Evidence, evidence_id))
    room = FILES - len(kept) + len(going)
    sent = form.evidence.data or []
    if len(sent) > room:
        problem = _("Send at most %(most)d files. Leave some of them out.", most=FILES)
        form.refuse([Problem(problem, "evidence")])
    elif sent:
        waits = asks or bool(form.summary())
        problems = _staged(form, sent, report_id, waits)
        unstored = [one for one in problems if isinstance(one, uploads.Unstored)]
        form.evidence.notes += unstored  # the words go in without them (F7, F11)
        form.refuse([one for one in problems if one not in unstored])
    form.evidence.kept = uploads.waiting(form.token_hash)
    return None


def _staged(
    form: WithFiles, sent: Sequence[Upload], report_id: str | None, waits: bool
) -> list[Problem]:
    """Read and store files, or say why not: a stranger's must have room to wait for a form that is
    not taken yet, and be paid for with work where many are read; and a turn must be free."""
    is_stranger = not current_user.is_authenticated
    if is_stranger and waits and not quota.may_wait(network()):
        return _again(one.name for one in sent)
    due = flood_control.reading_work() if is_stranger else 0
    signature = flood_control.solved(request.form.get("altcha", ""), due) if due else ""
    try:
        if due and not signature:
            return _left_out(sent)
        with pictures.turn():
            if due and not flood_control.pay_for_reading(form, signature):
                return _left_out(sent)
            begun = time.monotonic()
            problems = uploads.stage(form, sent, report_id, network() if is_stranger else "")
    except pictures.FileRefused as refusal:
        return [uploads.refused(one, refusal) for one in sent]
    if is_stranger:
        flood_control.count_reading(time.monotonic() - begun)
    return problems


def _left_out(sent: Sequence[Upload]) -> list[Problem]:
    return [uploads.Unstored(str(RUSH) % {"name": one.name}) for one in sent]


def to_add(form: WithFiles, report: Report) -> list[Evidence]:
    """The files that waited for a form that adds to a report, inside write()."""
    files, are_too_many = uploads.to_add(form.token_hash, report.id)
    if are_too_many:
        form.evidence.notes.append(_("At most %(most)d files fit a report.", most=A_REPORT))
    return files


def ask_again(form: WithFiles) -> None:
    """The form is not taken: its files are named one by one, to be chosen again (A113)."""
    kept = uploads.waiting(form.token_hash) if form.token_hash else []
    names = [*(one.name for one in kept), *(one.name for one in form.evidence.data or [])]
    form.refuse(_again(names))


def _again(names: Iterable[str]) -> list[Problem]:
    return [Problem(_("Choose this file again: %(name)s", name=one), "evidence") for one in names]


def send(
    form: ReportForm, heard: Heard, person: Person | None, proof: tuple[int, str], now: datetime
) -> Report:
    """Hand a whole form over, inside write(); `proof` is the work that was due and done."""
    due, signature = proof
    content: dict[str, Any] = sent_token() or {}
    target = imitated.meant(form.target.data or "", locale.current())
    held = flood_control.held(form.website.data or "", content["at"], signature, due, now)
    return service.receive(
        service.Sent(
            answers=_answers(form, heard),
            lines=heard.lines,
            nonce=content["nonce"],
            language=locale.current(),
            told=_told(form, person),
            files=uploads.staged(form.token_hash),
            held=None if person else held,
            by=person,
            profile_id=target.profile_id,
            unit_id=target.unit_id,
        ),
        now,
    )


def _answers(form: ReportForm, heard: Heard) -> dict[str, Any]:
    """As typed, under the keys of the form."""
    answers = {name: form[name].data for name in TYPED}
    return answers | {"platform": heard.platform, "seen_at": str(form.seen_at.data)}


def _told(form: ReportForm, person: Person | None) -> Told:
    """What the reporter told of themselves; of a colleague it is known."""
    if person is not None:
        return Told(name=person.name, email=person.email)
    if "reporter_name" not in form:  # signed out or left while the form was open
        return Told()
    return Told(
        name=form.reporter_name.data or "",
        email=form.reporter_email.data or "",
        phone=form.reporter_phone.data or "",
        secrecy=bool(form.contact_secrecy.data),
        secrecy_reason=form.contact_secrecy_reason.data or "",
    )


def begin(form: ReportForm, slug: str, person: Person | None) -> None:
    """Fill in what is known before anybody has written anything."""
    chosen = imitated.of_slug(slug) if slug else None
    if chosen:
        form.target.data, form.target_kind.data = chosen.text, "official"
    if person is not None:
        form.reporter_role.data = str(Role.UNIT)
