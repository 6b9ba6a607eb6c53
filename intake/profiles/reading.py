"""What an admin types as a profile's address, read for its platform."""

from dataclasses import dataclass

from flask_babel import gettext as _

from intake import addresses
from intake.handbook import queries as handbook
from intake.handbook.models import WEB
from intake.profiles.models import Profile
from intake.web.forms import Problem


@dataclass(frozen=True)
class Line:
    """One key that was read: `url` is the canonical address, `lasting` marks an unchanging id."""

    key: str
    kind: str
    url: str | None
    typed: str
    lasting: bool = False


@dataclass(frozen=True)
class Typed:
    """What was read: the address first, then the lasting id; and what is wrong with either."""

    lines: tuple[Line, ...] = ()
    problems: tuple[Problem, ...] = ()


def read(profile: Profile, address: str, lasting_id: str = "") -> Typed:
    """Read an address, or a handle, of the profile's platform, and its lasting id where given."""
    code = profile.platform_id
    first = _address(code, address)
    if isinstance(first, Problem):
        return Typed(problems=(first,))
    official = {line.key for line in profile.current}
    if first.key in official:
        return Typed(problems=(Problem(_("The profile has this address already."), "address"),))
    if not lasting_id.strip():
        missing = not first.lasting and any(line.lasting for line in profile.current)
        sentence = _("Give the lasting account id of the new address too.")
        return Typed((first,), (Problem(sentence, "lasting_id"),) if missing else ())
    second = _lasting(code, lasting_id)
    if isinstance(second, Problem):
        return Typed((first,), (second,))
    known = second.key == first.key or second.key in official
    return Typed((first,) if known else (first, second))


def _address(code: str, text: str) -> Line | Problem:
    known = handbook.known()
    found = addresses.read(text, known)
    if not (found.readable and found.platform == code) and "/" not in text.strip():
        handle = addresses.read_handle(code, text.strip().removeprefix("@"), known)
        found = handle if handle.readable else found
    if not found.readable or not found.keys:
        sentence = _("We cannot read the profile from this. Copy the profile's own address.")
        return Problem(sentence, "address")
    if found.platform != code and not _is_site_of(code, found):
        name = handbook.platform(code).name  # type: ignore[union-attr]
        sentence = _("This is not an address of %(platform)s.", platform=name)
        return Problem(sentence, "address")
    lasting = found.kind == addresses.lasting_id_of(code)
    return Line(found.keys[0], found.kind or "", found.url, text.strip(), lasting)


def _is_site_of(code: str, found: addresses.Reading) -> bool:
    """A service the town has added itself is known by its web address alone."""
    return found.platform == WEB and addresses.read_handle(code, "a").note == "no_rule"


def _lasting(code: str, text: str) -> Line | Problem:
    found = addresses.read_lasting(code, text.strip())
    if not found.readable:
        return Problem(_("This is not the lasting account id of this service."), "lasting_id")
    return Line(found.keys[0], found.kind or "", found.url, text.strip(), lasting=True)
