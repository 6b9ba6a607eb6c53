"""The rows of the desk for profiles, their addresses and alarms: what waits for whom."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from intake.engine.duties import Task
from intake.people.models import Person
from intake.profiles import parties, queries, words
from intake.profiles.models import Address, Profile, ProfileKind
from intake.profiles.parties import Subject, profile_of
from intake.profiles.states import AddressState as A
from intake.profiles.states import ProfileState as P
from intake.profiles.waiting import open_points

OPEN = (P.SETUP, P.ACTIVE, P.CLOSING_ANNOUNCED)


def _second(subject: Subject, _person: Person, _now: datetime) -> Any:
    if profile_of(subject).kind is ProfileKind.OFFICE:
        return _l("Another admin than the one who typed the address confirms it, or a keeper.")
    return _l("The supervisor or a keeper confirms an expert's address.")


def _to_units(_subject: Any) -> str:
    return "/people/units"


def to_people(_subject: Any) -> str:
    return "/people"


def _to_type(profile: Profile) -> str:
    return f"{words.path(profile)}/address/type"


def _on_line(step: str) -> Callable[[Address], str]:
    """The page of a step on an address."""
    return lambda line: f"{words.path(line.profile)}/address/{line.id}/{step}"


def _to_service(profile: Profile) -> str:
    return f"/handbook/platforms/{profile.platform_id}"


SETUP, CLOSING = (P.SETUP,), (P.CLOSING_ANNOUNCED,)
ABOVE = _l("It is late, and you decide above who should have decided.")
NAME_KEEPER = (
    _l("Give somebody the role of a register keeper, for %(title)s"),
    _l("Name a keeper"),
)
PROFILE = (
    Task(
        _l("Answer whether you will be an admin of %(title)s"),
        _l("Answer as an admin"),
        _l("You were named as an admin."),
        SETUP,
        (parties.asked_admin,),
        ("accept_part",),
        ("decline_part",),
        told=(-23, -16, -7, 0),
        page="accept_part",
    ),
    Task(
        _l("State which right you hold in %(title)s"),
        _l("State your rights"),
        _l("You are an admin. Say which right you hold in the service."),
        SETUP,
        (parties.unstated_admin,),
        ("state_rights",),
        told=(-16, -7, 0),
    ),
    Task(
        _l("Make your sign-in safe in %(title)s, and state it again"),
        _l("Make your sign-in safe"),
        _l("The profile is not listed before two-step sign-in and recovery are in order."),
        SETUP,
        (parties.unsafe_admin,),
        ("state_rights",),
        told=(-16, -7, 0),
    ),
    Task(
        _l("Go through the checklist of %(title)s"),
        _l("Go through the checklist"),
        _l("You are an admin. The checklist is not done."),
        SETUP,
        (parties.stated_admin,),
        ("check_off",),
        when=(open_points.checklist_is_open,),
        told=(-16, -7, 0),
        page="",
    ),
    Task(
        _l("Type the address of %(title)s"),
        _l("Type the address"),
        _l("You are an admin."),
        SETUP,
        (parties.stated_admin,),
        when=(open_points.address_is_wanted,),
        told=(-16, -7, 0),
        path=_to_type,
        opens=open_points.may_type,
    ),
    Task(
        _l("Confirm the address of %(title)s and list it"),
        _l("Confirm and list"),
        _second,
        SETUP,
        (parties.confirmer,),
        ("list",),
        when=(open_points.may_be_listed,),
        opens=open_points.address_is_free,
        told=(-16, -7, 0),
    ),
    Task(
        _l("Type another address for %(title)s"),
        _l("Type another address"),
        _l("The typed address cannot be used: it belongs to another entry, or to a case."),
        SETUP,
        (parties.willing_admin,),
        when=(open_points.may_be_listed, open_points.address_is_taken),
        told=(-16, -7, 0),
        path=_to_type,
        opens=open_points.may_type,
    ),
    Task(
        _l("Decide on the set-up of %(title)s"),
        _l("Decide on the set-up"),
        _l("It cannot be finished: admins, consent or service are missing. Cancel it."),
        SETUP,
        (parties.supervisor,),
        ("cancel_setup",),
        ("extend_setup",),
        when=(open_points.cannot_be_finished,),
        told=(-16, -7, 0),
    ),
    Task(
        _l("Decide on the set-up of %(title)s"),
        _l("Decide on the set-up"),
        _l("The time for the set-up is over. Give more time or cancel it."),
        SETUP,
        (parties.supervisor,),
        ("extend_setup", "cancel_setup"),
        after=0,
    ),
    Task(
        _l("Decide on the set-up of %(title)s"),
        _l("Decide on the set-up"),
        ABOVE,
        SETUP,
        (parties.overseer,),
        ("extend_setup", "cancel_setup"),
        after=queries.OVERSEEN,
    ),
    Task(
        _l("Decide on the service that %(title)s is on"),
        _l("Decide on the service"),
        _l("You are a register keeper, and the service is not approved for work."),
        SETUP,
        (parties.keepers,),
        when=(open_points.service_is_not_approved,),
        told=(-23, -16, -7, 0),
        path=_to_service,
    ),
    Task(
        *NAME_KEEPER,
        _l("The service must be approved, and the town has no register keeper."),
        SETUP,
        (parties.administrators,),
        when=(open_points.service_is_not_approved, open_points.no_keeper_is_there),
        told=(-16, -7, 0),
        path=to_people,
    ),
    Task(
        _l("Redact a public text of %(title)s"),
        _l("Redact the text"),
        _l("A public text holds a personal identity code, so the profile cannot be listed."),
        SETUP,
        (parties.keeper, parties.supervisor),
        ("redact",),
        when=(open_points.a_text_holds_a_code,),
        told=(-23, -16, -7, 0),
    ),
    Task(
        *NAME_KEEPER,
        _l("Nobody can be the second person who confirms its address."),
        SETUP,
        (parties.administrators,),
        when=(open_points.nobody_lists,),
        told=(-16, -7, 0),
        path=to_people,
    ),
    Task(
        _l("Announce the closing of %(title)s, or call for a decision on it"),
        _l("Announce closing"),
        _l("The profile's fixed term ends, and you decide on it."),
        (P.ACTIVE,),
        (parties.supervisor,),
        ("announce_closing",),
        ("extend_term",),
        page="announce_closing",
        when=(open_points.term_ends_soon,),
        told=(-45, -14, 0),
    ),
    Task(
        _l("Decide how %(title)s goes on"),
        _l("Decide how it goes on"),
        _l("You decide on the profile, and it has fewer than two admins."),
        (P.ACTIVE,),
        (parties.supervisor,),
        ("announce_closing",),
        when=(open_points.admins_are_too_few,),
        page="",
        told=(-7, 0),
        due=queries.left_alone_until,
    ),
    Task(
        _l("Decide how %(title)s goes on"),
        _l("Decide how it goes on"),
        ABOVE,
        (P.ACTIVE,),
        (parties.overseer,),
        ("announce_closing",),
        ("extend_term",),
        page="announce_closing",
        when=(open_points.term_ends_soon,),
        after=queries.OVERSEEN,
    ),
    Task(
        _l("Decide how %(title)s goes on"),
        _l("Decide how it goes on"),
        ABOVE,
        (P.ACTIVE,),
        (parties.overseer,),
        ("announce_closing",),
        when=(open_points.admins_are_too_few,),
        page="",
        after=queries.OVERSEEN,
        due=queries.left_alone_until,
    ),
    Task(
        _l("Confirm that %(title)s is closed"),
        _l("Confirm as closed"),
        _l("You are the lead admin, and the closing day has come."),
        CLOSING,
        (parties.lead_admin,),
        ("close",),
        when=(open_points.closing_day_is_there,),
    ),
    Task(
        _l("Confirm that %(title)s is closed"),
        _l("Confirm as closed"),
        _l("You decide on the profile, its closing day has come, and nobody runs it any more."),
        CLOSING,
        (parties.supervisor,),
        ("close",),
        when=(open_points.closing_day_is_there, open_points.nobody_runs_it),
    ),
    Task(
        _l("Confirm that %(title)s is closed"),
        _l("Confirm as closed"),
        _l("You decide on the profile, and its closing day is past."),
        CLOSING,
        (parties.supervisor,),
        ("close",),
        after=7,
    ),
    Task(
        _l("Confirm that %(title)s is closed"),
        _l("Confirm as closed"),
        ABOVE,
        CLOSING,
        (parties.overseer,),
        ("close",),
        after=14,
    ),
    Task(
        _l("Name somebody who decides on %(title)s"),
        _l("Name a head"),
        _l("Nobody in the organisation may decide on it, and no register keeper either."),
        OPEN,
        (parties.administrators,),
        when=(open_points.nobody_decides,),
        told=(-7, 0),
        path=_to_units,
    ),
)

TYPED = (A.TYPED,)
ADDRESS = (
    Task(
        _l("Confirm the new address of %(title)s"),
        _l("Confirm the address"),
        _second,
        TYPED,
        (parties.confirmer,),
        ("confirm",),
        path=_on_line("confirm"),
        when=(open_points.of_a_listed_one,),
        opens=open_points.address_is_free,
        told=(-7, 0),
    ),
    Task(
        _l("Allow the typed address of %(title)s, or have another typed"),
        _l("Allow this address"),
        _l("You decide on the profile, and its address is not the decided one."),
        TYPED,
        (parties.supervisor,),
        ("allow",),
        path=_on_line("allow"),
        when=(open_points.must_be_allowed,),
        told=(-13, -7, 0),
    ),
    Task(
        _l("Allow the typed address of %(title)s, or have another typed"),
        _l("Allow this address"),
        ABOVE,
        TYPED,
        (parties.overseer,),
        ("allow",),
        path=_on_line("allow"),
        when=(open_points.must_be_allowed,),
        after=queries.OVERSEEN,
    ),
    Task(
        _l("Drop the typed address of %(title)s and type the decided one"),
        _l("Drop the address"),
        _l("It is not the decided one, and nobody can allow it."),
        TYPED,
        (parties.willing_admin,),
        ("drop",),
        path=_on_line("drop"),
        when=(open_points.nobody_allows,),
        told=(-7, 0),
    ),
    Task(
        _l("Name somebody who decides on %(title)s"),
        _l("Name a head"),
        _l("Its address must be allowed, and nobody may do that."),
        TYPED,
        (parties.administrators,),
        when=(open_points.nobody_allows,),
        told=(-7, 0),
        path=_to_units,
    ),
    Task(
        _l("Drop the new address of %(title)s"),
        _l("Drop the address"),
        _l("It cannot be used: it belongs to another entry, or to a case."),
        TYPED,
        (parties.willing_admin,),
        ("drop",),
        path=_on_line("drop"),
        when=(open_points.of_a_listed_one, open_points.address_is_taken),
        told=(-7, 0),
    ),
    Task(
        *NAME_KEEPER,
        _l("Nobody can be the second person who confirms its address."),
        TYPED,
        (parties.administrators,),
        when=(open_points.nobody_confirms,),
        told=(-7, 0),
        path=to_people,
    ),
)
