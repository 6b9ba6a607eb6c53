"""The people of the town: who there is, one person, and what becomes of them."""

from datetime import datetime
from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from intake import clock, ports
from intake.people import queries, seeing, service
from intake.people.forms.persons import (
    ChangePersonForm,
    ConfirmForm,
    FilterForm,
    MoveForm,
    NewPersonForm,
)
from intake.people.models import ROLES, Person, Unit
from intake.people.views.acting import (
    ADMINISTRATOR,
    KEEPING,
    Sheet,
    another,
    answered,
    history,
    mark,
    me,
    still,
    unit_choices,
)
from intake.people.views.room import room
from intake.refusals import NotAllowed, Unready, WrongState
from intake.web import access, locale
from intake.web.forms import Problem


@room.get("/people", endpoint="persons")
@access.roles(*KEEPING)
def persons() -> Any:
    """Everybody in service, or everybody who has left."""
    asked, viewer = request.args, me()
    kept = {name: asked[name][:200] for name in ("q", "unit", "role", "left") if asked.get(name)}
    form = FilterForm(formdata=asked)
    form.unit.choices = unit_choices(_l("All"))
    page = seeing.page(
        viewer,
        clock.today(),
        q=kept.get("q", ""),
        unit=kept.get("unit", ""),
        role=kept.get("role", ""),
        left="left" in kept,
        after=asked.get("after", "")[:16],
    )
    return render_template(
        "people/persons.html",
        page=page,
        filters=form,
        kept=kept,
        roles_of=_roles,
        changes=ADMINISTRATOR in viewer.roles,
    )


def _roles(person: Person) -> str:
    held = sorted({grant.role for grant in person.grants if grant.ended_at is None})
    return ", ".join(str(ROLES[role]) for role in held)


@room.route("/people/new", methods=["GET", "POST"])
@access.roles(ADMINISTRATOR)
def new_person() -> Any:
    """Somebody comes into the town's service."""
    form = NewPersonForm()
    form.unit.choices = unit_choices(_l("Choose"))
    if request.method == "GET":
        form.unit.data, form.language.data = request.args.get("unit", ""), "fi"

    def add() -> str:
        unit = queries.find_unit(form.unit.data)
        given = (form.email.data, form.name.data, form.title.data or "")
        made = service.add_person(*given, unit, me(), clock.now(), language=form.language.data)
        return _place(made)

    sheet = Sheet(
        _("Add a person"),
        _("Add"),
        (_("People"), url_for("people.persons")),
        means=(_("They can sign in when they have been invited. Roles are granted afterwards."),),
    )
    return answered(form, add, _("The person has been added."), sheet)


@room.get("/people/<id>", endpoint="person")
@access.staff
def person(id: str) -> Any:
    """One person: for keepers and administrators, their head, and themself."""
    viewer, now = me(), clock.now()
    found = seeing.find_person(id, viewer, clock.today(now))
    grants = queries.all_grants_of(found)
    ids = [found.id, *(one.id for one in grants), *queries.absence_ids_of(found)]
    return render_template(
        "people/person.html",
        found=found,
        **_parts(found, now),
        history=history(ids),
        **_open_to(viewer, found),
        enters=found.is_active and service.may_enter_absence(found, viewer, now),
    )


def _parts(found: Person, now: datetime) -> dict[str, Any]:
    """What a person holds and does today: all that would end if they left."""
    day = clock.today(now)
    return {
        "grants": queries.grants_of(found),
        "offices": queries.headed_by(found, day),
        "absences": queries.absences_of(found, day),
        "work": ports.here().staff.work_of(found, me(), now),
    }


def _open_to(viewer: Person, found: Person) -> dict[str, bool]:
    """What the page offers: nobody changes their own roles, offices, unit and address (A6)."""
    organises, other = ADMINISTRATOR in viewer.roles, viewer != found
    settles = organises and found.is_active and (other or service.may_settle(found))
    return {
        "keeps": bool(viewer.roles & seeing.OVERSEERS),
        "changes": organises and found.is_active,
        "organises": organises and other,
        "moves": settles,
    }


@room.route("/people/<id>/change", methods=["GET", "POST"])
@access.roles(ADMINISTRATOR)
def change_person(id: str) -> Any:
    """Name, title, language and work address; one's own address is another's to change (A6)."""
    found = seeing.find_person(id, me(), clock.today())
    form = ChangePersonForm(obj=found)
    if found == me():
        del form.email
    mark(form, *_shown(found))

    def change() -> str:
        current, by = seeing.find_person(id, me(), clock.today()), me()
        still(form, *_shown(current))
        given = {
            name: form[name].data for name in ("name", "title", "language", "email") if name in form
        }
        service.change_person(current, by, clock.now(), **given)
        return _place(current)

    return answered(form, change, _("Saved."), _sheet(found, _("Change the details"), _("Save")))


def _shown(person: Person) -> tuple[str, ...]:
    return (person.name, person.title, person.email, person.language)


@room.route("/people/<id>/unit", methods=["GET", "POST"])
@access.roles(ADMINISTRATOR)
def move_person(id: str) -> Any:
    """Another unit; offices that do not fit it end."""
    found, day = _movable(id), clock.today()
    form = MoveForm(data={"unit": found.unit_id})
    form.unit.choices = unit_choices(_l("Choose"))
    offices = queries.headed_by(found, day)
    if not offices:
        del form.sure
    mark(form, found.unit_id)

    def move() -> str:
        current, unit = _movable(id), queries.find_unit(form.unit.data)
        still(form, current.unit_id)
        ending = queries.offices_outside(current, unit, day)
        if ending and not form.sure.data:
            raise Unready([_ends(ending)])
        service.move_person(current, unit, me(), clock.now())
        return _place(current)

    sheet = _sheet(found, _("Move to another unit"), _("Move"), _told_before(found, offices))
    return answered(form, move, _("The person has been moved."), sheet)


def _told_before(person: Person, offices: list[Unit]) -> tuple[str, ...]:
    """Which offices might end with a move, and what does not."""
    told: list[str] = []
    if offices:
        names = ", ".join(unit.name(locale.current()) for unit in offices)
        ends = _(
            "An office in a unit that is neither above nor below the new one ends with the move."
        )
        told += [_("Head or deputy today in: %(units)s.", units=names), ends]
    if covered := queries.absences_covered_by(person, clock.today()):
        people = ", ".join(dict.fromkeys(absence.person.name for absence in covered))
        told.append(_("Stays the deputy for the absence of: %(people)s.", people=people))
    return tuple(told)


def _ends(offices: list[Unit]) -> Problem:
    names = ", ".join(unit.name(locale.current()) for unit in offices)
    sentence = _("With this move an office ends in: %(units)s. Tick that it may.", units=names)
    return Problem(sentence, "sure")


@room.route("/people/<id>/leave", methods=["GET", "POST"])
@access.roles(ADMINISTRATOR)
def leave(id: str) -> Any:
    """A person leaves: first the page says all that ends, then all of it ends at once."""
    found, now = another(id), clock.now()
    if not found.is_active:
        raise WrongState
    parts = _parts(found, now)
    form = mark(ConfirmForm(), *_told(parts))

    def end() -> str:
        current = another(id)
        still(form, *_told(_parts(current, now)))
        service.end_service(current, me(), now)
        return _place(current)

    heading = _("End the service of %(person)s", person=found.name)
    sheet = Sheet(heading, _("End the service"), (found.name, _place(found)), kind="bad")
    said = _("The service has ended, and so has all that followed from it.")
    return answered(form, end, said, sheet, "people/person_leave.html", found_id=found.id, **parts)


def _told(parts: dict[str, Any]) -> list[str]:
    """All that the page says of what ends, to tell whether it still is so."""
    rows = [*parts["grants"], *parts["offices"], *parts["absences"]]
    return [*(row.id for row in rows), *(str(work) for work in parts["work"])]


@room.route("/people/<id>/return", methods=["GET", "POST"])
@access.roles(ADMINISTRATOR)
def take_back(id: str) -> Any:
    """Somebody who has left is in service again."""
    found = another(id)
    if found.is_active:
        raise WrongState
    form = mark(ConfirmForm(), found.ended_at)

    def back() -> str:
        current = another(id)
        still(form, current.ended_at)
        service.take_back(current, me(), clock.now())
        return _place(current)

    means = (
        _("They are in service again with the same work address."),
        _("Roles, offices and profiles do not come back by themselves. Invite them to sign in."),
    )
    sheet = _sheet(found, _("Take back into service"), _("Take back"), means)
    return answered(form, back, _("The person is in service again."), sheet)


def _movable(id: str) -> Person:
    """Somebody else, or the only administrator of a new town (A6)."""
    viewer = me()
    found = seeing.find_person(id, viewer, clock.today())
    if found == viewer and not service.may_settle(found):
        raise NotAllowed
    return found


def _sheet(person: Person, heading: str, verb: str, means: tuple[str, ...] = ()) -> Sheet:
    back = (person.name, _place(person))
    return Sheet(heading, verb, back, means=means)


def _place(person: Person) -> str:
    return url_for("people.person", id=person.id)
