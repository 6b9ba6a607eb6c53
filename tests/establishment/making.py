"""Requests for tests: brought to a state by the ordinary steps, with a whole set of answers."""

from datetime import date, timedelta

from intake import clock
from intake.data.base import db
from intake.data.write import write
from intake.engine import audit_trail
from intake.engine.table import EFFECT
from intake.establishment import deciding, service
from intake.establishment.models import Request
from intake.establishment.states import RequestState as S
from intake.handbook import service as handbook
from intake.handbook.models import TrainingKind
from intake.people.models import Person
from intake.profiles.models import ProfileKind

OFFICE, EXPERT = ProfileKind.OFFICE, ProfileKind.EXPERT
REASON = "Perustelu, joka riittää."


def complete_answers(kind: ProfileKind, cast) -> dict[str, dict[str, list[str]]]:
    """Every page of the form, filled so that nothing is missing or wrong."""
    return {**_of_both(kind, cast), **(_office(cast) if kind == OFFICE else _expert(cast))}


def _of_both(kind: ProfileKind, cast) -> dict[str, dict[str, list[str]]]:
    name = "Savonkosken nuorisopalvelut" if kind == OFFICE else f"Nuoriso {cast.colleague.name}"
    handle = "savonkosken_nuoret" if kind == OFFICE else "riitta.kirkasojala.nuoriso"
    represents = {"represents": ["unit"], "represents_text": [""]} if kind == OFFICE else {}
    return {
        "profile": {
            "existing_profile": ["no"],
            "platform": ["instagram"],
            "profile_name": [name],
            "handle": [handle],
            "profile_url": [""],
        },
        "unit": {"org_level": ["unit"], "org_unit": [cast.youth.id], **represents},
        "purpose": {
            "purpose": ["Kerromme nuorille kesätyöpaikoista ja niiden hakemisesta."],
            "audience": ["15–17-vuotiaat, jotka voivat kysyä ja ehdottaa."],
        },
        "content": {
            "content_plan": ["Työpaikkoja ja vinkkejä, kaksi julkaisua viikossa."],
            "update_rhythm": ["weekly"],
            "content_languages": ["fi", "sv"],
            "start_date": [""],
            "end_date": [""],
        },
        "questions": {
            "answering": ["Hallinnoijat vastaavat arkisin."],
            "answering_days": ["3"],
            "private_messages": ["answered"],
            "private_messages_text": ["Vastaamme myös yksityisviesteihin."],
        },
        "terms": {
            "terms_by": [cast.requester.id],
            "terms_on": ["2026-11-20"],
            "terms_version": ["1.11.2026"],
        },
        "closing": {"exit_plan": ["Kaupungin verkkosivuille."]},
        "decider": {"supervisor": [""], "supervisor_reason": [""]},
    }


def _office(cast) -> dict[str, dict[str, list[str]]]:
    admins: dict[str, list[str]] = {}
    for number, person in enumerate((cast.requester, cast.admin)):
        admins |= admin_fields(number, person, lead=number == 0)
    return {"admins": admins, "mailbox": {"shared_mailbox": ["nuoriso@savonkoski.example"]}}


def admin_fields(
    number: int, person: Person, *, lead: bool = False, hours: str = "1,5"
) -> dict[str, list[str]]:
    """What the panel of one admin sends."""
    fields = {
        "person": [person.id],
        "task": ["nuorisotyöntekijä"],
        "hours_update": [hours],
        "hours_interaction": [hours],
        **({"lead": ["y"]} if lead else {}),
    }
    return {f"admins-{number}-{name}": value for name, value in fields.items()}


def _expert(cast) -> dict[str, dict[str, list[str]]]:
    return {
        "expert": {
            "subject": [cast.colleague.id],
            "role_defined": ["nuorten kesätyön asiantuntija"],
            "separation": ["Oma tunnus ja oma työpuhelin, ei yksityisiä sisältöjä."],
            "hours_update": ["1"],
            "hours_interaction": ["0,5"],
        },
        "absence": {"absence_cover": ["notice"], "absence_cover_text": [""]},
    }


def train(*people: Person) -> None:
    """Let people have acknowledged the guidelines and had both trainings."""
    today = clock.today()
    for person in people:
        with write():
            person = db.session.get(Person, person.id)
            handbook.acknowledge(person, clock.now())
            for kind in TrainingKind:
                handbook.record_training(
                    person, kind, today - timedelta(days=30), None, EFFECT, clock.now()
                )


def make_request(
    cast,
    state: S = S.SUBMITTED,
    kind: ProfileKind = OFFICE,
    requester: Person | None = None,
    trained: bool = True,
    **pages: dict[str, list[str]],
) -> Request:
    """A request in a state, walked there by its steps; `pages` are laid over complete answers."""
    people = [cast.requester, cast.admin] if kind == OFFICE else [cast.colleague]
    if trained:
        train(*people)
    requester = requester or cast.requester
    with write():
        request = service.start(_again(requester), kind, clock.now())
    answers = complete_answers(kind, cast)
    answers |= {page: {**answers.get(page, {}), **fields} for page, fields in pages.items()}
    page, values = answers.popitem()
    with write():  # as if saved before: one page is saved like another
        again(request).draft = answers
    with write():
        service.save(again(request), _again(requester), page, values, clock.now(), None)
    for step in _road(state, kind):
        _walk(cast, request, step, requester)
    return again(request)


def _road(state: S, kind: ProfileKind) -> list[str]:
    """The usual road of the table; an expert request passes by the consent."""
    road = service.TRACK.workflow.path_to(state)[1:]
    if kind == EXPERT:
        road = [one for step in road for one in BY_CONSENT.get(step, [step])]
    return road


BY_CONSENT = {"submit": ["ask_consent", "consent"]}


def _walk(cast, request: Request, step: str, requester: Person) -> None:
    current = again(request)
    decider = deciding.route_of(current, clock.now()).acting
    actor = {
        "submit": requester,
        "ask_consent": requester,
        "withdraw": requester,
        "consent": cast.colleague,
        "lapse": decider,
    }.get(step, decider)
    if step == "lapse":  # the day by which it should have been completed has passed
        with write():
            again(request).complete_by = clock.today() - timedelta(days=1)
    take(request, step, actor, **ANSWERS.get(step, {}))


ANSWERS = {
    "consent": {"consent_text": "Suostun."},
    "return": {
        "remarks": {"purpose": "Kerro tavoite tarkemmin."},
        "complete_by": date(2026, 12, 7),
    },
    "approve": {
        "reason": "",
        "conditions": [],
        "training_reason": "Koulutus on ensi viikolla.",
        "role_confirmed": True,
    },
    "reject": {"reason": REASON, "contact_person": "Kaisa Ruskotuulela"},
    "hand_on": {"new_decider": "", "reason": REASON},
    "disqualify": {},
    "hold": {"reason": REASON},
    "lapse": {"reason": REASON},
}


def take(request: Request, step: str, actor, seen: int | None = None, **answers):
    """Take a step in a write of its own."""
    with write():
        return service.take(
            again(request),
            step,
            _again(actor) if isinstance(actor, Person) else actor,
            clock.now(),
            seen=seen,
            **{**ANSWERS.get(step, {}), **answers},
        )


def save(
    request: Request, actor: Person, page: str, seen: int | None = None, **fields: str
) -> None:
    """Change fields of a page."""
    with write():
        current = again(request)
        values = {
            **current.draft.get(page, {}),
            **{name.replace("__", "-"): [value] for name, value in fields.items()},
        }
        service.save(current, _again(actor), page, values, clock.now(), seen)


def again(request: Request) -> Request:
    """The request as it stands now."""
    return db.session.get_one(Request, request.id)


def _again(person: Person) -> Person:
    return db.session.get_one(Person, person.id)


def steps_of(request: Request) -> list[str]:
    """What the trail says was done to it, in order."""
    return [entry.step for entry, _words in audit_trail.history([request.id])]


def in_days(days: int) -> str:
    """A date from today, as it is typed."""
    return (clock.today() + timedelta(days=days)).isoformat()
