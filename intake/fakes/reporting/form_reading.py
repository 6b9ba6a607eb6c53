"""What a report form says: its addresses as they are read, and what the reporter should know
before sending. An address that is not confirmed as a fake's is answered as an unknown one (A81)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from intake import addresses
from intake.data.base import db
from intake.fakes import queries
from intake.fakes.choices import WITHOUT_RULES, pairs
from intake.fakes.forms.report import ReportForm
from intake.fakes.matching import report_keys
from intake.fakes.matching.report_keys import TypedAddress
from intake.handbook import queries as handbook
from intake.handbook.models import Platform
from intake.profiles.models import LISTED, Address, AddressMark, MarkKind, Profile
from intake.profiles.states import AddressState, AlarmState, ProfileState
from intake.web import templating
from intake.web.forms import Problem

UNREADABLE = _l(
    "We cannot tell which profile this share link leads to. Open the profile and copy its own "
    "address."
)


@dataclass(frozen=True)
class Remark:
    """Something to know before sending: a note, never an error."""

    title: str
    text: str


@dataclass
class Heard:
    """A report form as it was understood."""

    lines: list[TypedAddress]
    platform: str
    remarks: list[Remark] = field(default_factory=list)


def platforms() -> list[tuple[str, Any]]:
    """The services a fake may be on, retired ones too, and what is none of them."""
    known: list[Platform] = [*handbook.platforms(), *handbook.retired_platforms()]
    named = sorted(
        ((one.code, one.name) for one in known if one.code not in WITHOUT_RULES),
        key=lambda pair: pair[1].casefold(),
    )
    return [("", _("Read it from the address")), *named, *pairs(WITHOUT_RULES)]


def hear(form: ReportForm) -> Heard:
    """Read a form that was sent; what is missing beside an address that cannot be read stands at
    its field, how each address was read in a note."""
    chosen = form.platform.data or ""
    urls, name = form.urls.data or "", form.visible_name.data or ""
    lines = [] if form.urls.errors else report_keys.lines(urls, chosen, form.no_url.data, name)
    read = next((line.platform for line in lines if line.platform), "")
    if lines and not read and not form.platform.errors:
        form.refuse([Problem(_("Choose the service, or write the whole address."), "platform")])
    form.urls.notes += [sentence for line in lines if (sentence := _how(line, chosen))]
    if not chosen and read in dict(platforms()):
        form.platform.data = read
    return Heard(lines, form.platform.data or "", [*_remarks(lines), *_secrets(form)])


def _how(line: TypedAddress, chosen: str) -> str:
    """How an address was read."""
    if line.note == "share_link":
        return str(UNREADABLE)
    reading = addresses.read(line.typed, handbook.known())
    if not reading.readable:
        return str(_("We keep %(typed)s as you wrote it.", typed=line.typed))
    named = dict(platforms())
    service = str(named.get(line.platform, line.platform))
    if chosen and reading.platform != chosen:
        return str(_("The address is on %(service)s. You chose another service.", service=service))
    name = reading.value or line.typed
    return str(_("We read: %(service)s, %(name)s", service=service, name=name))


def _secrets(form: ReportForm) -> Iterator[Remark]:
    for note in form.description.notes:
        yield Remark(_("Check what you wrote"), str(note))


def _remarks(lines: list[TypedAddress]) -> Iterator[Remark]:
    """What is public of the addresses: the register's answer, or that of a confirmed case."""
    keys = {key for line in lines for key in line.keys}
    found = _public(keys)
    for address, profile in found:
        yield _of_listed(address, profile)
    if not found and _is_confirmed(keys):
        yield Remark(
            _("This is not the town's profile. We are dealing with it."),
            _(
                "You need not report it again. Do report it if it has done harm to you, or if you "
                "know something new."
            ),
        )


def _public(keys: set[str]) -> list[tuple[Address, Profile]]:
    """The listed profiles that have or had one of the addresses, each once."""
    told = (AddressState.CURRENT, AddressState.FORMER)
    return list(
        {
            profile.id: (address, profile)
            for address, profile in queries.in_register(keys)
            if address.state in told and profile.state in LISTED
        }.values()
    )


def _is_confirmed(keys: set[str]) -> bool:
    query = select(AddressMark.id).where(
        AddressMark.key.in_(keys),
        AddressMark.mark == MarkKind.CONFIRMED,
        AddressMark.until.is_(None),
    )
    return db.session.scalars(query.limit(1)).first() is not None


def _of_listed(address: Address, profile: Profile) -> Remark:
    on = _("If you suspect that somebody has taken it over, send the report all the same.")
    if profile.state is ProfileState.CLOSED:
        day = templating.long_date(profile.closed_on or profile.state_since)
        closed = _("This was an official profile, closed on %(date)s.", date=day)
        return Remark(closed, _("If someone uses the address now, it is not the town."))
    if address.state is AddressState.FORMER:
        day = templating.long_date(address.until or address.state_since)
        former = _("This was the address of a town profile until %(date)s.", date=day)
        return Remark(former, _("If someone uses it now, it is not the town."))
    if profile.alarm is AlarmState.HIJACKED:
        return Remark(
            _("This profile of the town has been taken over."),
            _("We know of it. Send the report if you have lost data or money, or know more."),
        )
    name = f"{profile.name}, {profile.platform.name}"
    return Remark(_("This is an official profile of the town: %(name)s", name=name), on)


def foretold(form: ReportForm) -> Heard:
    """How the address that a link has filled in is read, before anybody has written anything."""
    lines = report_keys.lines(form.urls.data or "", "", False, "")
    form.platform.data = next((line.platform for line in lines if line.platform), "")
    return Heard(lines, form.platform.data, list(_remarks(lines)))
