"""From a pasted text to the key of a profile: pure, and never raising whatever is pasted."""

import re
import unicodedata
from dataclasses import replace
from urllib.parse import quote

from intake.addresses import web
from intake.addresses.hosting import is_shared_host, is_shortener
from intake.addresses.hosts import host_of, registrable
from intake.addresses.reading import SHIPPED, Known, Reach, Reading
from intake.addresses.rules import HOSTS, MASTODON_SERVERS
from intake.addresses.rules.meta import THREADS, WHATSAPP
from intake.addresses.rules.others import BLUESKY, MASTODON, WEB
from intake.addresses.rules.rule import Rule, below
from intake.addresses.shipped import tracks
from intake.addresses.similar import imitates
from intake.addresses.values import RESERVED, HandleError, Value
from intake.addresses.web_address import WebAddress, web_address
from intake.addresses.wrapped import gate_goals, goals

LONGEST = 4096
UNWRAPPED = 3
MOST_GOALS = 4  # that one link names

QUOTES = "\"'`´“”„‟’‘‚‛«»‹›<>()[]{}|*.,;:!?…–—"
UNSEEN = ("Cf", "Zs", "Zl", "Zp", "Cc")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\\\ud800-\udfff]")
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE | re.ASCII)
WEB_SCHEMES = ("http", "https")
ACCOUNT = re.compile(r"(@?)([^@/\s:]+)@([^@/\s:]+)")
DASHES_AND_BLANKS = re.compile(r"[\s\u2010-\u2015]")
PHONE = re.compile(r"[+0][0-9 ()./-]{5,30}", re.ASCII)
OWN_NUMBER = re.compile(r"358[1-9][0-9 ()./-]{4,14}", re.ASCII)  # without its plus
DEFANGED = tuple(
    (re.compile(pattern, re.IGNORECASE), plain)
    for pattern, plain in (
        (r" ?[\[({](?:\.|dot|piste|punkt)[\])}] ?", "."),
        (r"\[(:|/|://|@)\]", r"\1"),
        (
            r"(?<![^\W_])h(?:xx|\*\*|tt(?=\[s\]))p(\[?s\]?)?(?=:)",
            lambda hit: f"http{(hit[1] or '').strip('[]')}",
        ),
        (r"(?<![^\W_])(https?)(?: ?: ?// ?|://\s+)(?=\w)", r"\1://"),
    )
)
HANDLE = Value(r"[\w.·-]*[^\W_][\w.·-]*", 1, 100, fold=False, letters=True)
LOCAL = r"(?!\S*\.(?:rss|atom|json)(?:/|$))[A-Za-z0-9_]+(?:[.-]+[A-Za-z0-9_]+)*"
ACCOUNT_PAGES = below(
    r"(?:statuses/)?[0-9]+(?:/[a-z]+)? with_replies media followers following featured(?:_tags)?"
    r" tagged/[^/]+ about posts/[^/]+"
)
FEDIVERSE = re.compile(
    rf"(?:(?:web|deck)/)?@({LOCAL})(?:@([^/@]+))?{ACCOUNT_PAGES}|users/({LOCAL}){ACCOUNT_PAGES}"
)
PORT = re.compile(r"(?:[\w-]+\.)+[\w-]+:\d{1,5}(?=[/?#]|$)")
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
    scheme = None if PORT.match(typed) else SCHEME.match(typed)
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
        return value_reading(BLUESKY, "did", typed)
    link = re.fullmatch(r"(?:tg|whatsapp):/*(\w+)/?(\?.*)", typed, re.IGNORECASE)
    parsed = link and web_address(f"https://t.me/{link[2]}")
    if link is None or parsed is None:
        return _unread("bad_address")
    action, name = link[1].lower(), parsed.only("domain")
    if action == "send":
        return _address(f"https://api.whatsapp.com/send{link[2]}", known)
    if action == "join":
        invite = parsed.only("invite")
        there = f"https://t.me/+{quote(invite, safe='')}" if invite else None
        return replace(_unread("share_link", "telegram"), deep_link=there)
    if action == "resolve" and name:
        path = [quote(part, safe="") for part in (name, parsed.only("post")) if part]
        return _address(f"https://t.me/{'/'.join(path)}", known)
    return _unread("not_a_profile", "telegram")


def _without_scheme(typed: str, known: Known) -> Reading:
    account = ACCOUNT.fullmatch(typed)
    if account:
        return account_reading(account[2], account[3], known, certain=bool(account[1]))
    start = typed.lstrip("/")
    name = re.split("[/?#]", start.removeprefix("@"), maxsplit=1)[0]
    host = host_of(name.partition(":")[0] if PORT.match(start) else name)
    found = host and known.rule_of(host)
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


def account_reading(user: str, server: str, known: Known, *, certain: bool = True) -> Reading:
    """`user@server`; without an @ before it, it is a mail address unless the server is known."""
    host = host_of(server)
    if host is None:
        return _unread("bad_address")
    if not certain and not _is_server(host, known):
        return _unread("email")
    found = known.rule_of(host)
    if found and found[0] is THREADS:
        return _address(f"https://threads.com/@{user}", known)
    if found:
        return _unread("bad_address")
    return value_reading(MASTODON, "acct", f"{user}@{host}")


def _address(url: str, known: Known, depth: int = 0) -> Reading:
    """Read an http(s) address; a link that only leads elsewhere is read where it leads."""
    parsed = web_address(url)
    if parsed is None:
        return _unread("bad_address")
    onward = goals(parsed)
    if onward is not None:
        return _onward(onward, known, depth)
    found = known.rule_of(parsed.host)
    if found is None:
        return _fediverse(parsed, known) or _web(parsed, known)
    if parsed.port:
        return _unread("bad_address")
    return _service(parsed, *found, known, depth)


def _onward(onward: list[str], known: Known, depth: int) -> Reading:
    """Where a link leads; unreadable where it says two goals that differ."""
    if not 0 < len(onward) <= MOST_GOALS or depth >= UNWRAPPED:
        return _unread("bad_address")
    if any(CONTROL.search(goal) for goal in onward):
        return _unread("bad_address")
    found = [_address(goal, known, depth + 1) for goal in onward]
    same = {(one.keys, None if one.keys else one.deep_link) for one in found}
    return found[0] if len(same) == 1 else _unread("bad_address")


def _service(parsed: WebAddress, rule: Rule, before: str, known: Known, depth: int) -> Reading:
    """A page of a known service; of one that leads on within it, for sign-in say, its goal."""
    onward = gate_goals(parsed)
    if parsed.fragment.startswith("!/"):
        onward = [f"https://{parsed.host}/{parsed.fragment[2:]}"]
    if not onward:
        return _platform(parsed, rule, before)
    found = _onward(onward, known, depth)
    if found.platform == rule.code:
        return found
    return replace(_unread("not_a_profile", rule.code), deep_link=parsed.link())


def _platform(parsed: WebAddress, rule: Rule, before: str) -> Reading:
    if parsed.segments is None:
        return _unread("bad_address", rule.code)
    path = (before + "/".join(parsed.segments)).rstrip("/")
    asked = [(name, parsed.only(name)) for name in rule.query]
    spelled = {f"{path}?{name}={value}": name for name, value in asked if value} | {path: ""}
    if any(rule.is_opaque(one) for one in spelled):
        return replace(_unread("share_link", rule.code), deep_link=parsed.link(rule.kept))
    refused = None
    for one, name in spelled.items():
        for kind, raw, end in rule.matches(one):
            reading = value_reading(rule, kind, raw)
            if reading.readable:
                beyond = len(one) > end or _points_on(parsed, rule, name)
                return replace(reading, deep_link=parsed.link(rule.kept) if beyond else None)
            refused = refused or reading
    return replace(refused or _unread("not_a_profile", rule.code), deep_link=parsed.link())


def _points_on(parsed: WebAddress, rule: Rule, used: str) -> bool:
    """Do further parameters name something beyond the profile itself?"""
    if rule.kept is None:
        return any(name != used and not tracks(name) for name in parsed.query)
    return any(name != used and name in rule.kept for name in parsed.query)


def _fediverse(parsed: WebAddress, known: Known) -> Reading | None:
    """An account of a Mastodon server; for an unknown host a guess, and said so."""
    found = None if parsed.port else FEDIVERSE.fullmatch("/".join(parsed.segments or []))
    sure = _is_server(parsed.host, known)
    if found is None or not (sure or _may_be_server(parsed, known)):
        return None
    user, elsewhere = found[1] or found[3], found[2]
    if elsewhere is None or host_of(elsewhere) == parsed.host:
        reading = value_reading(MASTODON, "acct", f"{user}@{parsed.host}")
    elif sure:
        reading = account_reading(user, elsewhere, known)
    else:
        return None
    if not reading.readable:
        return None
    end = max(found.end(group) for group in (1, 2, 3))
    beyond = parsed.link() if len(found[0]) > end else None
    return replace(reading, deep_link=beyond, note=None if sure else "maybe_mastodon")


def _may_be_server(parsed: WebAddress, known: Known) -> bool:
    return not web.names_something(parsed) and not is_shared_host(parsed.host, known)


def _web(parsed: WebAddress, known: Known) -> Reading:
    """A page or a site of any other host, whatever it imitates; a short link says neither."""
    url = web.url_of(parsed)
    if is_shortener(parsed.host, known):
        return replace(_unread("share_link", WEB.code), deep_link=url)
    if is_shared_host(parsed.host, known) and web.is_section(parsed):
        return replace(_unread("not_a_profile", WEB.code), deep_link=url)
    key = web.key_of(parsed)
    reach = Reach.SITE if key.startswith(web.SITE) else Reach.PAGE
    return Reading(
        "",
        keys=(key,),
        platform=WEB.code,
        kind=reach.value,
        value=key.split(":", 2)[2],
        url=url,
        readable=True,
        note="lookalike_host" if _imitates_a_service(parsed.host) else None,
        reach=reach,
    )


def _imitates_a_service(host: str) -> bool:
    return any(imitates(host, one) for one in PLATFORM_HOSTS)


def _phone(typed: str) -> Reading:
    reading = value_reading(WHATSAPP, "phone", typed)
    return replace(reading, note="phone") if reading.readable else _unread("bad_handle")


def value_reading(rule: Rule, kind: str, raw: str) -> Reading:
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
        reach=Reach.SITE if rule is WEB else Reach.PROFILE,
    )


def _unread(note: str, platform: str | None = None) -> Reading:
    return Reading("", platform=platform, note=note)


def _is_server(host: str, known: Known) -> bool:
    return host in MASTODON_SERVERS or host in known.mastodon_servers


def trim(text: str) -> str:
    """A text without what stands around it: blanks, quotes, punctuation and what cannot be seen.

    A bracket that closes one of the text's own belongs to it.
    """
    start, end = 0, len(text)
    while start < end and _is_around(text[start]):
        start += 1
    closing = text.count(")", start) - text.count("(", start)
    while end > start and _is_around(text[end - 1]):
        if text[end - 1] == ")":
            if closing <= 0:
                break
            closing -= 1
        end -= 1
    return text[start:end]


def _is_around(char: str) -> bool:
    return char in QUOTES or unicodedata.category(char) in UNSEEN


def refang(text: str) -> str:
    """A text without what people do so that an address in it cannot be followed."""
    for pattern, plain in DEFANGED:
        text = pattern.sub(plain, text)
    return text
