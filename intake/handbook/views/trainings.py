"""Who runs a profile and how they stand; trainings recorded and cancelled (P11, G1)."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from intake import clock
from intake.data.base import db
from intake.handbook import queries, roll, service
from intake.handbook.forms import ActForm, TrainingForm
from intake.handbook.models import TRAININGS, Training
from intake.handbook.views.room import attempt, keeping, me, room
from intake.people import queries as people
from intake.people.models import Person
from intake.refusals import NotAllowed, Unseen, WrongState


@room.get("/handbook/trainings")
@keeping
def trainings() -> Any:
    """Those who run a profile or are named to, who lacks most first; or everybody of a name."""
    q, after = request.args.get("q", "").strip(), request.args.get("after", "")
    return render_template(
        "handbook/trainings.html",
        page=roll.page(clock.today(), q=q, after=after),
        version=queries.current_guidelines(),
        q=q,
        after=after,
    )


@room.route("/handbook/trainings/record", methods=["GET", "POST"])
@keeping
def record_training() -> Any:
    """Record a training that the chosen people have had."""
    asked = request.args.getlist("people")
    form = TrainingForm(people=asked)
    offered = _in_service([*asked, *(form.people.data or [])])
    form.people.choices = [(person.id, person.name) for person in offered]
    if not offered and request.method != "POST":
        flash(_("Choose first whose training you record."), "warn")
        return redirect(url_for("handbook.trainings"))

    def record() -> str:
        persons = _in_service(form.people.data or [])
        service.record_trainings(persons, by=me(), now=clock.now(), **form.values())
        return url_for("handbook.trainings")

    done = attempt(form, record)
    if done.leads_to is None:
        page = render_template("handbook/record_training.html", form=form, offered=offered)
        return page, form.status
    number = len(form.people.data or [])
    flash(
        ngettext(
            "The training of one person is recorded.",
            "The training of %(num)d people is recorded.",
            number,
        )
    )
    return redirect(done.leads_to, 303)


def _in_service(ids: list[str]) -> list[Person]:
    """The people of these ids who are in service, by name; never oneself."""
    if current_user.id in ids:
        raise NotAllowed
    found = people.people(list(dict.fromkeys(ids))[: roll.PAGE]).values()
    return sorted((one for one in found if one.is_active), key=lambda one: one.name)


@room.get("/handbook/trainings/<id>")
@keeping
def person_trainings(id: str) -> Any:
    """What one person has read and learnt, mistakes among it."""
    person = _person(id)
    return render_template(
        "handbook/person_trainings.html",
        who=person,
        is_me=person.id == current_user.id,
        standing=queries.readiness([person.id], clock.today())[person.id],
        mine=queries.acknowledgement(person.id),
        version=queries.current_guidelines(),
        trainings=queries.trainings(person.id, cancelled=True),
        names=TRAININGS,
    )


def _person(person_id: str) -> Person:
    found = people.active_person(person_id)
    if found is None:
        raise Unseen
    return found


@room.route("/handbook/trainings/<id>/<training>/cancel", methods=["GET", "POST"])
@keeping
def cancel_training(id: str, training: str) -> Any:
    """Cancel a training that was recorded by mistake; never one's own."""
    row, form = _training(id, training), ActForm()
    if id == current_user.id:
        raise NotAllowed
    if row.cancelled_at is not None:
        raise WrongState

    def cancel() -> str:
        service.cancel_training(_training(id, training), me(), clock.now())
        return url_for("handbook.person_trainings", id=id)

    done = attempt(form, cancel)
    if done.leads_to is None:
        row = _training(id, training)
        page = render_template(
            "handbook/cancel_training.html", form=form, row=row, name=TRAININGS[row.kind]
        )
        return page, form.status
    flash(_("The training is cancelled. It counts no more."))
    return redirect(done.leads_to, 303)


def _training(person_id: str, training_id: str) -> Training:
    """A training, found through its person (A42)."""
    row = db.session.get(Training, training_id)
    if row is None or row.person_id != _person(person_id).id:
        raise Unseen
    return row
