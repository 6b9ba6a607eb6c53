"""Handle and address of a request, held against the rules of the platform and the register."""

from dataclasses import replace

from flask_babel import gettext as _

from intake import addresses
from intake.addresses import Reading
from intake.establishment.forms.context import Address, Context
from intake.handbook import queries as handbook
from intake.people import town
from intake.profiles import queries as profiles
from intake.profiles.service import is_of, refusal_of_site

PERSONAL = {"linkedin": "in"}  # the kind of a person's own profile, where it has its own


def address_of(context: Context) -> Address:
    """The key that address or handle name, and what is wrong with either as it was typed."""
    handle, url = context.typed("profile", "handle"), context.typed("profile", "profile_url")
    platform = context.platform
    if platform is None or not (handle or url):
        return Address()
    known = handbook.known()
    kind = None if context.is_office else PERSONAL.get(platform.code)
    named = addresses.read_handle(platform.code, handle, known, kind=kind) if handle else None
    read = addresses.only(url, known) if url else None
    found = Address(
        handle=_about_handle(named) if named else "",
        url=_about_address(read, context) if read else "",
    )
    if read and not found.url:
        found = replace(found, key=read.keys[0], reading=f"{platform.name}, {read.value}")
        if named and named.readable and named.kind == read.kind and named.keys != read.keys:
            sentence = _("Handle and address name different profiles. Correct one of them.")
            found = replace(found, handle=sentence)
    elif named and named.readable:
        found = replace(found, key=named.keys[0])
    return found


def _about_handle(reading: Reading) -> str:
    if reading.readable or reading.note == "no_rule":  # then the address alone tells
        return ""
    sentences = {
        "too_short": _("The service does not allow a handle this short."),
        "too_long": _("The service does not allow a handle this long."),
        "reserved": _("The service keeps this word for itself. Choose another handle."),
    }
    other = _("The service does not allow these characters in a handle.")
    return str(sentences.get(reading.note or "", other))


def _about_address(reading: Reading, context: Context) -> str:
    if reading.note == "share_link":
        return str(
            _(
                "We cannot tell which profile this share link leads to. Open the profile and copy "
                "its own address."
            )
        )
    if not reading.readable:
        return str(
            _(
                "We cannot read a profile from this address. Copy the profile's own address from "
                "the browser."
            )
        )
    platform = context.platform
    if platform is not None and not is_of(platform.code, reading, handbook.known()):
        return str(
            _(
                "This is not an address of %(platform)s. Check the address or the service.",
                platform=platform.name,
            )
        )
    return refusal_of_site(reading.keys[0])


def held_against_register(address: Address) -> Address:
    """The same, with a sentence beside the field that names a key which may not be had."""
    why = profiles.taken(address.key) if address.key else None
    if why is None:
        return address
    if why == "listed":
        sentence = _("This profile is in the register already.")
    else:  # closed, held or a confirmed fake: which of them is nobody's business here
        sentence = _(
            "A register keeper must look at this address first. Contact the town: %(contact)s.",
            contact=town.current().contact_email,
        )
    field = "url" if address.reading else "handle"
    return replace(address, **{field: getattr(address, field) or str(sentence)})
