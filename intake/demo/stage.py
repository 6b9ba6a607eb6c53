"""The stage of the demo: what the people of Savonkoski did, step by step through the services."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select

from intake import clock
from intake.data.base import db
from intake.data.write import write
from intake.demo.organisation import UNITS
from intake.demo.wishes import Wish
from intake.establishment import deciding
from intake.establishment import service as establishment
from intake.establishment.models import Request
from intake.people.models import Person
from intake.profiles import queries as profile_queries
from intake.profiles import service as profiles
from intake.profiles.models import Profile, ProfileKind, Right, TwoStep

CONSENT = (
    "Suostun siihen, että minulle perustetaan asiantuntijaprofiili, joka julkaistaan luettelossa."
)
NAME_REASON = "Nimi on asukkaille tuttu, ja sillä meitä haetaan."


@dataclass
class Stage:
    """The ids of units and people, the requests begun, and the acts that wait for their hour."""

    units: dict[str, str]
    people: dict[str, str]
    requests: dict[str, str] = field(default_factory=dict)
    acts: list[tuple[datetime, Callable[[], None]]] = field(default_factory=list)
    event_end: date = field(default_factory=lambda: next_day(8, 31))  # after today, not after then

    def at(self, days_ago: int, act: Callable[[], None], hour: int = 10) -> None:
        """Let something happen some days ago, at an hour in Helsinki."""
        day = clock.today() - timedelta(days=days_ago)
        moment = datetime.combine(day, time(hour, 12), clock.HELSINKI)
        self.acts.append((moment, act))

    def play(self) -> None:
        """Let everything happen in the order of time."""
        for moment, act in sorted(self.acts, key=lambda line: line[0]):
            with clock.at(moment), write():
                act()

    def person(self, key: str) -> Person:
        """A person by their code."""
        return db.session.get_one(Person, self.people[key])

    def request(self, story: str) -> Request:
        """The request of a story."""
        return db.session.get_one(Request, self.requests[story])

    def profile(self, story: str) -> Profile:
        """The profile that came of a story's request."""
        versions = [version.id for version in self.request(story).versions]
        return db.session.scalars(select(Profile).where(Profile.decided.in_(versions))).one()

    def ask(self, story: str, wish: Wish, *, pages: int | None = None) -> None:
        """Begin a request and fill its form, or its first pages only."""
        kind = ProfileKind.EXPERT if wish.is_expert else ProfileKind.OFFICE
        requester = self.person(wish.requester)
        request = establishment.start(requester, kind, clock.now())
        self.requests[story] = request.id
        for page, fields in list(self.answers(wish).items())[:pages]:
            self.save(story, wish, page, **fields)

    def save(self, story: str, wish: Wish, page: str, **fields: Any) -> None:
        """Save a page of the form."""
        typed = {name: one if isinstance(one, list) else [one] for name, one in fields.items()}
        requester = self.person(wish.requester)
        establishment.save(self.request(story), requester, page, typed, clock.now(), None)

    def take(self, story: str, step: str, by: str = "", **answers: Any) -> None:
        """Take a step of a request, by a person or (empty) by whoever decides today."""
        request, now = self.request(story), clock.now()
        actor = self.person(by) if by else deciding.route_of(request, now).acting
        establishment.take(request, step, actor, now, **answers)

    def send(self, story: str, wish: Wish) -> None:
        """Send a request for decision; an expert consents first."""
        self.take(story, "ask_consent" if wish.is_expert else "submit", wish.requester)
        if wish.is_expert:
            self.take(story, "consent", wish.admins[0], consent_text=CONSENT)
        for admin in wish.admins:
            if admin != wish.requester and not wish.is_expert:
                self.take(story, "accept_part", admin)

    def approve(self, story: str, conditions: tuple[str, ...] = ()) -> None:
        """Let the supervisor approve."""
        self.take(
            story,
            "approve",
            reason="",
            conditions=list(conditions),
            training_reason="Puuttuva koulutus on sovittu ensi kuulle.",
            role_confirmed=True,
        )

    def set_up(self, story: str, wish: Wish, *, but: tuple[str, ...] = ()) -> None:
        """Tick the checklist off, all but some items, and say who holds which right."""
        profile, lead = self.profile(story), self.person(wish.admins[0])
        for row in profile.checklist:
            if row.item not in but:
                profiles.take(profile, "check_off", lead, clock.now(), item=row.id, done=True)
        for key in wish.admins:
            right = Right.OWNER if key == wish.admins[0] else Right.EDITOR
            stated: dict[str, Any] = {"rights": right, "two_step": TwoStep.ON}
            stated["recovery_shared"] = True
            profiles.take(profile, "state_rights", self.person(key), clock.now(), **stated)

    def list_it(self, story: str, wish: Wish) -> None:
        """One types the address, another confirms it, and the profile is in the register."""
        profile, now = self.profile(story), clock.now()
        address = wish.url or f"https://{HOSTS[wish.platform]}{wish.handle}"
        profiles.type_address(
            profile, self.person(wish.admins[0]), now, address=address, lasting_id=wish.lasting
        )
        second = wish.admins[1] if not wish.is_expert else "eero"
        profiles.take(
            profile,
            "list",
            self.person(second),
            now,
            seen=profile.revision,
            shown=profile_queries.fingerprint(profile.typed),
            seen_today=True,
        )

    def answers(self, wish: Wish) -> dict[str, dict[str, Any]]:
        """Every page of the form as its requester fills it."""
        end = self.event_end.isoformat() if wish.event else ""
        level = next(unit[2] for unit in UNITS if unit[0] == wish.unit)
        shared = {
            "profile": {
                "existing_profile": "no",
                "platform": wish.platform,
                "platform_reason": wish.reason,
                "profile_name": wish.name,
                "profile_name_reason": wish.name_reason or NAME_REASON,
                "handle": "" if wish.url else wish.handle,
                "profile_url": wish.url,
            },
            "unit": {"org_level": level, "org_unit": self.units[wish.unit]},
            "purpose": {"purpose": wish.purpose, "audience": wish.audience},
        }
        own = self._expert(wish) if wish.is_expert else self._office(wish)
        if not wish.is_expert:
            shared["unit"] |= {"represents": wish.represents, "represents_text": ""}
        return {**shared, **own, **self._activity(wish, end)}

    def _office(self, wish: Wish) -> dict[str, dict[str, Any]]:
        share = ("0,25", "0") if wish.hours == "0,25" else ("1", "0,5")
        admins: dict[str, Any] = {}
        for number, key in enumerate(wish.admins):
            update, interaction = share if number == 0 or wish.hours != "0,25" else ("0", "0")
            admins |= {
                f"admins-{number}-person": self.people[key],
                f"admins-{number}-task": self.person(key).title,
                f"admins-{number}-hours_update": update,
                f"admins-{number}-hours_interaction": interaction,
            }
        admins["admins-0-lead"] = "y"
        return {"admins": admins, "mailbox": {"shared_mailbox": wish.mailbox}}

    def _expert(self, wish: Wish) -> dict[str, dict[str, Any]]:
        expert = {
            "subject": self.people[wish.admins[0]],
            "role_defined": wish.role,
            "separation": "Oma käyttäjätunnus ja työpuhelin, ei yksityisiä sisältöjä.",
            "hours_update": "1",
            "hours_interaction": "1",
        }
        return {"expert": expert, "absence": {"absence_cover": "notice", "absence_cover_text": ""}}

    def _activity(self, wish: Wish, end: str) -> dict[str, dict[str, Any]]:
        checked = clock.today() - timedelta(days=1)
        return {
            "content": {
                "content_plan": "Kuvia, lyhyitä tekstejä ja vastauksia, muutama julkaisu viikossa.",
                "update_rhythm": "weekly",
                "content_languages": ["fi"],
                "start_date": "",
                "end_date": end,
            },
            "questions": {
                "answering": "Hallinnoijat vastaavat arkisin vuorotellen.",
                "answering_days": "3",
                "private_messages": "answered",
                "private_messages_text": "Vastaamme. Älä lähetä viestissä henkilötietoja.",
            },
            "terms": {
                "terms_by": self.people[wish.requester],
                "terms_on": checked.isoformat(),
                "terms_version": f"Ehdot {checked.day}.{checked.month}.{checked.year}",
            },
            "closing": {"exit_plan": "Kaupungin verkkosivuille."},
            "decider": {"supervisor": "", "supervisor_reason": ""},
        }


HOSTS = {
    "facebook": "www.facebook.com/",
    "instagram": "www.instagram.com/",
    "youtube": "www.youtube.com/@",
    "tiktok": "www.tiktok.com/@",
    "x": "x.com/",
}


def next_day(month: int, day: int) -> date:
    """The next such date from today on."""
    today = clock.today()
    found = date(today.year, month, day)
    return found if found >= today else date(today.year + 1, month, day)


def last_day(month: int, day: int) -> date:
    """The last such date before today."""
    found = next_day(month, day)
    return date(found.year - 1, month, day)
