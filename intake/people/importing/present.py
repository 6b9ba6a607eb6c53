"""The town as it is, in the cells of a file: what an import is held against, and what a
downloaded file says."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from intake.data.base import db
from intake.people import queries, town
from intake.people.importing.layout import Cells
from intake.people.models import Level, Person, Role, Unit

OF_PEOPLE = ("id", "email", "name", "title", "unit_id", "language", "ended_at")


def unit_key(code: str) -> str:
    """How codes are compared: whatever their case."""
    return code.casefold()


@dataclass(frozen=True)
class Present:
    """Units by key and people by address, those of today; `gone` are the keys and addresses of
    what has ended. Cells name units by their key. `by` is who imports, `alone` whether they are
    the only administrator."""

    units: dict[str, Cells]
    people: dict[str, Cells]
    gone: dict[str, set[str]]
    ids: dict[str, dict[str, str]]
    by: str
    alone: bool
    domains: tuple[str, ...]
    language: str

    def of(self, kind: str) -> dict[str, Cells]:
        """Units or people."""
        return self.units if kind == "units" else self.people

    @property
    def root(self) -> str:
        """The key of the town itself, nothing before it is founded."""
        towns = (key for key, unit in self.units.items() if unit["level"] == Level.ROOT)
        return next(towns, "")

    def listed(self, kind: str) -> list[Cells]:
        """The lines of a file: units from the top down, people by name, each unit by its code."""
        codes = {"": ""} | {key: unit["code"] for key, unit in self.units.items()}
        link = "parent" if kind == "units" else "unit"
        lines = [cells | {link: codes[cells[link]]} for cells in self.of(kind).values()]
        return sorted(lines, key=_place)


def _place(cells: Cells) -> tuple[int, str, str]:
    """Where a unit or person stands in a list."""
    if "level" in cells:
        return list(Level).index(Level(cells["level"])), cells["name_fi"], cells["code"]
    return 0, cells["name"], cells["email"]


def present(by: Person | None = None) -> Present:
    """The town of this moment, read with a handful of queries."""
    units = db.session.execute(select(*Unit.__table__.columns)).all()
    people = db.session.execute(select(*(getattr(Person, name) for name in OF_PEOPLE))).all()
    keys = {unit.id: unit_key(unit.code or unit.id) for unit in units}
    here = {unit.id: keys[unit.id] for unit in units if not unit.ended_at}
    addresses = {person.id: person.email for person in people}
    settings = town.current()
    return Present(
        units={here[unit.id]: _unit(unit, here, addresses) for unit in units if unit.id in here},
        people={person.email: _person(person, here) for person in people if not person.ended_at},
        gone={
            "units": set(keys.values()) - set(here.values()),
            "people": {person.email for person in people if person.ended_at},
        },
        ids={
            "units": {key: unit_id for unit_id, key in keys.items()},
            "people": {email: person_id for person_id, email in addresses.items()},
        },
        by=by.email if by else "",
        alone=by is not None and queries.holders(Role.ADMINISTRATOR) == [by],
        domains=tuple(settings.mail_domains),
        language=settings.languages[0],
    )


def _unit(unit: Any, keys: dict[str, str], addresses: dict[str, str]) -> Cells:
    return {
        "code": unit.code or unit.id,
        "parent": keys.get(unit.parent_id, ""),
        "level": unit.level.value,
        "name_fi": unit.name_fi,
        "name_sv": unit.name_sv,
        "head": addresses.get(unit.head_id, ""),
        "deputy": addresses.get(unit.deputy_id, ""),
    }


def _person(person: Any, keys: dict[str, str]) -> Cells:
    return {
        "email": person.email,
        "name": person.name,
        "title": person.title,
        "unit": keys.get(person.unit_id, ""),
        "language": person.language,
    }
