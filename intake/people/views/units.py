"""The organisation: its tree, one unit, who heads it, and who decides for it today."""

from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from intake import clock
from intake.people import queries, routing, seeing, service
from intake.people.forms.persons import ConfirmForm
from intake.people.forms.units import HeadForm, UnitForm
from intake.people.models import LEVELS, Level, Person, Unit
from intake.people.rules import DOWNWARDS
from intake.people.views.acting import (
    ADMINISTRATOR,
    Sheet,
    answered,
    begin,
    history,
    mark,
    me,
    still,
    unit_choices,
)
from intake.people.views.room import room
from intake.refusals import Unready, WrongState
from intake.web import access, locale
from intake.web.forms import Problem


@room.get("/people/units", endpoint="units")
@access.staff
def units() -> Any:
    """The whole tree with heads and deputies: everybody in service may see who decides."""
    org, viewer = queries.organisation(clock.today()), me()
    return render_template(
        "people/units.html",
        tree=[
            (unit, depth, org.person(unit.head_id), org.person(unit.deputy_id))
            for unit, depth in org.tree()
        ],
        levels=LEVELS,
        organises=ADMINISTRATOR in viewer.roles,
        keeps=bool(viewer.roles & seeing.OVERSEERS),
    )


@room.route("/people/units/new", methods=["GET", "POST"])
@access.roles(ADMINISTRATOR)
def new_unit() -> Any:
    """A unit below another."""
    form = _unit_form(UnitForm())
    if request.method == "GET":
        above = queries.organisation(clock.today()).units.get(request.args.get("parent", ""))
        if above is not None:
            form.parent.data, form.level.data = above.id, _next_level(above)

    def add() -> str:
        given = (Level(form.level.data), form.name_fi.data, form.name_sv.data or "")
        parent = queries.find_unit(form.parent.data) if form.parent.data else None
        made = service.add_unit(*given, parent, me(), clock.now(), code=form.code.data or None)
        return _place(made)

    back = (_("Units"), url_for("people.units"))
    return answered(
        form, add, _("The unit has been added."), Sheet(_("Add a unit"), _("Add"), back)
    )


def _next_level(above: Unit) -> Level:
    place = DOWNWARDS.index(above.level)
    return DOWNWARDS[min(place + 1, len(DOWNWARDS) - 1)]


def _unit_form(form: UnitForm) -> UnitForm:
    """The form with what can be chosen: there is one town, so that is a level of no other unit."""
    form.parent.choices = unit_choices(_l("Choose"))
    if queries.root() is not None:
        form.level.choices = [pair for pair in LEVELS.items() if pair[0] is not Level.ROOT]
    return form


@room.get("/people/units/<id>", endpoint="unit")
@access.staff
def unit(id: str) -> Any:
    """One unit: its offices, what is below it, and who decides for it today and why."""
    found, viewer, day = queries.find_unit(id), me(), clock.today()
    org = queries.organisation(day)
    route = routing.route(found.id, [], [], day)
    organises = ADMINISTRATOR in viewer.roles and found.ended_at is None
    return render_template(
        "people/unit.html",
        found=found,
        level=LEVELS[found.level],
        above=org.chain(found)[1:2],
        below=queries.units_below(found),
        head=org.person(found.head_id),
        deputy=org.person(found.deputy_id),
        route=route,
        why=routing.explained(route, day, locale.current()),
        people=seeing.page(viewer, day, unit=found.id),
        organises=organises,
        has_heads=found.level is not Level.WORKING_GROUP,
        blocked=service.why_not_end(found) if organises else [],
        history=history([found.id]),
        keeps=bool(viewer.roles & seeing.OVERSEERS),
    )


@room.route("/people/units/<id>/change", methods=["GET", "POST"])
@access.roles(ADMINISTRATOR)
def change_unit(id: str) -> Any:
    """Names, level, place and code."""
    found = _standing(id)
    form = _unit_form(UnitForm(obj=found))
    if found.level is Level.ROOT:
        del form.parent, form.level
    else:
        begin(form.parent, found.parent_id)
    mark(form, *_shown(found))

    def change() -> str:
        current = _standing(id)
        still(form, *_shown(current))
        service.change_unit(current, me(), clock.now(), **_given(form))
        return _place(current)

    sheet = _sheet(found, _("Change the unit"), _("Save"))
    return answered(form, change, _("Saved."), sheet)


def _given(form: UnitForm) -> dict[str, Any]:
    """What the form says; the town has neither a unit above nor another level."""
    given: dict[str, Any] = {
        "name_fi": form.name_fi.data,
        "name_sv": form.name_sv.data or "",
        "code": form.code.data or None,
    }
    if "parent" in form:
        above = queries.find_unit(form.parent.data or "")
        given |= {"parent": above, "level": Level(form.level.data)}
    return given


def _shown(unit: Unit) -> tuple[Any, ...]:
    return (unit.name_fi, unit.name_sv, unit.level.value, unit.parent_id, unit.code)


@room.route("/people/units/<id>/head", methods=["GET", "POST"])
@access.roles(ADMINISTRATOR)
def name_head(id: str) -> Any:
    """Who heads the unit and who stands in; never oneself (A6)."""
    found = _standing(id)
    if found.level is Level.WORKING_GROUP:
        raise WrongState
    form = _head_form(found)

    def name() -> str:
        current = _standing(id)
        still(form, current.head_id, current.deputy_id)
        head, deputy = (_named(current, field) for field in (form.head, form.deputy))
        service.name_head(current, head, deputy, me(), clock.now())
        return _place(current)

    means = (
        _("The head decides for the unit. While they are away, the deputy does."),
        _("Nobody takes or gives up an office of their own: another administrator does that."),
        _("Those concerned and all administrators get a message of this."),
    )
    return answered(form, name, _("Saved."), _sheet(found, _("Head and deputy"), _("Save"), means))


def _named(unit: Unit, field: Any) -> Person | None:
    """Who is named; oneself is refused beside the field, where all that was typed stays (A6)."""
    person = queries.active_person(field.person_id or "")
    if person == me() and person.id != getattr(unit, f"{field.name}_id"):
        raise Unready([Problem(_("You cannot name yourself."), field.name)])
    return person


def _head_form(unit: Unit) -> HeadForm:
    """The form of a unit's offices: it begins with who holds them, and offers who is near."""
    form = HeadForm()
    form.find = seeing.meant
    near = seeing.around(unit, clock.today())
    known = queries.people([unit.head_id, unit.deputy_id])
    for field, person_id in ((form.head, unit.head_id), (form.deputy, unit.deputy_id)):
        field.suggest(near)
        person = known.get(person_id or "")
        begin(field, person.email if person else "")
    mark(form, unit.head_id, unit.deputy_id)
    return form


@room.route("/people/units/<id>/end", methods=["GET", "POST"])
@access.roles(ADMINISTRATOR)
def end_unit(id: str) -> Any:
    """The unit exists no more; first everything that hangs on it is moved or ended."""
    found = _standing(id)
    form = mark(ConfirmForm(), *_shown(found))

    def end() -> str:
        current = _standing(id)
        still(form, *_shown(current))
        service.end_unit(current, me(), clock.now())
        return url_for("people.units")

    means = (_("It stays in what was decided and done before, and in nothing new."),)
    sheet = _sheet(found, _("End the unit"), _("End the unit"), means)
    return answered(form, end, _("The unit has ended."), sheet)


def _standing(id: str) -> Unit:
    found = queries.find_unit(id)
    if found.ended_at is not None:
        raise WrongState
    return found


def _sheet(unit: Unit, heading: str, verb: str, means: tuple[str, ...] = ()) -> Sheet:
    name = unit.name(locale.current())
    kind = "bad" if heading == verb else "filled"
    return Sheet(heading, verb, (name, _place(unit)), means=means, kind=kind)


def _place(unit: Unit) -> str:
    return url_for("people.unit", id=unit.id)
