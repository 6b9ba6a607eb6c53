"""A large invented town, filled in by bulk as the services would have left it.

Of a hundred profiles one is being set up, one is closing, ten are closed. To every 25 profiles
there is one more request: a draft, one to decide, or one rejected. People and units grow with them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Flask
from sqlalchemy import update

from benchmarks import cases, story
from benchmarks.filling import Filling
from intake import clock
from intake.data.base import db, random_id
from intake.data.write import write
from intake.engine import replay
from intake.engine.tracks import Counter
from intake.handbook.models import Acknowledgement, Training, TrainingKind
from intake.people import passwords, sign_in, town
from intake.people.models import Level, Person, Role, RoleGrant, Session, Unit

PASSWORD = "koskikara-lumpeet-77"  # noqa: S105 -- of people who do not exist
SECTORS, AREAS = 5, 20
FIRST = "Aino Eero Helmi Ilmari Kaarina Lauri Maija Niilo Oona Pekka Riitta Sampo Tuuli Ville"
LAST = "Aalto Harju Honka Koski Kuusi Lehto Mäki Niemi Oja Pelto Ranta Salo Suo Vuori"


@dataclass(frozen=True)
class Town:
    """What was filled in: enough to ask for it."""

    slugs: list[str]
    names: list[str]
    urls: list[str]
    staff: list[str]  # work addresses
    sessions: list[str]  # ids of the sessions of the same people, in the same order
    cases: list[str]  # ids of cases; the first of the staff handles them
    drafts: list[tuple[str, int]]  # id of a complete draft, and the place of its requester


def fill(app: Flask, size: int, drafts: int) -> Town:
    """Fill an empty, migrated database with `size` profiles and their requests, as many cases of
    fakes, and so many complete drafts; everybody has the same password."""
    with app.app_context():
        hashed = passwords.hashed(PASSWORD)
        with write():
            filling = Filling(clock.now(), size)
            _found(filling, hashed)
            made = [story.profile(filling, place) for place in range(size)]
            for place in range(size // 25):
                story.on_the_way(filling, size + place)
            complete = [story.draft(filling, 2 * size + place) for place in range(drafts)]
            fakes = cases.fill(filling, size)
            sessions = [_session(filling, person) for person in filling.people]
            filling.add(Counter, name="PP", year=clock.today().year, last=3 * size)
            filling.add(Counter, name="VP", year=clock.today().year, last=size)
            filling.end()
        replay.settle(clock.now())
        db.session.remove()
    listed = [one for one in made if one.slug]
    return Town(
        slugs=[one.slug for one in listed],
        names=[one.name for one in listed],
        urls=[one.url for one in listed],
        staff=[person["email"] for person in filling.people],
        sessions=sessions,
        cases=fakes,
        drafts=complete,
    )


def _found(filling: Filling, hashed: str) -> None:
    """The settings, units with their heads, and people, all of whom have read and learnt all."""
    town.store(
        name_fi="Savonkoski",
        genitive_fi="Savonkosken",
        mail_domains=[story.DOMAIN],
        contact_email=f"viestinta@{story.DOMAIN}",
    )
    filling.units = list(_units(filling, max(40, filling.size // 250)))
    filling.flush()
    filling.people = list(_people(filling, max(300, filling.size // 20), hashed))
    filling.flush()
    for unit, head in zip(filling.units, filling.people, strict=False):
        db.session.execute(update(Unit).where(Unit.id == unit["id"]).values(head_id=head["id"]))
    staff = filling.people[len(filling.units) :]
    for person, role in zip(staff, (Role.KEEPER, Role.KEEPER, Role.ADMINISTRATOR), strict=False):
        filling.add(RoleGrant, person_id=person["id"], role=role)


def _units(filling: Filling, number: int) -> Iterator[dict[str, Any]]:
    """The town, its sectors, the areas below these, the units below those."""
    made: list[dict[str, Any]] = []
    for place in range(number):
        level, above = Level.ROOT, None
        if 0 < place <= SECTORS:
            level, above = Level.SECTOR, 0
        elif SECTORS < place <= SECTORS + AREAS:
            level, above = Level.SERVICE_AREA, 1 + place % SECTORS
        elif place:
            level, above = Level.UNIT, SECTORS + 1 + place % AREAS
        unit = filling.add(
            Unit,
            parent_id=None if above is None else made[above]["id"],
            level=level,
            name_fi=story.name_of(place),
        )
        made.append(unit)
        yield unit


def _people(filling: Filling, number: int, hashed: str) -> Iterator[dict[str, Any]]:
    first, last, long_ago = FIRST.split(), LAST.split(), filling.now - story.AGE
    for place in range(number):
        family = f"{last[place // 14 % 14]}-{last[place // 196 % 14]}"
        person = filling.add(
            Person,
            email=f"henkilo.{place}@{story.DOMAIN}",
            name=f"{first[place % 14]} {family}",
            title="suunnittelija",
            unit_id=filling.units[place % len(filling.units)]["id"],
            password_hash=hashed,
        )
        filling.add(Acknowledgement, person_id=person["id"], number=1, at=long_ago)
        for kind in TrainingKind:
            filling.add(Training, person_id=person["id"], kind=kind, held_on=long_ago.date())
        yield person


def _session(filling: Filling, person: dict[str, Any]) -> str:
    """The id of a session, as if the person had signed in just now."""
    session_id = random_id()
    filling.add(
        Session,
        hash=sign_in._hash(session_id),
        person_id=person["id"],
        ends_at=filling.now + sign_in.TOTAL,
    )
    return session_id
