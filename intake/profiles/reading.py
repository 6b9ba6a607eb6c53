"""What an admin types as a profile's address, read for its platform."""

from dataclasses import dataclass

from flask_babel import gettext as _

from intake import addresses
from intake.addresses import SITE, Known
from intake.handbook import queries as handbook
from intake.handbook.models import WEB
from intake.people import town
from intake.profiles.models import Profile
from intake.web.forms import Problem


@dataclass(frozen=True)
class TypedKey:
    """One key that was read: `url` is the canonical address, `lasting` marks an unchanging id."""

    key: str
    kind: str
    url: str | None
    typed: str
    lasting: bool = False


@dataclass(frozen=True)
class Typed:
    """What was read: the address first, then the lasting id; and what is wrong with either."""

    lines: tuple[TypedKey, ...] = ()
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


def _address(code: str, text: str) -> TypedKey | Problem:
    known = handbook.known()
    found = _reading(code, text, known)
    if not found.readable or not found.keys:
        sentence = _("We cannot read the profile from this. Copy the profile's own address.")
        return Problem(sentence, "address")
    if not is_of(code, found, known):
        name = handbook.platform(code).name  # type: ignore[union-attr]
        sentence = _("This is not an address of %(platform)s.", platform=name)
        return Problem(sentence, "address")
    if sentence := refusal_of_site(found.keys[0]):
        return Problem(sentence, "address")
    lasting = found.kind == addresses.lasting_id_of(code)
    return TypedKey(found.keys[0], found.kind or "", found.url, text.strip(), lasting)


def _reading(code: str, text: str, known: Known) -> addresses.Reading:
    found = addresses.only(text, known)
    if not (found.readable and found.platform == code) and "/" not in text.strip():
        handle = addresses.read_handle(code, text.strip().removeprefix("@"), known)
        found = handle if handle.readable else found
    return found


def today(code: str, *texts: str | None) -> addresses.Reading | None:
    """How the first of some texts that names a profile of a service is read today."""
    known = handbook.known()
    readings = [_reading(code, text, known) for text in texts if text]
    return next((one for one in readings if one.keys and is_of(code, one, known)), None)


def is_of(code: str, found: addresses.Reading, known: Known) -> bool:
    """Is what was read an address of a service? One that the town has added without stating how it
    names profiles is known by web addresses alone."""
    return found.platform == code or (found.platform == WEB and code not in known.rules)


def refusal_of_site(key: str) -> str:
    """Why a key cannot be listed, or nothing: that of a site speaks for all that lies on it, so it
    must be the town's own, and of nobody else (P4)."""
    known = handbook.known()
    if not key.startswith(SITE) or addresses.speaks_for_site(key, known, town.current().owns):
        return ""
    if addresses.is_shared_host(key.removeprefix(SITE), known):
        return str(
            _("This is the front page of a service that many people use. Give your page's address.")
        )
    return str(
        _(
            "This is the front page of a site that is not among the town's own sites. Give the "
            "address of your page, or ask an administrator to add the site to the town's settings."
        )
    )


def _lasting(code: str, text: str) -> TypedKey | Problem:
    found = addresses.read_lasting(code, text.strip())
    if not found.readable:
        return Problem(_("This is not the lasting account id of this service."), "lasting_id")
    return TypedKey(found.keys[0], found.kind or "", found.url, text.strip(), lasting=True)
