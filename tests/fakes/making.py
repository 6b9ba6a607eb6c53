"""Reports and cases for tests: sent as the form sends them, walked to a state by ordinary steps."""

from datetime import timedelta
from uuid import uuid4

from intake import clock
from intake.data.base import db
from intake.data.write import write
from intake.fakes import queries, service
from intake.fakes.matching import report_keys
from intake.fakes.models import Case, Report
from intake.fakes.notice_text import locations
from intake.fakes.reporter import Told
from intake.fakes.service import Sent, recovery
from intake.fakes.states import CaseState as C
from intake.people.models import Person, Role, RoleGrant
from intake.profiles.models import Profile
from tests.profiles.making import make_profile

FAKE = "https://www.instagram.com/savonkosken_kaupunkl/"
ANSWERS = {
    "target_kind": "official",
    "acts": ["pretends"],
    "description": "Tili esiintyy kaupunkina.",
    "seen_at": "2026-11-22",
    "harm": "no",
    "reporter_role": "bystander",
    "good_faith": True,
}


def sent(*urls: str, platform: str = "", **changes) -> Sent:
    """A report of some addresses as its form would send it; `told`, `held`, `files`, `by` are not
    answers but what comes with them."""
    beside = {
        name: changes.pop(name) for name in ("told", "held", "files", "by") if name in changes
    }
    return Sent(
        answers={**ANSWERS, **changes},
        lines=[report_keys.read(url, platform) for url in urls or (FAKE,)],
        nonce=uuid4().hex,
        language="fi",
        **beside,
    )


def report(*urls: str, **changes) -> Report:
    """Send a report."""
    with write():
        made = service.receive(sent(*urls, **changes), clock.now())
        report_id = made.id
    return db.session.get_one(Report, report_id)


def case_of(made: Report, place: int = 0) -> Case:
    """The case of a report's address."""
    return again(queries.cases_of(db.session.get_one(Report, made.id))[place])


def again(case: Case) -> Case:
    """The case as it stands in the database."""
    return db.session.get_one(Case, case.id, populate_existing=True)


def take(case: Case, step: str, actor: Person, **answers) -> Case:
    """Take a step as a person."""
    with write():
        current = db.session.get_one(Case, case.id)
        person = db.session.get(Person, actor.id) if isinstance(actor, Person) else actor
        service.take(current, step, person, clock.now(), **answers)
    return again(case)


def look(case: Case, actor: Person, there: bool = True) -> None:
    """Note one's own look at the reported profile."""
    with write():
        person = db.session.get_one(Person, actor.id)
        service.take(db.session.get_one(Case, case.id), "look", person, clock.now(), there=there)


def make_lead(cast) -> Person:
    """A lead handler beside the cast's handler."""
    lead = cast.make.person("Lead Handler", cast.sector, Role.LEAD)
    return db.session.get_one(Person, lead.id)


def grant(person: Person, role: Role) -> None:
    """Let a person hold a role."""
    with write():
        db.session.add(RoleGrant(person_id=person.id, role=role))


def notice(case: Case, channel: str = "rules", **changes) -> dict:
    """What a notice needs to be noted as sent."""
    genuine = " ".join(line.url or "" for line in case.profile.current) if case.profile else ""
    return {
        "channel": channel,
        "route": "https://help.example/report",
        "sent_at": clock.now(),
        "text": notice_text(case, genuine),
        "reference": "123",
        **changes,
    }


def notice_text(case: Case, genuine: str) -> str:
    """A text with all that either channel demands."""
    fake = " ".join(locations(case))
    return (
        f"Savonkoski: {fake} is a fake of {genuine}. Criminal Code 38:9a. We say so in good faith. "
        "viestinta@savonkoski.example"
    )


ROADS = {
    C.RECEIVED: (),
    C.UNDER_REVIEW: ("take",),
    C.NEEDS_INFO: ("take", "ask_reporter"),
    C.SPAM: ("set_aside",),
    C.NOT_FAKE: ("take", "dismiss"),
    C.CONFIRMED: ("take", "confirm"),
    C.PLATFORM_NOTIFIED: ("take", "confirm", "notify"),
    C.PLATFORM_REFUSED: ("take", "confirm", "notify", "note_refusal"),
    C.NO_ANSWER: ("take", "confirm", "notify", "note_no_answer"),
    C.ESCALATED: ("take", "confirm", "escalate"),
    C.TAKEN_DOWN: ("take", "confirm", "note_takedown"),
    C.CLOSED_UNRESOLVED: ("take", "confirm", "escalate", "close_unresolved"),
    C.REOPENED: ("take", "dismiss", "reopen"),
    C.DUPLICATE: ("take", "merge"),
    C.RECOVERING: (),
    C.RECOVERED: (),
}


def make_case(
    cast, state: C = C.RECEIVED, *urls: str, lead: Person | None = None, **changes
) -> Case:
    """A case in a state, handled by the cast's handler; `lead` takes a lead's steps."""
    if state in (C.RECOVERING, C.RECOVERED):
        return _recovering(cast, state)
    return walk(cast, report(*urls, **changes), state, lead)


def walk(cast, made: Report, state: C, lead: Person | None = None) -> Case:
    """The case of a new report, walked to a state."""
    case = case_of(made)
    for step in ROADS[state]:
        actor = (
            lead or make_lead(cast) if step in ("escalate", "close_unresolved") else cast.handler
        )
        answers = ANSWERS_OF.get(step, lambda _case, _report, _cast: {})(case, made, cast)
        case = take(case, step, actor, **answers)
    return case


def _confirm(case, _report, cast):
    look(case, cast.handler)
    return {"unit_answer": "not_ours"}


def _takedown(case, _report, cast):
    look(case, cast.handler, there=False)
    return {"outcome": "removed", "seen_at": clock.now()}


def _refusal(case, _report, _cast):
    filing = queries.filings_of(case)[-1]
    return {"filing": filing.id, "decided_at": clock.today(), "decision_text": "Ei rikkomusta."}


def _overdue(case, _report, _cast):
    with write():
        db.session.get_one(Case, case.id).due_at = clock.now() - timedelta(days=1)
    return {}


def _main(_case, _report, _cast):
    return {"main_case": case_of(report("https://x.com/savonkoski_paakaupunki")).id}


ANSWERS_OF = {
    "ask_reporter": lambda _case, made, _cast: {"report": made.id, "phrase": "screenshot"},
    "dismiss": lambda *_: {"ground": "parody", "reason": "Satiiria, sanoo sen itse."},
    "confirm": _confirm,
    "notify": lambda case, *_: notice(case),
    "note_refusal": _refusal,
    "note_no_answer": _overdue,
    "escalate": lambda *_: {
        "route": "dsc",
        "next_check_on": clock.today() + timedelta(days=14),
        "reason": "Palvelu ei vastaa.",
        "text": "Valitus.",
    },
    "note_takedown": _takedown,
    "close_unresolved": lambda *_: {"reason": "Kaikki kokeiltu.", "no_warning_reason": "Vanha."},
    "reopen": lambda *_: {"reason": "Palasi."},
    "merge": _main,
}


def _recovering(cast, state: C) -> Case:
    profile = make_profile(cast)
    with write():
        keeper = db.session.get_one(Person, cast.keeper.id)
        case = recovery.open_recovery(
            db.session.get_one(Profile, profile.id),
            keeper,
            clock.now(),
            alarm="hijacked",
            what_happened="Salasana vaihtui yöllä.",
            since=clock.today(),
        )
        case_id = case.id
    case = db.session.get_one(Case, case_id)
    if state is C.RECOVERED:
        from tests.profiles.making import take as on_profile

        on_profile(case.profile, "propose_clear", cast.other_keeper, what_was_checked="Kaikki.")
        on_profile(case.profile, "clear", cast.head, seen_today=True)
        case = take(case, "end_recovery", cast.handler)
    return again(case)


def told_of(report: Report) -> Told:
    """A reporter's contact data."""
    from intake.fakes import reporter

    return reporter._told(report.id)
