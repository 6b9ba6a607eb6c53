"""A plan into the database, all of it in one transaction that the caller opened.

The plan was checked as a whole, so nothing is checked again on the way: the town in between may
be one that no rule would allow. Every change leaves the line that it leaves everywhere.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import insert, select

from intake import ports
from intake.data.base import db, random_id
from intake.engine import audit_trail
from intake.people.importing.layout import OFFICES
from intake.people.models import Level, Person, Unit
from intake.people.service import common, units

Change = dict[str, Any]


def carry_out(
    changes: list[Change], ids: dict[str, dict[str, str]], by: Person, now: datetime
) -> list[str]:
    """Make the changes; `ids` are those of the town as it is. Returns the ids of new people, whom
    `finding.catch_up` has to make known."""
    writer = _Writer(changes, ids, by, now)
    with common.together():
        writer.write_units()
        writer.write_people()
        db.session.flush()
        writer.fill_offices()
    ports.here().staff.organisation_changed(by, now)
    return [person.id for person in writer.came]


class _Came(NamedTuple):
    """Somebody new, as the trail needs to know them."""

    id: str
    subject_type: str = Person.subject_type


class _Writer:
    def __init__(
        self, changes: list[Change], ids: dict[str, dict[str, str]], by: Person, now: datetime
    ) -> None:
        self.by, self.now = by, now
        self.of = {
            kind: [change for change in changes if change["kind"] == kind]
            for kind in ("units", "people")
        }
        self.units, self.people = dict(ids["units"]), dict(ids["people"])
        self.came: list[_Came] = []

    def write_units(self) -> None:
        """Units from the top down: each is there before those below it."""
        known = _rows(Unit, self.units, self.of["units"])
        order = list(Level)
        new = [change for change in self.of["units"] if change["new"]]
        for change in sorted(new, key=lambda one: order.index(Level(_new(one)["level"]))):
            self._add_unit(change)
        db.session.flush()
        for change in self.of["units"]:
            if not change["new"]:
                self._change_unit(known[self.units[change["key"]]], _new(change))

    def _add_unit(self, change: Change) -> None:
        values = _new(change)
        unit = Unit(
            id=random_id(),
            level=Level(values["level"]),
            code=values["code"],
            name_fi=values["name_fi"],
            name_sv=values.get("name_sv", ""),
            parent_id=self.units.get(values.get("parent", "")),
        )
        db.session.add(unit)
        self.units[change["key"]] = unit.id
        facts = {"level": unit.level, "parent": unit.parent_id}
        audit_trail.record(self.by, self.now, unit, "unit", "add", facts=facts)

    def _change_unit(self, unit: Unit, values: dict[str, str]) -> None:
        new: dict[str, Any] = {
            name: value for name, value in values.items() if name not in ("parent", *OFFICES)
        }
        if "level" in new:
            new["level"] = Level(new["level"])
        if "parent" in values:
            new["parent_id"] = self.units[values["parent"]]
        if not new:
            return
        for name, value in new.items():
            setattr(unit, name, value)
        facts = {"fields": sorted(new), "level": unit.level, "parent": unit.parent_id}
        words: dict[str, Any] = {
            name: new[name] for name in ("name_fi", "name_sv", "code") if name in new
        }
        audit_trail.record(self.by, self.now, unit, "unit", "change", facts=facts, words=words)

    def write_people(self) -> None:
        """People, each in their unit; those who are new at once."""
        known = _rows(Person, self.people, self.of["people"])
        rows = [self._come(change) for change in self.of["people"] if change["new"]]
        if rows:
            db.session.execute(insert(Person), rows)
        for change in self.of["people"]:
            if not change["new"]:
                self._change_person(known[self.people[change["key"]]], _new(change))

    def _come(self, change: Change) -> dict[str, Any]:
        """The row of somebody new."""
        values = {"title": "", **_new(change)}
        came = _Came(random_id())
        self.people[change["key"]] = came.id
        self.came.append(came)
        unit_id = self.units[values.pop("unit")]
        audit_trail.record(self.by, self.now, came, "person", "add", facts={"unit": unit_id})
        return {"id": came.id, "unit_id": unit_id, **values}

    def _change_person(self, person: Person, values: dict[str, str]) -> None:
        new = {name: value for name, value in values.items() if name != "unit"}
        for name, value in new.items():
            setattr(person, name, value)
        if new:
            facts: dict[str, Any] = {"fields": sorted(new)}
            audit_trail.record(
                self.by, self.now, person, "person", "change", facts=facts, words=new
            )
        if "unit" in values:
            before, person.unit_id = person.unit_id, self.units[values["unit"]]
            facts = {"from": before, "to": person.unit_id}
            audit_trail.record(self.by, self.now, person, "person", "move", facts=facts)
            ports.here().staff.person_moved(person, self.by, self.now)

    def fill_offices(self) -> None:
        """Heads and standing deputies, when everybody is there."""
        named = [change for change in self.of["units"] if set(OFFICES) & set(change["values"])]
        known = _rows(Unit, self.units, named, new=True)
        for change in named:
            unit = known[self.units[change["key"]]]
            values = {"head": unit.head_id, "deputy": unit.deputy_id}
            values |= {
                office: self.people.get(address)
                for office, address in _new(change).items()
                if office in OFFICES
            }
            units.fill(unit, values["head"], values["deputy"], self.by, self.now)


def _new(change: Change) -> dict[str, str]:
    """The new values of what changes."""
    return {column: value for column, (_old, value) in change["values"].items()}


def _rows(
    model: Any, ids: dict[str, str], changes: Iterable[Change], *, new: bool = False
) -> dict[str, Any]:
    """The rows that the changes are of, by id; those that are new too, where they are there."""
    wanted = [ids[change["key"]] for change in changes if new or not change["new"]]
    found = db.session.scalars(select(model).where(model.id.in_(wanted)))
    return {row.id: row for row in found}
