"""Absences: my own, and those of the people I am the head of; an administrator sees all."""

from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext as _

from intake import clock
from intake.people import queries, seeing, service
from intake.people.forms.absences import AbsenceForm, EndForm
from intake.people.forms.persons import ConfirmForm
from intake.people.models import Absence, Person
from intake.people.views.acting import Sheet, answered, begin, mark, me, still
from intake.people.views.room import room
from intake.refusals import NotAllowed, Unready, WrongState
from intake.web import access, templating
from intake.web.forms import Problem


@room.get("/people/absences", endpoint="absences")
@access.staff
def absences() -> Any:
    """My absences and those of others that I may see, as far as they are not over."""
    viewer, day = me(), clock.today()
    others, after = seeing.absences(viewer, day, request.args.get("after", "")[:16])
    return render_template(
        "people/absences.html",
        mine=queries.absences_of(viewer, day),
        others=others,
        after=after,
        sees_others=seeing.sees_others(viewer, day),
    )


@room.route("/people/absences/new", methods=["GET", "POST"])
@access.staff
def new_absence() -> Any:
    """Note that somebody will be away: oneself, those one is the head of, or anybody (A3)."""
    viewer, day = me(), clock.today()
    form = _absence_form(viewer)

    def enter() -> str:
        by, begins, until = me(), form.begins.data or day, form.until.data or day
        deputy = queries.active_person(form.deputy.person_id or "")
        if deputy == by:
            raise Unready([Problem(_("Whoever enters an absence cannot stand in."), "deputy")])
        away = _away(form, by)
        return _place(service.enter_absence(away, begins, until, deputy, by, clock.now()))

    sheet = Sheet(
        _("Enter an absence"),
        _("Enter"),
        (_("Absences"), url_for("people.absences")),
        means=(_("For who decides in the meantime, and for nothing else: no reason is asked."),),
    )
    return answered(form, enter, _("The absence has been entered."), sheet)


def _absence_form(viewer: Person) -> AbsenceForm:
    """The form: who can enter nobody else's absence is not asked whose it is."""
    form, day = AbsenceForm(), clock.today()
    form.find = seeing.meant
    person = _wanted(viewer)
    if not seeing.sees_others(viewer, day):
        del form.person
    else:
        begin(form.person, person.email)
    if person.unit is not None:
        form.deputy.suggest(one for one in seeing.around(person.unit, day) if one != person)
    return form


def _wanted(viewer: Person) -> Person:
    """Whom the page is opened for: oneself unless the address names somebody one may see."""
    wanted = request.args.get("person", "")
    return seeing.find_person(wanted, viewer, clock.today()) if wanted else viewer


def _away(form: AbsenceForm, by: Person) -> Person:
    """Who will be away: whom the form names and `by` may see."""
    if "person" not in form or form.person.person_id is None:
        return by
    person = queries.active_person(form.person.person_id)
    if person is None or not service.may_enter_absence(person, by, clock.now()):
        sentence = _("Their own head or an administrator enters this person's absences.")
        raise Unready([Problem(sentence, "person")])
    return person


@room.route("/people/absences/<id>", methods=["GET", "POST"], endpoint="absence")
@access.staff
def absence(id: str) -> Any:
    """One absence: its days, who stands in, and, for who may, another last day."""
    found, now = _seen(id), clock.now()
    may, over = service.may_change_absence(found, me(), now), service.is_over(found, now)
    if request.method == "POST" and not may:
        raise NotAllowed
    if request.method == "POST" and over:
        raise WrongState
    form = mark(EndForm(obj=found), found.until)

    def change() -> str:
        current = _seen(id)
        still(form, current.until)
        service.change_absence(current, form.until.data or current.until, me(), clock.now())
        return _place(current)

    back = (_("Absences"), url_for("people.absences"))
    heading = _("Absence of %(person)s", person=found.person.name)
    told = {"found": found, "open": may and not over, "over": over}
    sheet = Sheet(heading, _("Change the last day"), back)
    return answered(form, change, _("Saved."), sheet, "people/absence.html", **told)


@room.route("/people/absences/<id>/cancel", methods=["GET", "POST"])
@access.staff
def cancel_absence(id: str) -> Any:
    """Cancel an absence that is not over."""
    found, now = _seen(id), clock.now()
    if not service.may_change_absence(found, me(), now):
        raise NotAllowed
    if service.is_over(found, now):
        raise WrongState
    form = mark(ConfirmForm(), found.until)

    def cancel() -> str:
        current = _seen(id)
        still(form, current.until)
        service.cancel_absence(current, me(), clock.now())
        return url_for("people.absences")

    days = f"{templating.long_date(found.begins)}–{templating.long_date(found.until)}"
    sheet = Sheet(
        _("Cancel the absence"),
        _("Cancel the absence"),
        (_("Absence of %(person)s", person=found.person.name), _place(found)),
        kicker=f"{found.person.name}, {days}",
        means=(_("From this moment it no longer moves any decision."),),
        kind="bad",
    )
    return answered(form, cancel, _("The absence has been cancelled."), sheet)


def _seen(id: str) -> Absence:
    return seeing.find_absence(id, me(), clock.today())


def _place(absence: Absence) -> str:
    return url_for("people.absence", id=absence.id)
