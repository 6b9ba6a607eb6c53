"""The page of a step, for every room: who may, what is asked, what is missing, where it leads.

A room says how its subjects are found and what stands around the form (`StepPages`); the rest is
the same everywhere. An invalid form is shown again with all that was typed, and so is one that
somebody else was faster than, with who did what meanwhile.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

from flask import Flask, flash, redirect, render_template
from flask_login import current_user

from intake import clock, ports
from intake.data.base import db
from intake.data.write import write
from intake.engine import audit_trail, history
from intake.engine.step_form import Occasion, StepForm
from intake.engine.table import Step, problems_of
from intake.engine.tracks import Track
from intake.refusals import NotAllowed, Stale, Unready, Unseen, WrongState


def _same(subject: Any) -> int:
    return int(subject.revision or 0)


def _nothing(*_given: Any) -> list[Any]:
    return []


def as_track(track: Track, occasion: Occasion, form: StepForm) -> Any:
    """Take the step as its track does, with what the form asked; returns the subject."""
    seen, answers = form.seen.revision or 0, form.answers(occasion)
    track.take(
        occasion.subject, occasion.row.name, occasion.person, occasion.now, seen=seen, **answers
    )
    return occasion.subject


@dataclass(frozen=True)
class StepPages:
    """How a room shows the steps of its tracks.

    `load(id, person)` finds the subject for a person, or raises Unseen; `around(occasion, form)`
    is what the page says beside its form; `leads_to(occasion, form)` is the page after the step,
    asked inside the write; `seen(subject)` is the revision that a person sees; `changes(subject,
    form)` is what differs from what they saw; `take` does the step, inside the write, and returns
    the subject. `keep_files(form)` stores what came with a form, right or wrong; `left_out(form)`
    says what could not be stored. `page` is the endpoint of these pages, where rows name it;
    `button` is the form of a step that asks nothing.
    """

    tracks: Callable[[], tuple[Track, ...]]
    load: Callable[[str, Any], Any]
    around: Callable[[Occasion, StepForm], Mapping[str, Any]]
    leads_to: Callable[[Occasion, StepForm], str]
    template: str = "step.html"
    seen: Callable[[Any], int] = _same
    changes: Callable[[Any, StepForm], list[Any]] = _nothing
    take: Callable[[Track, Occasion, StepForm], Any] = as_track
    keep_files: Callable[[StepForm], Any] = _nothing
    left_out: Callable[[StepForm], list[str]] = _nothing
    page: str | None = None
    button: type[StepForm] = StepForm

    def rows(self, track: Track, step: str) -> list[Step]:
        """The rows of a step that are taken on these pages."""
        return [
            row
            for row in track.workflow.steps
            if row.name == step and row.is_offered and row.page == self.page
        ]

    def track_of(self, step: str) -> Track:
        """The track that has a step of this name on these pages; raises Unseen where none has."""
        for track in self.tracks():
            if self.rows(track, step):
                return track
        raise Unseen


def register(app: Flask, pages: StepPages) -> None:
    """Let a room's pages count as those that offer the steps of its tracks."""
    ports.of(app).step_pages.append(pages)


def refuse_unoffered(app: Flask) -> None:
    """Raise LookupError for a step that people may take and no page offers, or without words."""
    shared = {track.name for pages in ports.of(app).step_pages for track in pages.tracks()}
    for track in ports.of(app).tracks.values():
        for row in track.workflow.steps:
            where = f"{track.name}.{row.name}"
            if row.name not in track.words.done:
                raise LookupError(f"{where} has no sentence of what was done")
            if not row.is_offered:
                continue
            if row.page is None and row.name not in track.words.buttons:
                raise LookupError(f"{where} has no button")
            if row.page not in app.view_functions if row.page else track.name not in shared:
                raise LookupError(f"{where} is offered by no page")


def me() -> Any:
    """The person at work, read in this transaction; raises NotAllowed where they have left."""
    person = ports.here().active_person(current_user.id)
    if person is None:
        raise NotAllowed
    return person


def view(pages: StepPages, subject_id: str, step: str) -> Any:
    """Show a step, or take it."""
    track = pages.track_of(step)
    occasion = _occasion(pages, track, subject_id, step)
    form = _form_of(occasion.row, pages.button)()
    try:
        track.workflow.check(step, occasion.subject, occasion.person, occasion.now)
    except WrongState:
        if not form.is_submitted():
            raise
        form.settle(occasion)
        return _overtaken(pages, track, occasion, form)
    form.settle(occasion)
    if not form.is_submitted():
        form.seen.data = pages.seen(occasion.subject)
        return _drawn(pages, track, occasion, form)
    form.validate()
    pages.keep_files(form)
    if form.summary():
        again = _occasion(pages, track, subject_id, step)
        return _drawn(pages, track, again, form), form.status
    return _taken(pages, track, subject_id, step, form)


def _taken(pages: StepPages, track: Track, subject_id: str, step: str, form: StepForm) -> Any:
    try:
        with write(form) as done:
            occasion = _occasion(pages, track, subject_id, step)
            subject = pages.take(track, occasion, form)
            taken = subject.id
            db.session.flush()
            done.leads_to = pages.leads_to(replace(occasion, subject=subject), form)
    except Unready as refusal:
        form.refuse(refusal.problems)
        return _drawn(pages, track, _occasion(pages, track, subject_id, step), form), form.status
    except (Stale, WrongState):
        return _overtaken(pages, track, _occasion(pages, track, subject_id, step), form)
    _tell(track, taken, step)
    for sentence in pages.left_out(form):
        flash(sentence, "warn")
    return redirect(done.leads_to, 303)


def _occasion(pages: StepPages, track: Track, subject_id: str, step: str) -> Occasion:
    """The subject as it is now, and the row that holds in its state, else any of that name."""
    person = me()
    subject = pages.load(subject_id, person)
    row = track.workflow.rows.get((step, track.workflow.state_of(subject)))
    here = pages.rows(track, step)
    if row is None or row not in here:
        row = here[0]
    return Occasion(subject, person, clock.now(), row)


def _form_of(row: Step, button: type[StepForm] = StepForm) -> type[StepForm]:
    return cast(type[StepForm], row.form or button)


def button_form(endpoint: str, values: Mapping[str, Any], row: Step, revision: int) -> StepForm:
    """The form behind a button that stands on the page of its subject."""
    form = _form_of(row)(formdata=None, target=(endpoint, dict(values)))
    form.seen.data = revision
    return form


def _tell(track: Track, subject_id: str, step: str) -> None:
    """Say what was done: in the track's own words to who did it, else as the history says it."""
    if told := track.words.told.get(step):
        flash(str(told))
    elif entry := audit_trail.latest(subject_id, step):
        flash(history.sentence(entry))


def _drawn(pages: StepPages, track: Track, occasion: Occasion, form: StepForm, **more: Any) -> str:
    answers = {"acting": occasion.person}
    problems = problems_of(occasion.row, occasion.subject, occasion.now, answers)
    context = {
        "form": form,
        "step": occasion.row.name,
        "subject": occasion.subject,
        "heading": track.words.headings.get(occasion.row.name)
        or track.words.buttons[occasion.row.name],
        "button_text": track.words.buttons[occasion.row.name],
        "missing": [one for one in problems if getattr(one, "field", None) is None],
        "means": track.words.means.get(occasion.row.name, ""),
        "kind": track.words.kinds.get(occasion.row.name, "filled"),
        "kicker": "",
        "overtaken": "",
        "changes": [],
        "is_open": True,
        **more,
    }
    context |= pages.around(occasion, form)
    return render_template(form.template or pages.template, **context)


def _overtaken(pages: StepPages, track: Track, occasion: Occasion, form: StepForm) -> Any:
    """Somebody was faster: who did what, what differs, and what was typed; with the button again
    where the step can still be taken."""
    subject = occasion.subject
    entry = audit_trail.newest_of(subject.id)
    form.seen.data = pages.seen(subject)
    more = {
        "overtaken": history.sentence(entry) if entry else "",
        "at": entry.at if entry else occasion.now,
        "changes": pages.changes(subject, form),
        "is_open": _is_open(track, occasion),
        "missing": [],
    }
    return _drawn(pages, track, occasion, form, **more), 409


def _is_open(track: Track, occasion: Occasion) -> bool:
    try:
        track.workflow.check(occasion.row.name, occasion.subject, occasion.person, occasion.now)
    except (NotAllowed, WrongState):
        return False
    return True
