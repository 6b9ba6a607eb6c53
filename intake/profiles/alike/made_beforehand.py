"""The fakes that are to be expected of a profile, for staff to reserve or to look for, with the day
on which somebody last looked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from intake import clock
from intake.addresses.lookalike import likely
from intake.data.base import db, insert
from intake.engine import audit_trail
from intake.people.models import Person, Role
from intake.profiles.models import LikelyFake, Profile
from intake.refusals import NotAllowed

LOOKERS = {Role.KEEPER.value, Role.HANDLER.value, Role.ADMINISTRATOR.value}


@dataclass(frozen=True)
class Expected:
    """A fake that is to be expected, and when somebody looked for it."""

    text: str
    looked_on: date | None


def of(profile: Profile) -> list[Expected]:
    """The fifty likeliest of a profile, the likeliest first; none where it has no handle."""
    query = select(LikelyFake.text, LikelyFake.looked_on).where(LikelyFake.profile_id == profile.id)
    looked = {row.text: row.looked_on for row in db.session.execute(query)}
    handle = profile.handle.partition("@")[0]
    return [Expected(text, looked.get(text)) for text in likely(handle)]


def may_look(profile: Profile, person: Person) -> bool:
    """May a person say that they have looked? Those who look after fakes, and its admins."""
    mine = person.id in {admin.person_id for admin in profile.current_admins}
    return mine or bool(person.roles & LOOKERS)


def look(profile: Profile, texts: Iterable[str], by: Person, now: datetime) -> int:
    """Note that somebody has looked for some of them today; how many. Raises NotAllowed."""
    if not may_look(profile, by):
        raise NotAllowed
    wanted = set(texts)
    some = [one.text for one in of(profile) if one.text in wanted]
    for text in some:
        values = {"looked_on": clock.today(now), "by_id": by.id}
        row = insert(LikelyFake.__table__).values(
            profile_id=profile.id, text=text, created_at=now, **values
        )
        db.session.execute(
            row.on_conflict_do_update(index_elements=["profile_id", "text"], set_=values)
        )
    if some:
        facts = {"texts": some}
        audit_trail.record(by, now, profile, "likely_fake", "look", facts=facts)
    return len(some)
