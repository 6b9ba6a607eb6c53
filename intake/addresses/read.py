"""From a pasted text to the key of a profile: pure, and never raising whatever is pasted."""

import re
import unicodedata
from dataclasses import replace
from urllib.parse import quote

from intake.addresses.hosts import host_of, registrable
from intake.addresses.place import Place, place_of
from intake.addresses.reading import SHIPPED, Known, Reading
from intake.addresses.rules import (
    HOSTS,
    MAIL_WRAPPED,
    MAIL_WRAPPER,
    MASTODON_SERVERS,
    REDIRECTORS,
    RULES,
    rule_of,
)
from intake.addresses.rules.meta import THREADS, WHATSAPP
from intake.addresses.rules.others import BLUESKY, MASTODON, WEB
from intake.addresses.rules.rule import Rule
from intake.addresses.similar import imitates
from intake.addresses.values import RESERVED, HandleError, Value

LONGEST = 4096
UNWRAPPED = 3

QUOTES = "\"'`´“”„‟’‘‚‛«»‹›<>()[]{}|*.,;:!?…–—"
UNSEEN = ("Cf", "Zs", "Zl", "Zp", "Cc")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\\\ud800-\udfff]")
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE | re.ASCII)
WEB_SCHEMES = ("http", "https")
ACCOUNT = re.compile(r"(@?)([^@/\s:]+)@([^@/\s:]+)")
DASHES_AND_BLANKS = re.compile(r"[\s\u2010-\u2015]")
PHONE = re.compile(r"[+0][0-9 ()./-]{5,30}", re.ASCII)
OWN_NUMBER = re.compile(r"358[1-9][0-9 ()./-]{4,14}", re.ASCII)  # without its plus
HANDLE = Value(r"[\w.·-]*[^\W_][\w.·-]*", 1, 100, fold=False, letters=True)
LOCAL = r"[A-Za-z0-9_]{1,30}"
FEDIVERSE = re.compile(rf"(?:web/)?@({LOCAL})(?:@([^/@]+))?(?=/|$)|users/({LOCAL})(?=/|$)")
PLATFORM_HOSTS = sorted(
    host for host, (_rule, before) in HOSTS.items() if host.count(".") == 1 and not before
)


def read(text: str, known: Known = SHIPPED) -> Reading:
    """Read one pasted text: an address, `@user@server`, a phone number, a handle or a name."""
    if len(text) > LONGEST:
        return Reading(text, note="too_long")
    typed = refang(trim(text))
    return replace(_read(typed, known), text=text)


def _read(typed: str, known: Known) -> Reading:
    if not typed:
        return _unread("empty")
    if CONTROL.search(typed):
        return _unread("bad_address")
    scheme = SCHEME.match(typed)
    if scheme and scheme[1].lower() in WEB_SCHEMES:
        return _unread("bad_address") if re.search(r"\s", typed) else _address(typed, known)
    number = DASHES_AND_BLANKS.sub(" ", typed)
    if PHONE.fullmatch(number):
        return _phone(number)
    if OWN_NUMBER.fullmatch(number) and (reading := _phone(f"+{number}")).readable:
        return reading
    if re.search(r"\s", typed):
        return _unread("name")
    if scheme:
        return _other_scheme(scheme[1].lower(), typed, known)
    return _without_scheme(typed, known)


def _other_scheme(scheme: str, typed: str, known: Known) -> Reading:
    """The two that apps use for profiles, a Bluesky id, and nothing else."""
    if scheme == "did":
        return _value(BLUESKY, "did", typed)
    link = re.fullmatch(r"(?:tg|whatsapp):/*(\w+)/?(\?.*)", typed, re.IGNORECASE)
    place = link and place_of(f"https://t.me/{link[2]}")
    if link is None or place is None:
        return _unread("bad_address")
    action, name = link[1].lower(), place.only("domain")
    if action == "send":
        return _address(f"https://api.whatsapp.com/send{link[2]}", known)
    if action == "join":
        invite = place.only("invite")
        there = f"https://t.me/+{quote(invite, safe='')}" if invite else None
        return replace(_unread("share_link", "telegram"), deep_link=there)
    if action == "resolve" and name:
        path = [quote(part, safe="") for part in (name, place.only("post")) if part]
        return _address(f"https://t.me/{'/'.join(path)}", known)
    return _unread("not_a_profile", "telegram")


def _without_scheme(typed: str, known: Known) -> Reading:
    account = ACCOUNT.fullmatch(typed)
    if account:
        return _account(account[2], account[3], known, certain=bool(account[1]))
    start = typed.lstrip("/")
    host = host_of(re.split("[/?#]", start.removeprefix("@"), maxsplit=1)[0])
    found = host and _rule_of(host, known)
    if start.startswith("@"):
        # Bluesky shows its handles so; any other domain after an @ may be a handle anywhere.
        if found and host not in HOSTS and found[0] is BLUESKY:
            return _address(f"https://{start[1:]}", known)
    elif host and (found or registrable(host) or host in known.mastodon_servers):
        return _address(f"https://{start}", known)
    try:
        return replace(_unread("bare_handle"), value=HANDLE.read(typed.removeprefix("@")))
    except HandleError:
        return _unread("bad_address" if re.search("[/:@%]", typed) else "name")


def _account(user: str, server: str, known: Known, *, certain: bool = True) -> Reading:
    """`user@server`; without an @ before it, it is a mail address unless the server is known."""
    host = host_of(server)
    if host is None:
        return _unread("bad_address")
    if not certain and not _is_server(host, known):
        return _unread("email")
    found = _rule_of(host, known)
    if found and found[0] is THREADS:
        return _address(f"https://threads.com/@{user}", known)
    if found:
        return _unread("bad_address")
    return _value(MASTODON, "acct", f"{user}@{host}")


def _address(url: str, known: Known, depth: int = 0) -> Reading:
    """Read an http(s) address; a platform's link to elsewhere is read where it leads."""
    place = place_of(url)
    if place is None:
        return _unread("bad_address")
    names = _redirects(place)
    if names:
        goal = next(filter(None, (place.only(name) for name in names)), None)
        if goal is None or depth >= UNWRAPPED or CONTROL.search(goal):
            return _unread("bad_address")
        return _address(goal, known, depth + 1)
    found = _rule_of(place.host, known)
    if found is None:
        return _fediverse(place, known) or _web(place)
    return _platform(place, *found)


def _redirects(place: Place) -> list[str]:
    """The parameters that hold where this address really leads."""
    if place.host.endswith(MAIL_WRAPPER):
        return [MAIL_WRAPPED]
    path = place.path.strip("/").lower()
    return REDIRECTORS.get(f"{place.host}/{path}", "").split()


def _platform(place: Place, rule: Rule, before: str) -> Reading:
    if place.segments is None:
        return _unread("bad_address", rule.code)
    path = (before + "/".join(place.segments)).rstrip("/")
    queries = [(name, place.only(name)) for name in rule.query]
    spelled = [f"{path}?{name}={value}" for name, value in queries if value] + [path]
    there = place.link(rule.kept)
    if any(rule.is_opaque(one) for one in spelled):
        return replace(_unread("share_link", rule.code), deep_link=there)
    refused = None
    for one in spelled:
        for kind, raw, end in rule.matches(one):
            reading = _value(rule, kind, raw)
            if reading.readable:
                beyond = len(one) > end or _points_on(place, rule)
                return replace(reading, deep_link=there if beyond else None)
            refused = refused or reading
    return replace(refused or _unread("not_a_profile", rule.code), deep_link=there)


def _points_on(place: Place, rule: Rule) -> bool:
    """Do the parameters name something beyond the profile itself?"""
    return any(name in rule.kept and name not in rule.query for name in place.query)


def _fediverse(place: Place, known: Known) -> Reading | None:
    """An account of a Mastodon server; for an unknown host a guess, and said so."""
    path = "/".join(place.segments or [])
    found = FEDIVERSE.match(path)
    if found is None:
        return None
    user, elsewhere = found[1] or found[3], found[2]
    if elsewhere is None or host_of(elsewhere) == place.host:
        reading = _value(MASTODON, "acct", f"{user}@{place.host}")
    elif _is_server(place.host, known):
        reading = _account(user, elsewhere, known)
    else:
        return None
    if not reading.readable:
        return None
    sure = _is_server(place.host, known)
    beyond = place.link() if len(path) > found.end() else None
    return replace(reading, deep_link=beyond, note=None if sure else "maybe_mastodon")


def _web(place: Place) -> Reading:
    """Any other host is one web site, whatever it imitates."""
    beyond = place.path != "/" or place.search
    return replace(
        _value(WEB, "host", place.host),
        deep_link=place.link() if beyond else None,
        note="lookalike_host" if any(imitates(place.host, one) for one in PLATFORM_HOSTS) else None,
    )


def _phone(typed: str) -> Reading:
    reading = _value(WHATSAPP, "phone", typed)
    return replace(reading, note="phone") if reading.readable else _unread("bad_handle")


def read_handle(
    platform: str, handle: str, known: Known = SHIPPED, *, kind: str | None = None
) -> Reading:
    """Read a handle typed for a platform, with or without @.

    `kind` chooses among kinds of profile (`in` for a person on LinkedIn); without it the usual one
    for an organisation. Not readable: note is the code of `handle_problem`.
    """
    name = _trim_handle(handle)
    if platform not in RULES:
        return Reading(handle, platform=platform, value=name, note="no_rule")
    problem = handle_problem(platform, handle, kind=kind)
    if problem is not None:
        return Reading(handle, platform=platform, value=name, note=problem)
    rule = RULES[platform]
    if rule is MASTODON:
        user, _, server = name.partition("@")
        return replace(_account(user, server, known), text=handle)
    return replace(_value(rule, kind or rule.form, name), text=handle)


def handle_problem(platform: str, handle: str, *, kind: str | None = None) -> str | None:
    """Why the platform would not allow this handle: too_short, too_long, characters, reserved.

    None where it would, and for platforms without a rule.
    """
    rule = RULES.get(platform)
    if rule is None:
        return None
    try:
        rule.kinds[kind or rule.form].read(_trim_handle(handle))
    except HandleError as refusal:
        return refusal.code
    return None


def handles(text: str, known: Known = SHIPPED) -> str | None:
    """The bare handle, without its @, that a text is; None for addresses and names."""
    reading = read(text, known)
    return reading.value if reading.note == "bare_handle" else None


def keys_for_handle(handle: str, known: Known = SHIPPED) -> tuple[str, ...]:
    """Every key that a bare handle could be, on each platform that has handles."""
    name = _trim_handle(handle)
    servers = sorted(MASTODON_SERVERS | known.mastodon_servers)
    tries = [
        (rule, kind, name) for rule in RULES.values() if rule is not MASTODON for kind in rule.bare
    ] + [(MASTODON, "acct", f"{name}@{server}") for server in servers]
    readings = [_value(*one) for one in tries]
    return tuple(key for reading in readings for key in reading.keys)


def canonical_url(key: str) -> str | None:
    """The https address of the profile that a key names; None for what is no key."""
    platform, _, rest = key.partition(":")
    kind, _, value = rest.partition(":")
    rule = RULES.get(platform)
    return rule.address(kind, value) if rule and value else None


def lasting_id_of(platform: str) -> str | None:
    """The kind of the account id that outlives handles, where the platform has one."""
    rule = RULES.get(platform)
    return rule.lasting if rule else None


def read_lasting(platform: str, text: str, known: Known = SHIPPED) -> Reading:
    """Read a lasting account id, bare or as an address; anything else has note `not_lasting`."""
    kind = lasting_id_of(platform)
    if kind is not None:
        bare = _value(RULES[platform], kind, trim(text))
        found = bare if bare.readable else read(text, known)
        if found.readable and (found.platform, found.kind) == (platform, kind):
            return replace(found, text=text)
    return Reading(text, platform=platform, note="not_lasting")


def _value(rule: Rule, kind: str, raw: str) -> Reading:
    """The profile of this kind, or why there can be none of this name."""
    try:
        value = rule.kinds[kind].read(raw)
    except HandleError as refusal:
        note = "not_a_profile" if refusal.code == RESERVED else "bad_handle"
        return Reading("", platform=rule.code, kind=kind, value=raw, note=note)
    return Reading(
        "",
        keys=(rule.key(kind, value),),
        platform=rule.code,
        kind=kind,
        value=value,
        url=rule.address(kind, value),
        readable=True,
    )


def _unread(note: str, platform: str | None = None) -> Reading:
    return Reading("", platform=platform, note=note)


def _is_server(host: str, known: Known) -> bool:
    return host in MASTODON_SERVERS or host in known.mastodon_servers


def _rule_of(host: str, known: Known) -> tuple[Rule, str] | None:
    """The rule for a host: shipped, or added for a platform that has one."""
    added = RULES.get(known.hosts.get(host, ""))
    return rule_of(host) or ((added, "") if added and added.patterns else None)


def trim(text: str) -> str:
    """A text without what stands around it: blanks, quotes, punctuation and what cannot be seen."""
    start, end = 0, len(text)
    while start < end and _is_around(text[start]):
        start += 1
    while end > start and _is_around(text[end - 1]):
        end -= 1
    return text[start:end]


def _is_around(char: str) -> bool:
    return char in QUOTES or unicodedata.category(char) in UNSEEN


def _trim_handle(handle: str) -> str:
    return handle.strip().removeprefix("@")


def refang(text: str) -> str:
    """A text without what people do so that an address in it cannot be followed."""
    plain = text.replace("[.]", ".").replace("(.)", ".").replace("[:]", ":")
    return re.sub("^hxxp", "http", plain, flags=re.IGNORECASE)
