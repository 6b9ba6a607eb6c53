"""Reading cases and reports: what a person may see, and the case of a key."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    and_,
    distinct,
    exists,
    false,
    func,
    not_,
    or_,
    select,
)
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from intake.data.base import db
from intake.fakes.models import (
    Case,
    CaseKey,
    CaseReport,
    Evidence,
    Exclusion,
    Filing,
    Look,
    Note,
    PublicWarning,
    Question,
    Report,
    Reveal,
    Watch,
)
from intake.fakes.states import CaseState
from intake.people.models import Person, Role, RoleGrant
from intake.profiles import queries as profiles
from intake.profiles.models import Address, AddressMark, MarkKind, Profile
from intake.profiles.states import AddressState, ProfileState
from intake.refusals import Unseen

WITH = (
    joinedload(Case.profile),
    joinedload(Case.unit),
    joinedload(Case.handler),
    selectinload(Case.keys),
)
_IS_HANDLER = (
    RoleGrant.role.in_((Role.HANDLER, Role.LEAD)),
    RoleGrant.ended_at.is_(None),
    Person.ended_at.is_(None),
)
OPEN = (
    CaseState.RECEIVED,
    CaseState.UNDER_REVIEW,
    CaseState.NEEDS_INFO,
    CaseState.CONFIRMED,
    CaseState.PLATFORM_NOTIFIED,
    CaseState.NO_ANSWER,
    CaseState.PLATFORM_REFUSED,
    CaseState.ESCALATED,
    CaseState.REOPENED,
    CaseState.RECOVERING,
)
HANDLING = {Role.HANDLER.value, Role.LEAD.value}


def visible_to(person: Person) -> ColumnElement[bool]:
    """The cases a person may see: a handler all but those they are excluded from; keepers those
    from which every handler is excluded, all where there is no handler (A69, A70)."""
    own = exists().where(
        Exclusion.case_id == Case.id,
        Exclusion.person_id == person.id,
        Exclusion.ended_at.is_(None),
    )
    if person.roles & HANDLING:
        return not_(own)
    if Role.KEEPER.value in person.roles:
        return not_(own) & or_(_handlers() == 0, Case.id.in_(_left_to_keepers()))
    return false()


def _handlers() -> ScalarSelect[int]:
    """How many handlers there are today."""
    return (
        select(func.count(distinct(RoleGrant.person_id)))
        .join(Person, Person.id == RoleGrant.person_id)
        .where(*_IS_HANDLER)
        .scalar_subquery()
    )


def _left_to_keepers() -> Select[str]:
    """Ids of the cases from which every handler of today is excluded."""
    return (
        select(Exclusion.case_id)
        .join(Person, Person.id == Exclusion.person_id)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .where(Exclusion.ended_at.is_(None), *_IS_HANDLER)
        .group_by(Exclusion.case_id)
        .having(func.count(distinct(Exclusion.person_id)) >= _handlers())
    )


def get(case_id: str, person: Person) -> Case:
    """The case; raises Unseen where there is none for this person."""
    found = db.session.scalars(
        select(Case).where(Case.id == case_id, visible_to(person)).options(*WITH)
    ).first()
    if found is None:
        raise Unseen
    return found


def is_seen_by(case: Case, person: object) -> bool:
    """May a person see a case?"""
    if not isinstance(person, Person):
        return False
    query = select(Case.id).where(Case.id == case.id, visible_to(person))
    return db.session.scalar(query) is not None


def waits_for_anybody(handlers: Iterable[Person]) -> ColumnElement[bool]:
    """The cases that somebody must take: new and reopened ones, and whatever has a time and a
    handler no more, for they were excluded, left, or lost the role."""
    is_left = or_(
        Case.handler_id.is_(None), Case.handler_id.not_in([person.id for person in handlers])
    )
    return and_(
        Case.held.is_(False),
        Case.due_at.is_not(None),
        or_(Case.state.in_((CaseState.RECEIVED, CaseState.REOPENED)), is_left),
    )


def main(case: Case) -> Case:
    """The case that a merged one went into, the case itself where it was not merged."""
    while case.main_case is not None:
        case = case.main_case
    return case


def of_key(key: str) -> Case | None:
    """The case that has a key."""
    query = select(Case).join(CaseKey, CaseKey.case_id == Case.id).where(CaseKey.key == key)
    return db.session.scalars(query.options(*WITH)).first()


def keys_of(case: Case) -> list[CaseKey]:
    """The keys of a case, oldest first."""
    query = select(CaseKey).where(CaseKey.case_id == case.id)
    return list(db.session.scalars(query.order_by(CaseKey.created_at, CaseKey.id)))


def keys_there(report: Report, keys: Iterable[str]) -> set[str]:
    """Those of some keys that a case of a report has, or the town itself."""
    wanted = list(keys)
    own = (
        select(CaseKey.key)
        .join(CaseReport, CaseReport.case_id == CaseKey.case_id)
        .where(CaseReport.report_id == report.id, CaseKey.key.in_(wanted))
    )
    return {*db.session.scalars(own), *(address.key for address, _ in in_register(wanted))}


def reports_of(case: Case) -> list[Report]:
    """The reports of a case, oldest first."""
    query = (
        select(Report)
        .join(CaseReport, CaseReport.report_id == Report.id)
        .where(CaseReport.case_id == case.id)
        .options(selectinload(Report.addresses))
    )
    return list(db.session.scalars(query.order_by(Report.created_at, Report.id)))


def cases_of(report: Report) -> list[Case]:
    """The cases of a report, in the order of its addresses."""
    order = {line.case_id: line.place for line in reversed(report.addresses)}
    query = (
        select(Case)
        .join(CaseReport, CaseReport.case_id == Case.id)
        .where(CaseReport.report_id == report.id)
        .options(*WITH)
    )
    return sorted(db.session.scalars(query), key=lambda case: order.get(case.id, 99))


def evidence_of(case: Case) -> list[Evidence]:
    """The files of a case and of its reports, oldest first; none that waits for a form."""
    reports = select(CaseReport.report_id).where(CaseReport.case_id == case.id)
    query = (
        select(Evidence)
        .where(
            or_(Evidence.case_id == case.id, Evidence.report_id.in_(reports)),
            Evidence.staged_for.is_(None),
        )
        .options(selectinload(Evidence.pictures), joinedload(Evidence.report))
    )
    return list(db.session.scalars(query.order_by(Evidence.created_at, Evidence.id)))


def has_evidence(case: Case) -> bool:
    """Is there a file, or a handler's own dated look?"""
    return bool(evidence_of(case)) or latest_look(case) is not None


def latest_look(case: Case) -> Look | None:
    """The newest look at the reported profile."""
    query = select(Look).where(Look.case_id == case.id).order_by(Look.seen_at.desc())
    return db.session.scalars(query.limit(1)).first()


def looks_of(case: Case) -> list[Look]:
    """The handlers' looks at the reported profile, oldest first."""
    query = select(Look).where(Look.case_id == case.id).order_by(Look.seen_at, Look.id)
    return list(db.session.scalars(query))


def filings_of(case: Case) -> list[Filing]:
    """What was sent about a case, oldest first."""
    query = select(Filing).where(Filing.case_id == case.id)
    return list(db.session.scalars(query.order_by(Filing.sent_at, Filing.created_at, Filing.id)))


def warnings_of(case: Case) -> list[PublicWarning]:
    """The public warnings of a case, newest first."""
    query = select(PublicWarning).where(PublicWarning.case_id == case.id)
    return list(db.session.scalars(query.order_by(PublicWarning.created_at.desc())))


def shown_warnings(today: date, profile_id: str | None = None) -> list[PublicWarning]:
    """The warnings that the public is shown today, newest first; of one profile, where it is
    given. A closed profile is warned of no more."""
    query = (
        select(PublicWarning)
        .outerjoin(Profile, Profile.id == PublicWarning.profile_id)
        .where(
            PublicWarning.ended_at.is_(None),
            PublicWarning.ends_on >= today,
            or_(Profile.id.is_(None), Profile.state != ProfileState.CLOSED),
        )
        .options(contains_eager(PublicWarning.profile))
    )
    if profile_id is not None:
        query = query.where(PublicWarning.profile_id == profile_id)
    return list(db.session.scalars(query.order_by(PublicWarning.created_at.desc())))


def confirmed_keys() -> list[str]:
    """The keys of all confirmed fakes."""
    query = select(AddressMark.key).where(
        AddressMark.mark == MarkKind.CONFIRMED, AddressMark.until.is_(None)
    )
    return list(db.session.scalars(query.order_by(AddressMark.key)))


def fakes_among(keys: Iterable[str]) -> dict[str, bool]:
    """Those of some keys that are a confirmed fake's, never one that is only held (A81); each with
    whether a handler has called a whole site so."""
    query = (
        select(AddressMark.key, CaseKey.whole)
        .outerjoin(CaseKey, CaseKey.key == AddressMark.key)
        .where(
            AddressMark.key.in_({key for key in keys if key.isprintable()}),
            AddressMark.mark == MarkKind.CONFIRMED,
            AddressMark.until.is_(None),
        )
    )
    return {key: bool(whole) for key, whole in db.session.execute(query)}


def recovery(case_id: str, person: Person) -> Case:
    """The case by which an official profile is got back, for handlers and the profile's admins;
    raises Unseen for anybody else and for any other case."""
    own = (Case.state == CaseState.RECOVERING) & Case.profile_id.in_(
        select(Profile.id).where(profiles.administers(person))
    )
    query = select(Case).where(Case.id == case_id, or_(visible_to(person), own)).options(*WITH)
    found = db.session.scalars(query).first()
    if found is None:
        raise Unseen
    return found


def watch(watch_id: str, person: Person) -> Watch:
    """A look that is due at a genuine profile, for its admins and the handlers of the case;
    raises Unseen for anybody else."""
    query = (
        select(Watch)
        .join(Profile, Profile.id == Watch.profile_id)
        .join(Case, Case.id == Watch.case_id)
        .where(Watch.id == watch_id, or_(profiles.administers(person), visible_to(person)))
    )
    found = db.session.scalars(query).first()
    if found is None:
        raise Unseen
    return found


def watches_due(profile_id: str, today: date) -> Sequence[Watch]:
    """The looks at a profile that are due by today and nobody has made."""
    query = select(Watch).where(
        Watch.profile_id == profile_id, Watch.looked_at.is_(None), Watch.due_on <= today
    )
    return db.session.scalars(query.order_by(Watch.due_on, Watch.id)).all()


def in_register(keys: Iterable[str]) -> list[tuple[Address, Profile]]:
    """The addresses that the town has or had with one of the keys, and their profiles; also those
    that wait for a second person."""
    query = (
        select(Address, Profile)
        .join(Profile, Profile.id == Address.profile_id)
        .where(Address.key.in_(list(keys)), Address.state != AddressState.DROPPED)
    )
    return [(address, profile) for address, profile in db.session.execute(query)]


def own_among(keys: Iterable[str]) -> set[str]:
    """Those of some keys that the town has today."""
    return {
        address.key
        for address, profile in in_register(keys)
        if address.state is AddressState.CURRENT and profile.state is not ProfileState.CLOSED
    }


def listed_with(keys: Iterable[str]) -> Profile | None:
    """The listed profile, not closed, that has one of the keys today."""
    for address, profile in in_register(keys):
        if address.state is AddressState.CURRENT and profile.state is not ProfileState.CLOSED:
            return profile
    return None


def open_recovery_of(profile_id: str) -> Case | None:
    """The open case by which a profile is being got back."""
    query = select(Case).where(Case.profile_id == profile_id, Case.state == CaseState.RECOVERING)
    return db.session.scalars(query).first()


def open_questions(case: Case) -> list[Question]:
    """The questions of a case that wait for an answer, oldest first."""
    query = select(Question).where(Question.case_id == case.id, Question.answered_at.is_(None))
    return list(db.session.scalars(query.order_by(Question.created_at)))


def questions_to(report: Report) -> list[Question]:
    """The questions that wait for the answer of one reporter, in whatever case, oldest first."""
    query = select(Question).where(Question.report_id == report.id, Question.answered_at.is_(None))
    return list(db.session.scalars(query.order_by(Question.created_at, Question.id)))


def notes_of(case: Case) -> list[Note]:
    """The notes of a case, newest first."""
    query = select(Note).where(Note.case_id == case.id)
    return list(db.session.scalars(query.order_by(Note.created_at.desc(), Note.id)))


def exclusions_of(case: Case) -> list[Exclusion]:
    """Who may see nothing of a case, oldest first."""
    query = select(Exclusion).where(Exclusion.case_id == case.id, Exclusion.ended_at.is_(None))
    return list(db.session.scalars(query.order_by(Exclusion.created_at, Exclusion.id)))


def revealed_to(case: Case, person: Person, now: datetime) -> dict[str, Reveal]:
    """What of a case is open to a person at this moment, by the line that opened it (A80)."""
    query = select(Reveal).where(
        Reveal.case_id == case.id, Reveal.by_id == person.id, Reveal.until > now
    )
    return {row.what: row for row in db.session.scalars(query.order_by(Reveal.until))}


def merged_into(case: Case, person: Person) -> list[Case]:
    """The cases that were merged into one by hand and that a person may see, oldest first."""
    query = select(Case).where(Case.main_case_id == case.id, visible_to(person))
    return list(db.session.scalars(query.order_by(Case.created_at, Case.id)))


def hidden_reports(case: Case, person: Person) -> set[str]:
    """Ids of a case's reports that belong to another case too, from which a person is excluded:
    they may read nothing of these here either (A70)."""
    own = select(CaseReport.report_id).where(CaseReport.case_id == case.id)
    query = (
        select(CaseReport.report_id)
        .join(Exclusion, Exclusion.case_id == CaseReport.case_id)
        .where(
            CaseReport.report_id.in_(own),
            Exclusion.person_id == person.id,
            Exclusion.ended_at.is_(None),
        )
    )
    return set(db.session.scalars(query))
