"""Links that only lead elsewhere and say where: those of mail filters, services and copies."""

import re
from base64 import b64decode, urlsafe_b64decode
from binascii import Error
from collections.abc import Callable, Iterable
from urllib.parse import unquote

from intake.addresses.hosts import registrable
from intake.addresses.rules.rule import words
from intake.addresses.web_address import WebAddress, web_address

# host (`*.` for any below) | path, a regular expression | the parameters that hold the goal
REDIRECTORS = r"""
l.facebook.com | l\.php | u
lm.facebook.com | l\.php | u
facebook.com | (?:flx/warn|l\.php) | u
m.facebook.com | (?:flx/warn|l\.php) | u
facebook.com | (?:v[\d.]+/)?plugins/\w+\.php | href
l.messenger.com | l\.php | u
l.instagram.com | | u
l.threads.net | | u
l.threads.com | | u
l.wl.co | l | u
youtube.com | redirect | q
m.youtube.com | redirect | q
youtube.com | attribution_link | u
consent.youtube.com | .* | continue
consent.google.com | .* | continue
accounts.google.com | .* | continue followup
out.reddit.com | .* | url
linkedin.com | safety/go | url
linkedin.com | redir/(?:redirect|general-malware-page|suspicious-page) | url
tiktok.com | link/v2 | target
pinterest.com | offsite | url
t.umblr.com | redirect | z
steamcommunity.com | linkfilter | u url
vk.com | away(?:\.php)? | to
vk.ru | away(?:\.php)? | to
m.vk.com | away(?:\.php)? | to
away.vk.com | away(?:\.php)? | to
exit.sc | | url
gate.sc | | url
slack-redir.net | link | url
accounts.snapchat.com | accounts/.* | continue
duckduckgo.com | l | uddg
*.safelinks.protection.outlook.com | .* | url
*.safelinks.protection.office365.us | .* | url
statics.teams.cdn.office.net | evergreen-assets/safelinks/.* | url
urldefense.proofpoint.com | v1/url | u
linkprotect.cudasvc.com | url | a
*.trendmicro.com | wis/clicktime/.* | url
protect2.fireeye.com | .*url | u
protect-us.fireeye.com | .*url | u
clicktime.symantec.com | .* | u
clicktime.cloud.postoffice.net | .* | u U
redirect.viglink.com | | u
go.skimresources.com | | url
googleweblight.com | .* | lite_url u
translate.google.com | (?:translate|website) | u
www-translate.google.com | translate | u
adclick.g.doubleclick.net | .* | adurl
googleadservices.com | pagead/aclk | adurl
google.com | amp/url | q url
"""
# Not any domain of the name: one that is not the company's could lead wherever its owner likes.
GOOGLE = re.compile(
    r"google\.(?:com|fi|se|no|dk|is|ee|lv|lt|pl|de|at|ch|nl|be|fr|es|it|pt|ie|cz|sk|hu|ro|bg|gr|hr|si"
    r"|ru|ca|co\.uk|co\.in|co\.jp|com\.(?:au|br|tr|ua|mx))"
)
RAW = ("href.li", "nullrefer.com", "dereferer.me", "anonym.to", "anon.to", "hiderefer.com")
TABLE = [
    tuple(cell.strip() for cell in re.split(r"\s\|(?=\s)", row))
    for row in REDIRECTORS.strip().splitlines()
]

# Pages of a service that lead on to one of its own: where they are, and what has the goal.
GATE = re.compile(
    r"(?:i/flow/|web/|accounts/|uas/|a/)?(?:login|log-in|signin|sign-in|sign_in|signup|sign-up|register"
    r"|authwall|cold-join|checkpoint|consent|cookie|challenge|over18|verify\w*|recover|r\.php|reg|auth"
    r"|accounts|account|uas|oauth|session|privacy|unsupported\w*|authenticate)(?:\.php)?(?:/.*)?",
    re.IGNORECASE,
)
GATE_NAMES = words(
    "next next_uri next_url continue redirect redirect_to redirect_url redirect_uri"
    " redirect_after_login session_redirect sessionRedirect dest destination return return_to"
    " returnTo return_url returnUrl redir goto u url"
)


def goals(parsed: WebAddress) -> list[str] | None:
    """Where a link says that it leads, each place once; None for what leads nowhere else.

    None at all (an empty list) where a link of this kind does not say it in a way that is known.
    """
    for host, decode in DECODERS:
        if re.fullmatch(host, parsed.host):
            found = decode(parsed)
            if found is not None:
                return [_with_scheme(found, parsed)] if found else []
    names = _names(parsed)
    return _values(parsed, names) if names else None


def gate_goals(parsed: WebAddress) -> list[str]:
    """Where a service's page for signing in or consent leads on to; that must be its own."""
    is_gate = GATE.fullmatch(parsed.path.strip("/"))
    return _values(parsed, GATE_NAMES) if is_gate else []


def _names(parsed: WebAddress) -> list[str]:
    path = parsed.path.strip("/").lower()
    if GOOGLE.fullmatch(parsed.host) and path in ("url", "imgres"):
        return ["imgrefurl"] if path == "imgres" else ["q", "url"]
    for host, where, names in TABLE:
        is_host = parsed.host.endswith(host[1:]) if host.startswith("*") else parsed.host == host
        if is_host and re.fullmatch(where, path):
            return names.split()
    return []


def _values(parsed: WebAddress, names: Iterable[str]) -> list[str]:
    found = [value for name in sorted(names) for value in parsed.query.get(name, []) if value]
    return list(dict.fromkeys(_with_scheme(value, parsed) for value in found))


def _with_scheme(goal: str, parsed: WebAddress) -> str:
    """A goal as a whole address: on the same host where it is a path."""
    if re.match(r"https?:", goal, re.IGNORECASE):
        return goal
    if goal.startswith("//"):
        return f"https:{goal}"
    if goal.startswith("/"):
        host = "youtube.com" if parsed.host.endswith("youtube.com") else parsed.host
        return f"https://{host}{goal}"
    named = (
        web_address(f"https://{goal}")
        if re.match(r"[\w-]+(?:\.[\w-]+)+(?:[/?#]|$)", goal)
        else None
    )
    return f"https://{goal}" if named and registrable(named.host) else goal


def _rest(parsed: WebAddress) -> str:
    """Path and query as they stand."""
    return (
        parsed.path.removeprefix("/")
        + parsed.search
        + (f"#{parsed.fragment}" if parsed.fragment else "")
    )


def _defended(parsed: WebAddress) -> str | None:
    """Proofpoint's second and third form; `*` stands for the next of the characters at its end."""
    if parsed.path.startswith("/v2/"):
        goal = parsed.only("u")
        return unquote(goal.replace("-", "%").replace("_", "/")) if goal else ""
    found = re.match(r"v3/__(.*?)__;(.*?)!!", _rest(parsed))
    if found is None:
        return "" if parsed.path.startswith("/v3") else None
    try:
        hidden = urlsafe_b64decode(found[2] + "=" * (-len(found[2]) % 4)).decode()
    except (Error, ValueError):
        return ""
    return _revealed(re.sub(r"^(https?:)/(?!/)", r"\1//", found[1]), hidden)


def _revealed(goal: str, hidden: str) -> str:
    """A goal with its hidden characters: `*` is one of them, `**A` two, `**B` three, and so on."""
    digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    places = iter(hidden)

    def shown(mark: re.Match[str]) -> str:
        count = digits.index(mark[1]) + 2 if mark[1] else 1
        return "".join(next(places, "") for _ in range(count))

    return re.sub(r"\*(?:\*([A-Za-z0-9_-]))?", shown, goal) if hidden else goal


def _in_path(pattern: str) -> Callable[[WebAddress], str | None]:
    """The goal is the rest of the path, perhaps percent-encoded."""

    def decode(parsed: WebAddress) -> str | None:
        found = re.match(pattern, _rest(parsed), re.IGNORECASE)
        if found is None:
            return None
        goal = found[1] if re.match("https?:/", found[1], re.IGNORECASE) else unquote(found[1])
        return re.sub(r"^(https?:)/+", r"\1//", goal, flags=re.IGNORECASE)

    return decode


def _quick(parsed: WebAddress) -> str | None:
    """A page kept by AMP: `s/` before the host stands for https."""
    found = re.match(r"(?:amp/|[cv]/)(?:s/)?(.+)", _rest(parsed))
    return f"https://{found[1]}" if found else None


def _translated(parsed: WebAddress) -> str | None:
    """`savonkoski-fi.translate.goog`: a hyphen is a dot, two are one hyphen."""
    name = parsed.host.removesuffix(".translate.goog")
    host = "-".join(one.replace("-", ".") for one in name.split("--"))
    kept = [one for one in parsed.query if not one.startswith("_x_")]
    return f"https://{host}{parsed.link(kept).partition('.translate.goog')[2]}"


def _encoded(name: str, start: str) -> Callable[[WebAddress], str | None]:
    """The goal is a parameter in base 64."""

    def decode(parsed: WebAddress) -> str | None:
        value = parsed.only(name)
        if value is None or not value.startswith(start):
            return None
        text = value.removeprefix(start).replace("-", "+").replace("_", "/")
        try:
            return b64decode(text + "=" * (-len(text) % 4)).decode()
        except (Error, ValueError):
            return ""

    return decode


def _asked(parsed: WebAddress) -> str | None:
    goal = unquote(parsed.search.removeprefix("?"))
    return goal or None


DECODERS: list[tuple[str, Callable[[WebAddress], str | None]]] = [
    (r"urldefense\.(?:com|us|proofpoint\.com)", _defended),
    (r"secure-web\.cisco\.com", _in_path(r"[^/]+/(https?[:%].+)")),
    (r".+\.awstrack\.me", _in_path(r"L\d/(https?[:%][^/]+)")),
    (r"web\.archive\.org", _in_path(r"web/(?:[0-9*]+[a-z_]*/)?(https?:.+)")),
    (r"archive\.(?:ph|is|today|md|fo|li|vn)", _in_path(r"(?:[0-9.-]+|newest|oldest)/(https?:.+)")),
    (rf"(?:{GOOGLE.pattern}|(?:.+\.)?cdn\.ampproject\.org)", _quick),
    (r"bing\.com", _in_path(r"amp/s/(.+)")),
    (r"bing\.com", _encoded("u", "a1")),
    (r"r\.search\.yahoo\.com", _in_path(r".*?/RU=([^/]+)/RK=")),
    (r"[^.]+\.translate\.goog", _translated),
    (r".+\.protection\.sophos\.com", _encoded("u", "")),
    ("|".join(map(re.escape, RAW)), _asked),
]
