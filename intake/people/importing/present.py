"""The town as it is, in the cells of a file: what an import is held against, and what a
downloaded file says."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from intake.database import db
from intake.people import queries, town
from intake.people.importing.layout import Cells
from intake.people.models import Level, Person, Role, Unit


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
        return next((key for key, unit in self.units.items() if not_below(unit)), "")

    def listed(self, kind: str) -> Iterator[Cells]:
        """The lines of a file: units from the top down, people by name, units by their code."""
        codes = {key: unit["code"] for key, unit in self.units.items()} | {"": ""}
        order = list(Level)
        if kind == "units":
            for unit in sorted(
                self.units.values(),
                key=lambda unit: (order.index(Level(unit["level"])), unit["name_fi"]),
            ):
                yield unit | {"parent": codes.get(unit["parent"], "")}
        else:
            for person in sorted(self.people.values(), key=lambda one: (one["name"], one["email"])):
                yield person | {"unit": codes.get(person["unit"], "")}


def not_below(unit: Cells) -> bool:
    """Is it the town itself?"""
    return unit["level"] == Level.ROOT


def present(by: Person | None = None) -> Present:
    """The town of this moment, read with a handful of queries."""
    columns = [Unit.__table__.columns, Person.__table__.columns]
    units, people = (db.session.execute(select(*found)).all() for found in columns)
    keys = {unit.id: unit_key(unit.code or unit.id) for unit in units}
    addresses = {person.id: person.email for person in people}
    settings = town.current()
    return Present(
        units={keys[unit.id]: _unit(unit, keys, addresses) for unit in units if not unit.ended_at},
        people={person.email: _person(person, keys) for person in people if not person.ended_at},
        gone={
            "units": {keys[unit.id] for unit in units if unit.ended_at},
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
