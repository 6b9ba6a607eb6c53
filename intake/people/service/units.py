"""Units of the organisation, their heads and standing deputies."""

import re
import unicodedata
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from intake import clock, ports
from intake.data.base import db
from intake.engine import audit_trail
from intake.people import queries, rules
from intake.people.changes import locked, organises, tell
from intake.people.models import Level, Person, Unit
from intake.refusals import NotAllowed, Unready, WrongState
from intake.web import locale
from intake.web.forms import Problem

COLUMNS = ("name_fi", "name_sv", "parent_id", "level", "code")


def add_unit(
    level: Level,
    name_fi: str,
    name_sv: str,
    parent: Unit | None,
    by: Any,
    now: datetime,
    *,
    code: str | None = None,
) -> Unit:
    """A new unit below another; only the town has no parent. Its code is made from its name where
    none is given. Raises Unready beside the field."""
    organises(by)
    if problems := rules.unit_problems(level, name_fi, name_sv, parent, code=code):
        raise Unready(problems)
    unit = Unit(
        level=level,
        code=code or free_code(name_fi),
        name_fi=name_fi,
        name_sv=name_sv,
        parent_id=parent.id if parent else None,
    )
    db.session.add(unit)
    db.session.flush()
    audit_trail.record(
        by, now, unit, "unit", "add", facts={"level": level, "parent": unit.parent_id}
    )
    return unit


def free_code(name: str) -> str:
    """A code that no unit has: the name in plain letters, with a number where it is taken."""
    letters = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    plain = "-".join(re.findall(r"[a-z0-9]+", letters)) or "unit"
    plain = plain[: rules.CODE - 6].rstrip("-")
    taken = queries.codes_like(plain)
    number = 2
    found = plain
    while found in taken:
        found, number = f"{plain}-{number}", number + 1
    return found


def change_unit(
    unit: Unit,
    by: Any,
    now: datetime,
    *,
    name_fi: str | None = None,
    name_sv: str | None = None,
    parent: Unit | None = None,
    level: Level | None = None,
    code: str | None = None,
) -> bool:
    """Change what is given; says whether anything changed. Raises Unready beside the field, and
    NotAllowed where it would put the unit under one's own lead (A6)."""
    organises(by)
    above = parent or unit.parent
    given = (name_fi, name_sv, parent and parent.id, level, code)
    new: dict[str, Any] = {
        name: value
        for name, value in zip(COLUMNS, given, strict=True)
        if value is not None and value != getattr(unit, name)
    }
    if not new:
        return False
    if "parent_id" in new and _comes_under(unit, above, by, now):
        raise NotAllowed
    wanted = {name: new.get(name, getattr(unit, name)) for name in COLUMNS}
    problems = rules.unit_problems(
        wanted["level"],
        wanted["name_fi"],
        wanted["name_sv"],
        above,
        code=new.get("code"),
        unit=unit,
    )
    if problems:
        raise Unready(problems)
    for name, value in new.items():
        setattr(unit, name, value)
    db.session.flush()
    db.session.expire(unit, ["parent"])
    facts = {"fields": sorted(new), "level": unit.level, "parent": unit.parent_id}
    words = {name: text for name, text in new.items() if name not in ("level", "parent_id")}
    audit_trail.record(by, now, unit, "unit", "change", facts=facts, words=words)
    ports.here().staff.organisation_changed(by, now)
    return True


def _comes_under(unit: Unit, above: Unit | None, by: Any, now: datetime) -> bool:
    """Would a person come to lead a unit that they do not lead now?"""
    org = queries.organisation(clock.today(now))
    gained = set(org.chain(above)) - set(org.chain(unit))
    return isinstance(by, Person) and any(by.id in (one.head_id, one.deputy_id) for one in gained)


def name_head(
    unit: Unit, head: Person | None, deputy: Person | None, by: Any, now: datetime
) -> bool:
    """Who heads a unit and who stands in; says whether anything changed. Nobody changes an office
    of their own (A6); those concerned and all administrators are told."""
    organises(by)
    locked(unit)
    old = (unit.head_id, unit.deputy_id)
    new = (head.id if head else None, deputy.id if deputy else None)
    if old == new:
        return False
    own = by.id if isinstance(by, Person) else ""
    if any(own in pair and pair[0] != pair[1] for pair in zip(old, new, strict=True)):
        raise NotAllowed
    if problems := rules.head_problems(unit, head, deputy):
        raise Unready(problems)
    fill(unit, *new, by, now)
    return True


def fill(unit: Unit, head_id: str | None, deputy_id: str | None, by: Any, now: datetime) -> None:
    """Set the offices of a unit, whoever asks; tells whoever gets or loses one."""
    old = {unit.head_id, unit.deputy_id}
    unit.head_id, unit.deputy_id = head_id, deputy_id
    db.session.flush()
    db.session.expire(unit, ["head", "deputy"])
    facts = {"head": head_id, "deputy": deputy_id}
    line = audit_trail.record(by, now, unit, "unit", "name_head", facts=facts)
    concerned = queries.people(old | {head_id, deputy_id}).values()
    tell("office", unit, [one for one in concerned if one.is_active], by, now, line)
    ports.here().staff.organisation_changed(by, now)


def end_unit(unit: Unit, by: Any, now: datetime) -> None:
    """The unit exists no more. Raises Unready with everything that still hangs on it."""
    organises(by)
    locked(unit)
    if unit.ended_at is not None:
        raise WrongState
    if isinstance(by, Person) and by.id in (unit.head_id, unit.deputy_id):
        raise NotAllowed
    if problems := why_not_end(unit):
        raise Unready(problems)
    if unit.head_id or unit.deputy_id:
        fill(unit, None, None, by, now)
    unit.ended_at = now
    db.session.flush()
    audit_trail.record(by, now, unit, "unit", "end")
    ports.here().staff.organisation_changed(by, now)


def why_not_end(unit: Unit) -> list[Problem]:
    """What must be moved or ended first: units, people, and what other rooms have for the unit."""
    found = []
    if unit.parent_id is None:
        found.append(Problem(_("The town itself cannot be ended.")))
    if below := queries.units_below(unit):
        names = ", ".join(one.name(locale.current()) for one in below)
        found.append(Problem(_("Move or end the units below it first: %(names)s.", names=names)))
    if queries.any_people_in(unit):
        found.append(Problem(_("Move the people who work in it first.")))
    return [*found, *ports.here().staff.unit_holds(unit)]
