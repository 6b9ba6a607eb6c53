"""Reading requests: what a person may see, lists, versions, decisions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    and_,
    cast,
    false,
    func,
    or_,
    select,
    true,
    tuple_,
    union_all,
)
from sqlalchemy.orm import selectinload

from intake import addresses, clock
from intake.data import full_text
from intake.data.base import db
from intake.data.cache import transaction_cache
from intake.data.full_text import Found, Place
from intake.establishment import answers, deciding
from intake.establishment.answers import Answers
from intake.establishment.models import (
    Conflict,
    Decision,
    Reader,
    Remark,
    Request,
    RequestAdmin,
    Version,
)
from intake.establishment.states import RequestState as S
from intake.handbook import queries as handbook
from intake.handbook.uses import Held, rests_on
from intake.people import routing, town
from intake.people.models import Person, Role
from intake.profiles import queries as profiles
from intake.profiles.models import Profile
from intake.refusals import Unseen

PAGE = 25
REQUESTS = "q"  # the scope of requests
OPEN = (S.AWAITING_CONSENT, S.SUBMITTED, S.RETURNED)
OVERSEERS = {Role.KEEPER.value, Role.ADMINISTRATOR.value}
WITH = (
    selectinload(Request.platform),
    selectinload(Request.requester),
    selectinload(Request.unit),
)  # no outer join: rows are locked


def visible_to(person: Person, among: Iterable[str] | None = None) -> ColumnElement[bool]:
    """The requests a person may see: their own; once sent, those they are named in, decide on or
    were told of in their office; keepers and administrators all that were ever sent. `among`: the
    only ids that are asked about, for who decides is worked out for each."""
    if person.roles & OVERSEERS:
        return or_(Request.requester_id == person.id, Request.version > 0)
    theirs = (
        select(Request.id).where(Request.requester_id == person.id),
        select(Request.id).where(Request.version > 0, Request.subject_id == person.id),
        named_in(person),
        select(Reader.request_id).where(Reader.person_id == person.id),
        select(Request.id).where(Request.id.in_(offices(person, clock.now(), among))),
    )
    return Request.id.in_(union_all(*theirs))


def named_in(person: Person) -> Select[str]:
    """The ids of the requests in whose newest version a person is named as admin."""
    newest = and_(Request.id == Version.request_id, Request.version == Version.number)
    return (
        select(Request.id)
        .join(Version, newest)
        .join(RequestAdmin, RequestAdmin.version_id == Version.id)
        .where(RequestAdmin.person_id == person.id)
    )


def offices(person: Person, now: datetime, among: Iterable[str] | None = None) -> list[str]:
    """Ids of the open requests (of these) that a person decides on today, or is above who does."""
    reach = routing.reach(person, clock.today(now))
    if reach is None:
        return []
    theirs = or_(
        Request.unit_id.in_(reach.units),
        Request.named_id.is_not(None),  # whose own next one up may be they
        Request.handed_to_id.is_not(None),
    )
    query = select(Request).where(Request.state.in_(OPEN), theirs).options(*WITH)
    if among is not None:
        query = query.where(Request.id.in_(list(among)))
    requests = list(db.session.scalars(query))
    deciding.warm(requests)
    return [
        request.id
        for request in requests
        if person
        in (
            *deciding.deciders_of(request, now),
            deciding.next_up(request, now),
            *deciding.overseers(request, now),
        )
    ]


def may_decide(person: Person, now: datetime) -> ColumnElement[bool]:
    """The requests that a person may have to decide on today, or as a keeper to hand on, or
    as an administrator to name somebody for: more than those, never less."""
    day = clock.today(now)
    parts = [_past_the_summit(day)] if person.roles & OVERSEERS else []
    if (reach := routing.reach(person, day)) is not None:
        parts += [
            Request.unit_id.in_(reach.units),
            Request.named_id.in_(reach.holders),
            Request.handed_to_id.in_(reach.holders),
        ]
    return or_(false(), *parts)


def _past_the_summit(day: date) -> ColumnElement[bool]:
    """The requests that nobody in the organisation may be able to decide."""
    top = routing.summit(day)
    if top is None:
        return true()
    party = select(Conflict.request_id).where(Conflict.person_id == top.head.id)
    return or_(
        Request.unit_id.is_(None),
        Request.unit_id.not_in(top.units),
        Request.requester_id == top.head.id,
        Request.subject_id == top.head.id,
        Request.id.in_(party),
    )


def get(request_id: str, person: Person) -> Request:
    """The request; raises Unseen where there is none for this person."""
    may = visible_to(person, [request_id])
    found = db.session.scalars(
        select(Request).where(Request.id == request_id, may).options(*WITH)
    ).first()
    if found is None:
        raise Unseen
    return found


def seen_by(person: Person, ids: Iterable[str]) -> set[str]:
    """Those of some requests that a person may see."""
    wanted = list(ids)
    query = select(Request.id).where(Request.id.in_(wanted), visible_to(person, wanted))
    return set(db.session.scalars(query))


def mine(person: Person, limit: int = PAGE) -> list[Request]:
    """The requests a person has made, the newest first, as many as fit a page."""
    return list(
        db.session.scalars(
            select(Request)
            .where(Request.requester_id == person.id)
            .options(*WITH)
            .order_by(Request.edited_at.desc(), Request.id)
            .limit(limit)
        )
    )


def named() -> Select[Any]:
    """Ids of everybody who is an admin in what was last sent of an open request."""
    return (
        select(RequestAdmin.person_id)
        .join(Version, Version.id == RequestAdmin.version_id)
        .join(Request, and_(Request.id == Version.request_id, Request.version == Version.number))
        .where(RequestAdmin.declined_at.is_(None), Request.state.in_(OPEN))
    )


def is_named(person: Person) -> bool:
    """Is a person an admin in what was last sent of an open request?"""
    mine = named().where(RequestAdmin.person_id == person.id)
    return db.session.scalar(mine.limit(1)) is not None


def count_on(platform: str) -> int:
    """How many requests for a platform are open."""
    query = select(func.count()).where(Request.platform_id == platform, Request.state.in_(OPEN))
    return db.session.scalar(query) or 0


def held(host: str) -> list[Held]:
    """The keys of open requests that rest on a host."""
    query = select(Request).where(
        Request.state.in_(OPEN), rests_on(host, Request.key, cast(Request.draft, Text))
    )
    known = handbook.known()
    return [
        Held(
            key=request.key,
            texts=(addresses.canonical_url(request.key, known) or "", _typed_address(request)),
            title=request.name,
            url=f"/establishment/{request.id}",
            is_listed=False,
            platform=request.platform_id,
        )
        for request in db.session.scalars(query)
        if request.key
    ]


def _typed_address(request: Request) -> str:
    return str((request.draft.get("profile", {}).get("profile_url") or [""])[0])


def to_decide(person: Person, now: datetime) -> list[Request]:
    """The requests that wait for a person's decision today, the most urgent first."""
    submitted = list(
        db.session.scalars(
            select(Request)
            .where(Request.state == S.SUBMITTED, may_decide(person, now))
            .options(*WITH)
            .order_by(Request.due_at, Request.id)
        )
    )
    deciding.warm(submitted)
    return [request for request in submitted if person in desk_of(request, now)]


def desk_of(request: Request, now: datetime) -> list[Person]:
    """Who decides, or the keepers who hand it on where nobody does."""
    from intake.establishment import parties

    return list(parties.decider_desk.people(request, now))


@dataclass(frozen=True)
class RequestList:
    """Some requests of a list, and the mark from which the next ones follow, if any."""

    requests: list[Request]
    after: str | None
    is_near: bool = False


def search(
    person: Person, text: str, after: str = "", *, named: bool = False, limit: int = PAGE
) -> RequestList:
    """What a person may see and has these words, the newest first; `named`: only those whose
    requester named another supervisor (A5). `is_near`: none has these very words."""
    may = visible_to(person)
    query = select(Request).where(may).options(*WITH)
    if named:
        query = query.where(Request.named_id.is_not(None))
    asked = ask(text, may) if text.strip() else None
    if asked:
        query = query.where(asked.condition)
    last = db.session.get(Request, after) if after else None
    if last is not None:
        query = query.where(tuple_(Request.edited_at, Request.id) < tuple_(last.edited_at, last.id))
    query = query.order_by(Request.edited_at.desc(), Request.id.desc()).limit(limit + 1)
    found = list(db.session.scalars(query))
    more = found[limit - 1].id if len(found) > limit else None
    return RequestList(found[:limit], more, asked is not None and asked.is_near)


def ask(text: str, may: ColumnElement[bool]) -> Found:
    """The requests that a text finds, among those that one may see."""
    place = Place(REQUESTS, Request.id, may, known=handbook.known())
    return full_text.ask(place, text, optional=town.current().spoken)


def version_of(request: Request, number: int) -> Version | None:
    """A version that was sent."""
    return db.session.scalars(
        select(Version).where(Version.request_id == request.id, Version.number == number)
    ).first()


def sent_answers(request: Request) -> Answers:
    """The typed answers of the version sent last."""
    return _answers(request, "sent")


def present_answers(request: Request) -> Answers:
    """The typed answers as they stand: of the draft where it may be edited, else as sent."""
    editable = request.state in (None, S.DRAFT, S.RETURNED) or request.version == 0
    return _answers(request, "draft" if editable else "sent")


def _answers(request: Request, which: str) -> Answers:
    kept: dict[Any, Any] = transaction_cache(Version)
    key = (request.id, which, request.version, request.revision)
    if key not in kept:
        version = version_of(request, request.version) if which == "sent" else None
        kept[key] = answers.read(request.kind, version.answers if version else request.draft)
    found: Answers = kept[key]
    return found


def profile_of(request: Request, person: Person) -> Profile | None:
    """The profile that was opened by the approval, if the person may see it."""
    query = select(Profile).join(Version, Version.id == Profile.decided)
    mine = Version.request_id == request.id
    return db.session.scalars(query.where(mine, profiles.visible_to(person))).first()


def newest_decision(request_id: str) -> Decision | None:
    """What was decided last."""
    return db.session.scalars(
        select(Decision)
        .where(Decision.request_id == request_id)
        .order_by(Decision.at.desc(), Decision.version.desc())
        .limit(1)
    ).first()


def admins(request: Request) -> list[RequestAdmin]:
    """Who was named as admin in the version sent last."""
    return deciding.facts(request).admins


def remarks(request: Request) -> list[Remark]:
    """What is to be completed in the version sent last."""
    return list(
        db.session.scalars(
            select(Remark)
            .where(Remark.request_id == request.id, Remark.version == request.version)
            .order_by(Remark.created_at, Remark.page)
        )
    )


def still_open() -> Iterable[Request]:
    """Requests that wait for a decision or for completion, with what routing needs."""
    found = list(
        db.session.scalars(select(Request).where(Request.state.in_((S.SUBMITTED, S.RETURNED))))
    )
    deciding.warm(found)
    return found


def any_open_of(unit_id: str) -> bool:
    """Does any request for a unit wait, drafts apart?"""
    waiting = select(Request.id).where(Request.unit_id == unit_id, Request.state.in_(OPEN))
    return db.session.scalar(waiting.limit(1)) is not None


def of_leaver(person: Person) -> list[Request]:
    """The requests that do not outlive a person's service: their own drafts and open requests,
    and the open ones that concern them as expert or admin; by the time of their last change."""
    named = (
        select(Version.request_id)
        .join(RequestAdmin, RequestAdmin.version_id == Version.id)
        .where(RequestAdmin.person_id == person.id, RequestAdmin.declined_at.is_(None))
        .where(Version.request_id == Request.id, Version.number == Request.version)
    )
    concerned = or_(Request.subject_id == person.id, named.exists())
    own = and_(Request.requester_id == person.id, Request.state.in_((S.DRAFT, *OPEN)))
    return list(
        db.session.scalars(
            select(Request)
            .where(or_(own, and_(Request.state.in_(OPEN), concerned)))
            .options(*WITH)
            .order_by(Request.edited_at, Request.id)
        )
    )
