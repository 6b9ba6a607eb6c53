"""The key of a page or a site on a host without a rule, and which keys speak for which.

A page is its host and path, with the parameters and the fragment that name something. Spellings of
one page meet as RFC 3986 (6.2) has them meet: percent forms, dots, the default port, the case of
scheme and host; beside it `http`, `www.`, doubled and last slashes, the name of an index file and
the order of parameters. The path keeps its case, as the RFC has it: in many services two pages
differ in nothing else, and a key that joined them would speak for the wrong one.
"""

import re
import unicodedata
from hashlib import sha256
from urllib.parse import quote, unquote, unquote_to_bytes

from intake.addresses.rules.rule import words
from intake.addresses.shipped import entries, tracks
from intake.addresses.values import is_plain
from intake.addresses.web_address import WebAddress

SITE, PAGE, ACCOUNT = "web:site:", "web:page:", "mastodon:acct:"
LONGEST_KEY = 300  # characters of a key
CUT = "|"  # stands in no address before it is percent-encoded, so in no key that was not cut
DEEPEST = 16  # folders above a page that may speak for it
IN_PATH, IN_TAIL = "-._~!$&'()*+,=:@", "-._~!$'()*,:@/"
IN_FRAGMENT = IN_TAIL + "?=&;+"
INDEX = re.compile(
    r"(?:index|default)\.(?:x?html?|shtml|php\d?|aspx?|jsp|cfm|cgi|pl)", re.IGNORECASE
)
# A fragment that is a path or a value of its own: `#!/~name`, `#/user/name`, `#user=name`.
NAMING = re.compile(r"[!/~@].*[^/!].*|[^:!/~@].*[/=].*")
SESSION = re.compile(r"sid=[0-9a-f]{32}", re.IGNORECASE)
# What pages call their own places, on which a link to a bare host may end.
ANCHORS = words(
    "top up start home main main-content maincontent content page-content primary wrapper body nav"
    " navigation menu header footer about contact contacts info faq news services sisalto sisältö"
    " paasisalto pääsisältö innehall innehåll huvudinnehall yhteystiedot ajankohtaista palvelut"
)
# What is taken for punctuation at the end of an address, unless it is written as a percent form.
TRIMMED = "'()*.,;:!"


def key_of(parsed: WebAddress) -> str:
    """`web:site:<host>` or `web:page:<host>/<path>?<parameters>#<fragment>`, cut if too long."""
    return _short(_whole(parsed))


def value_of(parsed: WebAddress) -> str:
    """The same without what kind of key it is, and never cut: equal for all spellings."""
    return _whole(parsed).split(":", 2)[2]


def names_something(parsed: WebAddress) -> bool:
    """Do parameters or a fragment say which page of a path is meant?"""
    return bool(_query(parsed.search) or _fragment(parsed.fragment, at_root=False))


def is_section(parsed: WebAddress) -> bool:
    """Is a path only where a service keeps the pages of everybody: `/forms/d`, `/view`?"""
    path = {one.lower() for one in _path(parsed.path)}
    return bool(path) and path <= entries("sections") and not names_something(parsed)


def url_of(parsed: WebAddress) -> str:
    """The https address that all spellings of a page have in common."""
    return _address(_whole(parsed))


def _whole(parsed: WebAddress) -> str:
    path, query = "/".join(_path(parsed.path)), _query(parsed.search)
    fragment = _fragment(parsed.fragment, at_root=not (path or query))
    if not (path or query or fragment):
        return SITE + parsed.site
    tail = (f"?{query}" if query else "") + (f"#{fragment}" if fragment else "")
    return f"{PAGE}{parsed.site}/{path}{tail}"


def address_of(key: str) -> str | None:
    """The https address of a page or a site; None for other keys and where it had to be cut."""
    return _address(key) if key.startswith((SITE, PAGE)) and CUT not in key else None


def _address(key: str) -> str:
    if key.startswith(SITE):
        return f"https://{key.removeprefix(SITE)}/"
    value = key.removeprefix(PAGE)
    ends = TRIMMED + ("?" if "#" in value else "")
    last = value[len(value.rstrip(ends)) :]
    return f"https://{value.rstrip(ends)}{''.join(f'%{ord(one):02X}' for one in last)}"


def above(key: str) -> tuple[str, ...]:
    """The keys that may speak for what a key names, the most exact first, itself the first of all.

    For a page these are the folders above it, then its site; for an account of the fediverse the
    site of its server. Parameters and fragments never belong to the page of their path.
    """
    if key.startswith(ACCOUNT):
        return key, SITE + key.rpartition("@")[2]
    if not key.startswith(PAGE):
        return (key,)
    host, *parts = re.split(r"[?#|]", key.removeprefix(PAGE), maxsplit=1)[0].split("/")
    folders = range(min(len(parts) - 1, DEEPEST), 0, -1)
    return key, *(f"{PAGE}{host}/{'/'.join(parts[:n])}" for n in folders), SITE + host


def covers(listed: str, asked: str) -> bool:
    """Does what is said of one key hold for another: the same, or what lies below it?"""
    return listed in above(asked)


def _short(key: str) -> str:
    if len(key) <= LONGEST_KEY:
        return key
    digest = sha256(key.encode()).hexdigest()[:32]
    return f"{key[: LONGEST_KEY - len(digest) - 1]}{CUT}{digest}"


def _path(path: str) -> list[str]:
    parts = [one for part in path.split("/") if (one := _segment(part))]
    while parts and INDEX.fullmatch(parts[-1]):
        parts.pop()
    return parts


def _segment(part: str) -> str:
    """A part of a path; a semicolon divides it, unless it is written as a percent form."""
    name, *attached = part.split(";")
    kept = [one for one in attached if one and not tracks(one.partition("=")[0])]
    if name in (".", ".."):
        kept = attached  # bare they would mean another folder
    return ";".join(_form(one, IN_PATH) for one in (name, *kept))


def _query(search: str) -> str:
    """The parameters that name something, in the order of their names."""
    text = re.sub(r"&amp;|;(?=[\w.\[\]-]+=)", "&", search.removeprefix("?")).replace("+", "%20")
    pairs = [one.partition("=") for one in text.split("&") if one and not SESSION.fullmatch(one)]
    kept = [
        (_form(name, IN_TAIL), _form(value, IN_TAIL))
        for name, _, value in pairs
        if not tracks(unquote(name))
    ]
    kept.sort(key=lambda pair: pair[0])
    return "&".join(f"{name}={value}" if value else name for name, value in kept if name or value)


def _fragment(fragment: str, at_root: bool) -> str:
    """A fragment that names something; any other is a place on the page.

    On a bare host every fragment counts that is no usual name of a place: services of a single
    page tell people apart by nothing else.
    """
    form = _form(fragment, IN_FRAGMENT)
    if form.startswith(("!", "/", "~", "@")):
        form = form.rstrip("/")
    if tracks(form.partition("=")[0]) or form.startswith(":~:"):
        return ""
    name = unquote(form).lower()
    alone = at_root and name not in ANCHORS and name.strip("!~@/ ")
    return form if alone or NAMING.fullmatch(form) else ""


def _form(text: str, safe: str) -> str:
    """One way to write a part: only what must be is percent-encoded, in capitals."""
    raw = unquote_to_bytes(text)
    try:
        read = raw.decode()
    except UnicodeDecodeError:
        return quote(raw, safe=safe)
    return quote(unicodedata.normalize("NFC", read) if is_plain(read) else read, safe=safe)
