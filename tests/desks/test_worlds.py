"""Nothing is ever on nobody's desk: every state of every track, whatever holds around it (F27).

In each world somebody has a duty, and everybody who has one sees its subject, finds it on their
desk, and has a step open that fulfils it and that no rule forbids.
"""

from datetime import timedelta

import pytest

from intake import clock
from intake.data.base import db
from intake.engine import duties as engine
from intake.engine import tracks
from intake.establishment import queries as requests
from intake.establishment.models import Request
from intake.establishment.states import RequestState as S
from intake.fakes import queries as cases
from intake.fakes.models import Case
from intake.fakes.states import CaseState as C
from intake.people.models import Person
from intake.profiles import queries as profiles
from intake.profiles.models import Profile
from intake.profiles.states import AlarmState
from intake.profiles.states import ProfileState as P
from intake.refusals import Unseen
from intake.site import desk
from tests.browser import Browser
from tests.desks import switches as around
from tests.desks.worlds import World, combined, everyone, world
from tests.establishment import making as making_requests
from tests.fakes import making as making_cases
from tests.profiles import making as making_profiles

EXPERT, OFFICE = making_requests.EXPERT, making_requests.OFFICE
DRAWN = 2  # worlds of several switches, beside those of one
AGES = (0, 30)  # days after the subject came to where it stands
SEEN_BY = {"request": requests.get, "profile": profiles.get, "case": cases.get}


def holders(track: str, subject, now) -> list[tuple[Person, object]]:
    """Everybody with their duties on a subject."""
    take = tracks.track(track).duties
    return [(one, duty) for one in everyone() for duty in take(one, now, subject)]


def faults_of(track: str, made: World, now, resting: bool) -> list[str]:
    """What is wrong in this world."""
    at_work = holders(track, made.subject, now)
    if track == "profile":
        at_work += [one for line in made.subject.typed[:1] for one in holders("address", line, now)]
    if track == "case":
        at_work += holders("police", made.subject, now)
    found = [] if at_work or resting else ["on nobody's desk"]
    for person, duty in at_work:
        if not is_open(duty, person, now):
            found.append(f"{person.name} cannot {duty.verb}")
        if duty.track in SEEN_BY and duty.steps and not is_seen(duty, person):
            found.append(f"{person.name} does not see {duty.verb}")
    return [*found, *not_found(at_work, now)]


def not_found(at_work, now) -> list[str]:
    """Duties that do not stand on the desk of who has them."""
    faults = []
    for person in dict.fromkeys(person for person, _ in at_work):
        shown = {duty.url for duty in desk.duties(person, now)}
        wanted = {duty.url for one, duty in at_work if one == person} - shown
        if missing := [url for url in sorted(wanted) if not is_in_a_row(url, shown)]:
            faults.append(f"{person.name} does not find {missing}")
    return faults


def is_in_a_row(url: str, shown: set[str]) -> bool:
    """Cases that nobody has taken, and those without anybody, are one row of a desk."""
    return "/cases/" in url and any(one.startswith(("/cases?", "/people")) for one in shown)


def is_open(duty, person, now) -> bool:
    """Is there a step that fulfils the duty, and that no rule forbids this person?"""
    if not duty.steps:
        return True  # a page that is no step: looked at below
    track = tracks.track(duty.track)
    for name in duty.steps:
        if track.workflow.may(name, duty.subject, person, now):
            row = track.workflow.rows[name, track.workflow.state_of(duty.subject)]
            if not engine.blocks_of(row, duty.subject, person, now):
                return True
    return False


def is_seen(duty, person) -> bool:
    """May the person open the page of what it is about?"""
    try:
        SEEN_BY[duty.track](duty.subject.id, person)
    except Unseen:
        return False
    return True


def sweep(cast, track: str, model, subject_id: str, switches, rests) -> None:
    """Look at worlds around a subject, some at once and some when it is long late."""
    found: dict[str, list[str]] = {}
    for names in combined(switches, f"{track} {rests.__name__}", DRAWN):
        with world(cast, model, subject_id, switches, names) as made:
            for days in AGES if len(names) < 2 else AGES[len(names) % 2 :][:1]:
                now = clock.now() + timedelta(days=days)
                with clock.at(now):
                    for fault in faults_of(track, made, now, rests(made, now)):
                        found.setdefault(fault, []).append(f"{days} d: {', '.join(names)}")
    assert not found, "\n".join(f"{fault}: {worlds[:4]}" for fault, worlds in found.items())


def never(_made: World, _now) -> bool:
    return False


STATES = [
    (S.DRAFT, OFFICE),
    (S.AWAITING_CONSENT, EXPERT),
    (S.SUBMITTED, OFFICE),
    (S.SUBMITTED, EXPERT),
    (S.RETURNED, OFFICE),
]


@pytest.mark.policy("O3", "O1")
@pytest.mark.parametrize(("state", "kind"), STATES)
def test_f27_no_request_is_on_nobodys_desk(cast, state, kind):
    made = making_requests.make_request(cast, state, kind, trained=False)
    sweep(cast, "request", Request, made.id, around.REQUEST, never)


def _set_up(cast, kind, address=None):
    profile = making_profiles.open_profile(cast, kind)
    making_profiles.set_up(cast, profile, address)
    return profile


PROFILES = {
    "opened": lambda cast: making_profiles.open_profile(cast),
    "opened expert": lambda cast: making_profiles.open_profile(cast, EXPERT),
    "set up": lambda cast: _set_up(cast, OFFICE),
    "set up expert": lambda cast: _set_up(cast, EXPERT),
    "another address": lambda cast: _set_up(cast, OFFICE, "instagram.com/aivan_muu"),
    "another address of an expert": lambda cast: _set_up(cast, EXPERT, "instagram.com/muu"),
    "in use": lambda cast: making_profiles.make_profile(cast),
    "in use, term ends": lambda cast: making_profiles.make_profile(
        cast, ends_on=clock.today() + timedelta(days=40)
    ),
    "in use, new address": lambda cast: _typed_anew(cast),
    "closing": lambda cast: making_profiles.make_profile(cast, P.CLOSING_ANNOUNCED),
    "closing expert": lambda cast: making_profiles.make_profile(cast, P.CLOSING_ANNOUNCED, EXPERT),
}


def _typed_anew(cast):
    profile = making_profiles.make_profile(cast)
    making_profiles.type_address(profile, cast.requester, "instagram.com/uusi_osoite")
    return profile


def profile_rests(made: World, now) -> bool:
    """In use with two admins and no date near, or closing on a day to come."""
    profile = made.subject
    if profile.state is P.CLOSING_ANNOUNCED:
        return profile.closes_on > clock.today(now)
    two = profile.kind is EXPERT or len(profile.current_admins) >= 2
    return profile.state is P.ACTIVE and two and not profile.typed and profile.ends_on is None


@pytest.mark.policy("O6", "P4", "G9", "O8")
@pytest.mark.parametrize("which", list(PROFILES))
def test_f27_no_profile_is_on_nobodys_desk(cast, which):
    made = PROFILES[which](cast)
    sweep(cast, "profile", Profile, made.id, around.PROFILE, profile_rests)


@pytest.mark.policy("P4", "P5")
@pytest.mark.parametrize("kind", [OFFICE, EXPERT])
def test_f27_no_alarm_is_on_nobodys_desk(cast, kind):
    made = making_profiles.make_profile(cast, P.ACTIVE, kind)

    def rests(made: World, _now) -> bool:
        return made.subject.alarm is AlarmState.CLEAR

    sweep(cast, "alarm", Profile, made.id, around.ALARM, rests)


def case_rests(made: World, now) -> bool:
    """At rest until the day of the next look, or ended."""
    case = made.subject
    if case.state in (C.TAKEN_DOWN, C.CLOSED_UNRESOLVED):
        return case.due_at is None or case.due_at > clock.end_of(clock.today(now))
    return case.state in (C.SPAM, C.DUPLICATE, C.NOT_FAKE, C.RECOVERED)


@pytest.mark.policy("P5")
@pytest.mark.parametrize("state", list(C))
def test_f27_no_case_is_on_nobodys_desk(cast, state):
    lead = db.session.get_one(Person, cast.far_head.id)
    making_cases.grant(lead, making_cases.Role.LEAD)
    made = making_cases.make_case(cast, state, lead=lead)
    with making_cases.write():  # the worlds say who leads
        for grant in db.session.get_one(Person, lead.id).grants:
            grant.ended_at = clock.now()
    if state is not C.RECOVERING and state is not C.RECOVERED:
        making_profiles.make_profile(cast)
    sweep(cast, "case", Case, made.id, around.CASE, case_rests)


@pytest.mark.policy("P5", "G8")
@pytest.mark.parametrize("state", [C.CONFIRMED, C.NO_ANSWER, C.TAKEN_DOWN, C.REOPENED])
def test_f27_the_police_are_on_somebodys_desk(cast, state):
    made = making_cases.make_case(cast, state)

    def rests(made: World, _now) -> bool:
        return made.subject.police_due_at is None

    sweep(cast, "police", Case, made.id, around.CASE, rests)


BASES = {
    **{f"profile {name}": ("profile", make) for name, make in PROFILES.items()},
    **{
        f"case {state}": ("case", lambda cast, state=state: _handled(cast, state))
        for state in C
        if state not in (C.SPAM, C.DUPLICATE, C.NOT_FAKE, C.RECOVERED)
    },
    **{
        f"request {state}": (
            "request",
            lambda cast, state=state, kind=kind: making_requests.make_request(cast, state, kind),
        )
        for state, kind in STATES
    },
    "alarm": ("alarm", lambda cast: _taken_over(cast)),
}


def _handled(cast, state):
    return making_cases.make_case(cast, state, lead=making_cases.make_lead(cast))


def _taken_over(cast):
    profile = making_profiles.make_profile(cast)
    making_profiles.raise_alarm(cast, profile, AlarmState.HIJACKED)
    return profile


@pytest.mark.parametrize("which", list(BASES))
def test_f27_every_line_of_a_desk_opens_and_is_a_sentence(app, cast, which, still):
    """Now, and when it is late and has climbed."""
    BASES[which][1](cast)
    for days in (0, 40):
        still.shift(timedelta(days=days))
        for person in everyone():
            browser = Browser(app)
            with app.test_request_context("/"):
                found = desk.duties(person, clock.now())
                assert all(str(duty.what) and str(duty.why) for duty in found)
                urls = [duty.url.partition("#")[0] for duty in found]
            browser = browser.signs_in(person) if urls else None
            for url in urls:
                browser.opens(url, status=200)
