"""What the pages of profiles show, gathered for their templates."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import current_app, url_for
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm.attributes import set_committed_value

from intake import addresses, clock, ports
from intake.data.base import db
from intake.engine import audit_trail, tracks
from intake.engine import duties as desks
from intake.engine.duties import Awaited
from intake.engine.step_form import Occasion, StepForm
from intake.engine.table import problems_of
from intake.engine.tracks import Tag
from intake.handbook.models import Platform
from intake.people import queries as people
from intake.people.models import Person
from intake.profiles import (
    checklist,
    duties,
    parties,
    queries,
    rules,
    words,
    workflow,
)
from intake.profiles.alike import likeness
from intake.profiles.alike import words as likeness_words
from intake.profiles.change import words as change_words
from intake.profiles.change.models import Change, ChangeKind, Handover
from intake.profiles.forms import FilterForm, TypeForm
from intake.profiles.in_use import announcements, reviews
from intake.profiles.models import KINDS, Address, ChecklistItem, Profile, ProfileKind
from intake.profiles.profile_text import Part, ProfileText, Wanted, compose
from intake.profiles.states import AddressState, AlarmState, ContinuationState, ProfileState
from intake.web import locale

Beside = Callable[[Profile, Person, datetime], list[tuple[str, Any]]]
LEFT_OUT = {
    Part.PURPOSE: lambda: _("the purpose from here on"),
    Part.NAMES: lambda: _("the admins"),
    Part.TASKS: lambda: _("the admins' tasks"),
    Part.MESSAGES: lambda: _("how private messages are handled"),
}


def of(profile: Profile, person: Person, now: datetime) -> dict[str, Any]:
    """All that the page of a profile shows to a person."""
    told = _next(profile, person, now)
    duty = told["duty"]
    proposals = _proposals(profile, person, now)
    steps = _steps(profile, person, now)
    settles = duty is not None and profile.state is ProfileState.ACTIVE
    settles = settles and duty.url == words.path(profile)
    return {
        "ways": _ways(profile, proposals, steps) if settles else [],
        "profile": profile,
        "tag": words.PROFILE.states[profile.state],  # type: ignore[index]
        "kind": KINDS[profile.kind],
        **told,
        "alarm": None if profile.alarm is AlarmState.CLEAR else words.ALARM.states[profile.alarm],
        "steps": steps,
        "beside": beside(profile, person, now),
        "may_tick": _may(profile, "check_off", person, now),
        "may_type": _may_type(profile, person, now),
        "items": [(item, checklist.label(item), _tag(item, now)) for item in profile.checklist],
        "checklist": checklist,
        "text": profile_text(profile),
        "left_out": LEFT_OUT,
        "closing_texts": announcements.of_closing(profile, _register_url(profile)),
        "absence_texts": announcements.of_absence(profile, _contact(profile), clock.today(now)),
        "in_question": profile.continuation is ContinuationState.IN_QUESTION,
        "last_review": reviews.latest(profile),
        "proposals": proposals,
        "changes": _changes(profile, person, now),
        "handovers": _handovers(profile, person, now),
        "lines": [_line(line, person, now) for line in profile.addresses],
        "supervisor": parties.supervisor.people(profile, now),
        "rights": words.RIGHTS,
        "two_step": words.TWO_STEP,
        "history": history(profile),
        "in_setup": profile.state is ProfileState.SETUP,
        "register_url": _register_url(profile),
    }


def _next(profile: Profile, person: Person, now: datetime) -> dict[str, Any]:
    """What waits for the reader, the step it leads to, and what the profile waits for."""
    mine = duties.of_alarms(person, now, profile)
    mine += duties.of_profiles(person, now, profile)
    mine += duties.of_continuations(person, now, profile)
    return {
        "duty": mine[0] if mine else None,
        "next": _inside(str(mine[0].verb)) if mine else "",
        "first": _first(profile, person, now),
        "awaited": awaited(profile, now),
    }


def _first(profile: Profile, person: Person, now: datetime) -> tuple[str, Any] | None:
    """Name and button of the step that a duty on this page leads to, where it has a page."""
    found = desks.first_step(tracks.track(workflow.PROFILE.name), profile, person, now).step
    if found is None or found.page is not None:
        return None
    return found.name, words.PROFILE.buttons[found.name]


def awaited(profile: Profile, now: datetime) -> list[Awaited]:
    """What the profile, its address and its alarm wait for, and whom."""
    about: list[tuple[str, Any]] = [
        (workflow.ALARM.name, profile),
        (workflow.PROFILE.name, profile),
        (workflow.CONTINUATION.name, profile),
    ]
    about += [(workflow.ADDRESS.name, line) for line in profile.typed[:1]]
    return [one for name, what in about for one in desks.awaited(tracks.track(name), what, now)]


def _steps(profile: Profile, person: Person, now: datetime) -> list[tuple[str, Any]]:
    """Name and button of every step that is open to a person, but those of single items."""
    flows = (
        (workflow.PROFILE, words.PROFILE),
        (workflow.CONTINUATION, words.CONTINUATION),
        (workflow.ABSENCE, words.ABSENCE),
        (workflow.ALARM, words.ALARM),
    )
    return [
        (step.name, said.buttons[step.name])
        for flow, said in flows
        for step in flow.available(profile, person, now)
        if step.name != "check_off"
    ]


def beside(profile: Profile, person: Person, now: datetime) -> list[tuple[str, Any]]:
    """Address and words of what other rooms let a person do about a profile; they add a function
    to the port `beside_profile`."""
    return [link for room in ports.here().beside_profile for link in room(profile, person, now)]


def _inside(verb: str) -> str:
    """A verb as it stands inside a sentence."""
    return verb[:1].lower() + verb[1:]


def _may(profile: Profile, step: str, person: Person, now: datetime) -> bool:
    return any(row.name == step for row in workflow.PROFILE.available(profile, person, now))


def _may_type(profile: Profile, person: Person, now: datetime) -> bool:
    new = Address(profile_id=profile.id, key="", typed_by_id=person.id)
    return any(row.name == "type" for row in workflow.ADDRESS.available(new, person, now))


def _tag(item: ChecklistItem, now: datetime) -> Tag:
    if item.done_at is None:
        return Tag(_("Not done yet"), "calm", "dot")
    if rules.is_stale(item, now):
        return Tag(_("Check again"), "warn", "warning")
    if item.note:
        return Tag(_("Left out"), "calm", "stop")
    return Tag(_("Done"), "ok", "check")


def _line(line: Address, person: Person, now: datetime) -> dict[str, Any]:
    """One address as the page shows it, with the steps that are open on it."""
    return {
        "address": line,
        "shown": addresses.defang(line.url or line.key),
        "tag": words.ADDRESS.states[line.state],  # type: ignore[index]
        "steps": []
        if line.state is not AddressState.TYPED
        else [
            (row.name, words.ADDRESS.buttons[row.name])
            for row in workflow.ADDRESS.available(line, person, now)
        ],
    }


def _contact(profile: Profile) -> str:
    """Where to reach its people outside the service (P8)."""
    return str(profile.texts.get("contact") or ports.here().town().contact_email)


def _proposals(profile: Profile, person: Person, now: datetime) -> list[tuple[str, Any]]:
    """The kinds of change that a person may propose."""
    found = []
    for what in ChangeKind:
        change = Change(profile_id=profile.id, what=what, by_id=person.id)
        set_committed_value(change, "profile", profile)
        if workflow.CHANGE.may("propose", change, person, now):
            found.append((what.value, change_words.PROPOSE[what]))
    return found


def _ways(
    profile: Profile, proposals: list[tuple[str, Any]], steps: list[tuple[str, Any]]
) -> list[tuple[str, Any]]:
    """How it can be decided whether a profile goes on: address and words of each way."""
    goes_on = [pair for pair in proposals if pair[0] in ("admin", "unit")]
    ends = [pair for pair in steps if pair[0] in ("announce_closing", "go_on")]
    return [
        *(
            (url_for("profiles.propose_change", id=profile.id, what=pair[0]), pair[1])
            for pair in goes_on
        ),
        *((url_for("profiles.step", id=profile.id, step=pair[0]), pair[1]) for pair in ends),
    ]


def _changes(profile: Profile, person: Person, now: datetime) -> list[dict[str, Any]]:
    """The open changes of a profile, with the steps that are open on each."""
    return [
        {
            "change": one,
            "title": change_words.PROPOSE[one.what],
            "told": change_words.told(one, locale.current()),
            "tag": change_words.CHANGE.states[one.state],  # type: ignore[index]
            "steps": [
                (row.name, change_words.CHANGE.buttons[row.name])
                for row in workflow.CHANGE.available(one, person, now)
            ],
        }
        for one in queries.open_of(profile)[0]
    ]


def _handovers(profile: Profile, person: Person, now: datetime) -> list[dict[str, Any]]:
    """The admins who went and are not checked off, with the steps that are open on each."""
    return [
        {
            "handover": one,
            "tag": change_words.HANDOVER.states[one.state],  # type: ignore[index]
            "steps": [
                (row.name, change_words.HANDOVER.buttons[row.name])
                for row in workflow.HANDOVER.available(one, person, now)
            ],
        }
        for one in queries.open_of(profile)[1]
    ]


def _register_url(profile: Profile) -> str:
    """The address of the register entry, whole."""
    base: str = current_app.config["BASE_URL"].rstrip("/")
    return f"{base}/register/{profile.slug}"


def profile_text(profile: Profile) -> ProfileText:
    """The text to paste (O4), in the first language of the profile's content."""
    spoken = [code for code in profile.texts.get("content_languages", []) if code in ("sv", "en")]
    first = (profile.texts.get("content_languages") or ["fi"])[0]
    code = first if first in spoken else "fi"
    told = profile.texts.get
    with force_locale(code):
        said = words.MESSAGES.get(told("private_messages", ""), "")
        messages = told("private_messages_text") or str(said)
        lead_in = "" if profile.kind is ProfileKind.EXPERT else _("Admins: ")
    wanted = Wanted(
        link=_register_url(profile).removeprefix("https://"),
        purpose=told("purpose", ""),
        lead_in=lead_in,
        admins=tuple((admin.person.name, admin.task) for admin in profile.current_admins),
        messages=messages,
    )
    return compose(wanted, profile.platform.bio_limit)


def history(profile: Profile) -> list[dict[str, Any]]:
    """What was done to the profile and its addresses, the newest first, with reasons."""
    beside = [line.id for line in (*profile.addresses, *queries.changed(profile))]
    entries = audit_trail.history([profile.id, *beside])
    names = people.people(entry.actor for entry, _written in entries)
    return [
        {"at": entry.at, "what": _sentence(entry, names), "why": _why(written or {})}
        for entry, written in reversed(entries)
        if entry.cause is None or entry.track != "address"
    ]


def _why(written: dict[str, Any]) -> str:
    """The reasons that somebody wrote with a step."""
    asked = ("reason", "what_happened", "what_was_checked")
    return next((str(written[name]) for name in asked if written.get(name)), "")


def _sentence(entry: audit_trail.Entry, names: dict[str, Person]) -> str:
    actor = names.get(entry.actor)
    said = tracks.done(entry.track, entry.step)
    return str(said) % {"actor": actor.name if actor else ""}


def around(occasion: Occasion, form: StepForm) -> dict[str, Any]:
    """What the page of a step says beside its form; for a confirmation the address itself."""
    subject = occasion.subject
    line = subject if isinstance(subject, Address) else None
    profile: Profile = subject if isinstance(subject, Profile) else subject.profile
    told = {
        "back": (profile.name, words.path(profile)),
        "kicker": f"{profile.name}, {profile.platform.name}",
        "profile": profile,
        "line": line,
        "notice": rules.notice_days(profile),
        "change": change_words.told(subject, locale.current()) if _is_old(subject) else [],
        "leaver": subject.person if isinstance(subject, Handover) else None,
        **_proposed(subject, occasion),
        "last_review": reviews.latest(profile) if occasion.row.name == "review" else None,
    }
    return {**told, **_confirmation(profile, occasion, form)} if "shown" in form else told


def _is_old(subject: Any) -> bool:
    return isinstance(subject, Change) and subject.state is not None


def _proposed(subject: Any, occasion: Occasion) -> dict[str, Any]:
    """Heading and meaning of a change that is to be proposed."""
    if occasion.row.name != "propose":
        return {}
    return {
        "heading": change_words.PROPOSE[subject.what],
        "means": change_words.MEANS[subject.what],
    }


def _confirmation(profile: Profile, occasion: Occasion, form: Any) -> dict[str, Any]:
    """The address as the second person must see it: defanged, its letters beyond ASCII by code
    point, beside what looks like it (A9); and what is still missing."""
    saw, now = form.shown.data, queries.fingerprint(profile.typed)
    form.shown.data = now
    answers = {"shown": now, "seen_today": True, "acting": occasion.person}
    problems = problems_of(occasion.row, occasion.subject, occasion.now, answers)
    handles = [one.key.split(":", 2)[-1] for one in profile.typed]
    typists = people.people(one.typed_by_id for one in profile.typed)
    return {
        "lines": [
            {
                "address": one,
                "shown": addresses.defang(one.url or one.key),
                "points": addresses.code_points(one.key),
                "typist": typists[one.typed_by_id].name,
            }
            for one in profile.typed
        ],
        "near": likeness.near([profile.name, *handles], but=profile.id),
        "why": likeness_words.WHY,
        "tags": words.PROFILE.states,
        "missing": problems,
        "before": queries.shown(profile, saw) if saw and saw != now else [],
        "defang": addresses.defang,
    }


def place_after(profile_id: str, person: Person) -> str:
    """Where a step leads: the profile's page, the list where one may not see it any more."""
    may = queries.visible_to(person, [profile_id])
    still = select(Profile.id).where(Profile.id == profile_id, may)
    if db.session.scalars(still).first() is None:
        return url_for("profiles.index")
    return url_for("profiles.show", id=profile_id)


def offer(form: FilterForm) -> None:
    """Fill the choices of the list's filters."""
    states = [(state.value, words.PROFILE.states[state].text) for state in ProfileState]
    form.state.choices = [("", _("All")), *states]
    spoken = locale.current()
    units = sorted((unit.name(spoken), unit.id) for unit in people.units())
    form.unit.choices = [("", _("All")), *((unit_id, name) for name, unit_id in units)]


def ask_lasting(form: TypeForm, profile: Profile) -> None:
    """Ask for the lasting id only where the platform has one."""
    if not has_lasting(profile.platform):
        del form.lasting_id


def has_lasting(platform: Platform) -> bool:
    """Has the platform an account id that outlives handles?"""
    return addresses.lasting_id_of(platform.code) is not None


def typed(form: TypeForm) -> dict[str, str]:
    """What was typed as the address."""
    lasting = form.lasting_id.data if "lasting_id" in form else ""
    return {"address": form.address.data or "", "lasting_id": lasting or ""}
