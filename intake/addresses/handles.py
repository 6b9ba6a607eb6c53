"""Handles and account ids, without the address that they stand in."""

from dataclasses import replace

from intake.addresses import web
from intake.addresses.read import account_reading, read, trim, value_reading
from intake.addresses.reading import SHIPPED, Known, Reading
from intake.addresses.rules import MASTODON_SERVERS, RULES
from intake.addresses.rules.others import MASTODON, WEB
from intake.addresses.values import HandleError

NUMBERED = {"id", "phone", "channel", "invite", "did"}  # codes: alike ones are no likeness
NAMELESS = ("link", "text", "phone")  # keys that hold no name


def read_handle(
    platform: str, handle: str, known: Known = SHIPPED, *, kind: str | None = None
) -> Reading:
    """Read a handle typed for a platform, with or without @.

    `kind` chooses among kinds of profile (`in` for a person on LinkedIn); without it the usual one
    for an organisation. Not readable: note is the code of `handle_problem`.
    """
    name = _bare(handle)
    rule = known.rules.get(platform)
    if rule is None:
        return Reading(handle, platform=platform, value=name, note="no_rule")
    problem = handle_problem(platform, handle, known, kind=kind)
    if problem is not None:
        return Reading(handle, platform=platform, value=name, note=problem)
    if rule is MASTODON:
        user, _, server = name.partition("@")
        return replace(account_reading(user, server, known), text=handle)
    return replace(value_reading(rule, kind or rule.form, name), text=handle)


def handle_problem(
    platform: str, handle: str, known: Known = SHIPPED, *, kind: str | None = None
) -> str | None:
    """Why the platform would not allow this handle: too_short, too_long, characters, reserved.

    None where it would, and for platforms without a rule.
    """
    rule = known.rules.get(platform)
    if rule is None:
        return None
    try:
        rule.kinds[kind or rule.form].read(_bare(handle))
    except HandleError as refusal:
        return refusal.code
    return None


def handles(text: str, known: Known = SHIPPED) -> str | None:
    """The bare handle, without its @, that a text is; None for addresses and names."""
    reading = read(text, known)
    return reading.value if reading.note == "bare_handle" else None


def keys_for_handle(handle: str, known: Known = SHIPPED) -> tuple[str, ...]:
    """Every key that a bare handle could be, on each platform that has handles."""
    name = _bare(handle)
    servers = sorted(MASTODON_SERVERS | known.mastodon_servers)
    tries = [
        (rule, kind, name)
        for rule in known.rules.values()
        if rule is not MASTODON
        for kind in rule.bare
    ] + [(MASTODON, "acct", f"{name}@{server}") for server in servers]
    readings = [value_reading(*one) for one in tries]
    return tuple(key for reading in readings for key in reading.keys)


def canonical_url(key: str, known: Known = SHIPPED) -> str | None:
    """The https address of the profile, page or site that a key names; None for what is no key,
    or one that had to be cut."""
    platform, _, rest = key.partition(":")
    kind, _, value = rest.partition(":")
    rule = known.rules.get(platform)
    if rule is None or not value:
        return None
    return web.address_of(key) if rule is WEB else rule.address(kind, value)


def name_in(key: str) -> str:
    """The name that a key holds: a handle, a vanity or a typed name; empty where it holds none."""
    platform, _, rest = key.partition(":")
    kind, _, value = rest.partition(":")
    if platform in NAMELESS or kind in NUMBERED or value.isdigit():
        return ""
    if kind == "acct":
        return value.partition("@")[0]
    return value.removesuffix(".bsky.social")


def lasting_id_of(platform: str) -> str | None:
    """The kind of the account id that outlives handles, where the platform has one."""
    rule = RULES.get(platform)
    return rule.lasting if rule else None


def read_lasting(platform: str, text: str, known: Known = SHIPPED) -> Reading:
    """Read a lasting account id, bare or as an address; anything else has note `not_lasting`."""
    kind = lasting_id_of(platform)
    if kind is not None:
        bare = value_reading(RULES[platform], kind, trim(text))
        found = bare if bare.readable else read(text, known)
        if found.readable and (found.platform, found.kind) == (platform, kind):
            return replace(found, text=text)
    return Reading(text, platform=platform, note="not_lasting")


def _bare(handle: str) -> str:
    return handle.strip().removeprefix("@")
