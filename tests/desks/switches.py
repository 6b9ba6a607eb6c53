"""What may be so around a request, a profile, a case or a proposed role: each by its name."""

from datetime import timedelta

from sqlalchemy import select, update

from intake import clock
from intake.data.base import db
from intake.establishment.models import Conflict
from intake.fakes.models import CaseKey, Evidence, Exclusion, Filing, Look
from intake.fakes.states import UnitAnswer, Way
from intake.handbook.models import Approval, Platform
from intake.people.models import Role, RoleGrant
from intake.profiles.models import AddressMark, MarkKind, ProfileAdmin, TwoStep
from intake.profiles.states import AlarmState
from tests.desks.worlds import World, head_away, no_heads, one_keeper, without


def _conflicts(*who: str):
    def switch(made: World) -> None:
        for name in who:
            person = getattr(made.cast, name)
            row = Conflict(request_id=made.subject.id, person_id=person.id, why="named")
            db.session.add(row)

    return switch


def _service_is_not_approved(_made: World) -> None:
    db.session.execute(update(Platform).values(approval=Approval.NOT_APPROVED))


def _form_has_a_gap(made: World) -> None:
    made.subject.draft = {**made.subject.draft, "purpose": {}}


REQUEST = {
    "head is away": head_away,
    "no unit has a head": no_heads,
    "no keeper": without(Role.KEEPER),
    "keepers are party to it": _conflicts("keeper", "other_keeper"),
    "all heads are party to it": _conflicts(
        "head", "deputy", "director", "mayor", "chief", "far_head"
    ),
    "service is not approved": _service_is_not_approved,
    "form has a gap": _form_has_a_gap,
}


def _admin(made: World, place: int) -> ProfileAdmin | None:
    found = made.subject.current_admins
    return found[place] if place < len(found) else None


def _set(place: int, **values):
    def switch(made: World) -> None:
        part = _admin(made, place)
        for name, value in values.items() if part else ():
            setattr(part, name, value() if callable(value) else value)

    return switch


def _gone(*places: int):
    def switch(made: World) -> None:
        for part in [_admin(made, place) for place in places]:
            if part is not None:
                part.until = clock.now()

    return switch


def _open_tick(made: World) -> None:
    made.subject.checklist[0].done_at = None


def _stale_tick(made: World) -> None:
    made.subject.checklist[0].done_at = clock.now() - timedelta(days=300)


def _code_in_text(made: World) -> None:
    made.subject.texts = {**made.subject.texts, "purpose": "Kysy 131052-308T luvasta."}


def _decider_runs_it(made: World) -> None:
    part = _admin(made, 0)
    made.subject.decided_by_id = part.person_id if part else None


def _marked(made: World) -> None:
    for line in made.subject.typed:
        row = AddressMark(key=line.key, mark=MarkKind.HELD, since=clock.now())
        db.session.add(row)


def _consent_is_over(made: World) -> None:
    if made.subject.subject_id:
        made.subject.consent_ended_at = clock.now()


def _typed_by(name: str):
    def switch(made: World) -> None:
        for line in made.subject.typed:
            line.typed_by_id = getattr(made.cast, name).id

    return switch


def _keepers_run_it(made: World) -> None:
    for part, name in zip(made.subject.current_admins, ("keeper", "other_keeper"), strict=False):
        part.person_id = getattr(made.cast, name).id


def _alarm(by: str, proposed: str | None = None):
    def switch(made: World) -> None:
        profile = made.subject
        profile.alarm, profile.alarm_since = AlarmState.HIJACKED, clock.now()
        profile.alarm_due_at = clock.now() + timedelta(hours=1)
        profile.alarm_by_id = getattr(made.cast, by).id
        profile.clearing_by_id = getattr(made.cast, proposed).id if proposed else None

    return switch


AROUND_PROFILE = {
    "head is away": head_away,
    "no unit has a head": no_heads,
    "no keeper": without(Role.KEEPER),
    "one keeper": one_keeper,
    "keepers run it": _keepers_run_it,
}
PROFILE = {
    **AROUND_PROFILE,
    "a second factor is missing": _set(0, two_step=TwoStep.OFF),
    "recovery is private": _set(0, recovery_shared=False),
    "an admin has not answered": _set(-1, accepted_at=None),
    "rights are not stated": _set(0, rights=None, stated_at=None),
    "a tick is open": _open_tick,
    "a tick is stale": _stale_tick,
    "one admin is left": _gone(1),
    "no admin is left": _gone(0, 1),
    "service is not approved": _service_is_not_approved,
    "a text holds a code": _code_in_text,
    "who decided runs it": _decider_runs_it,
    "the address is marked": _marked,
    "the consent is over": _consent_is_over,
    "a keeper typed it": _typed_by("keeper"),
    "the head typed it": _typed_by("head"),
}
ALARM = {
    **AROUND_PROFILE,
    "set by an admin": _alarm("requester"),
    "set by a keeper": _alarm("keeper"),
    "set by the head": _alarm("head"),
    "proposed by a keeper": _alarm("requester", "keeper"),
    "set by the head, proposed by a keeper": _alarm("head", "keeper"),
    "no admin is left": _gone(0, 1),
}


def _excluded(*who: str):
    def switch(made: World) -> None:
        for name in who:
            person = made.lead if name == "lead" else getattr(made.cast, name)
            if person is not None:
                row = Exclusion(case_id=made.subject.id, person_id=person.id)
                db.session.add(row)
                if made.subject.handler_id == person.id:  # as the step does
                    made.subject.handler_id = None

    return switch


def _handler_left(made: World) -> None:
    if made.subject.handler_id:
        made.subject.handler_id = made.cast.leaver.id


def _lead_is_there(made: World) -> None:
    made.lead = made.cast.stranger
    db.session.add(RoleGrant(person_id=made.lead.id, role=Role.LEAD))
    db.session.flush()


def _second_handler(made: World) -> None:
    db.session.add(RoleGrant(person_id=made.cast.far_head.id, role=Role.HANDLER))


def _looks_private(made: World) -> None:
    made.subject.looks_private = True


def _listed_key(made: World) -> None:
    key = db.session.scalars(select(CaseKey).where(CaseKey.case_id == made.subject.id)).first()
    if key is not None:
        key.key = made.facts.get("listed", "instagram:handle:savonkosken_nuoret")


def _no_evidence(made: World) -> None:
    for model in (Look, Evidence):
        for row in db.session.scalars(select(model).where(model.case_id == made.subject.id)):
            db.session.delete(row)


def _all_ways_used(made: World) -> None:
    for way in (Way.RULES, Way.ART16):
        row = Filing(case_id=made.subject.id, way=way, route="x", text="x", sent_at=clock.now())
        db.session.add(row)


def _former(made: World) -> None:
    made.subject.unit_answer = UnitAnswer.NOT_REACHED


CASE = {
    "a lead": _lead_is_there,
    "two handlers": _second_handler,
    "handler is excluded": _excluded("handler"),
    "all handlers are excluded": _excluded("handler", "far_head", "stranger"),
    "keepers are excluded": _excluded("keeper", "other_keeper"),
    "no handler": without(Role.HANDLER),
    "no keeper": without(Role.KEEPER),
    "handler left": _handler_left,
    "looks private": _looks_private,
    "no evidence": _no_evidence,
    "all ways are used": _all_ways_used,
    "unit was not reached": _former,
    "the address is the town's": _listed_key,
}
