"""What must hold of units and people; each rule returns what is wrong, beside its field."""

from collections.abc import Iterator

from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext as _

from intake.people import queries, town
from intake.people.models import Level, Person, Unit
from intake.web.forms import Problem, too_long
from intake.web.forms.fields import CONTROL

NAME, CODE, ADDRESS = 120, 40, 254  # the most characters of each
DOWNWARDS = list(Level)


def folded(text: str) -> str:
    """A work address as it is kept and compared; a name as it is compared."""
    return text.strip().casefold()


def fits_below(level: Level, above: Level | None) -> bool:
    """Levels go downwards, so no unit can be above itself; some may be left out (O1). Only the
    town has nothing above it."""
    if above is None:
        return level is Level.ROOT
    return DOWNWARDS.index(level) > DOWNWARDS.index(above)


def unit_problems(
    level: Level,
    name_fi: str,
    name_sv: str,
    parent: Unit | None,
    *,
    code: str | None = None,
    unit: Unit | None = None,
) -> list[Problem]:
    """What is wrong with a unit as it would be: a new one, or `unit` with other values."""
    found = [
        *_line(name_fi, "name_fi", NAME),
        *_line(name_sv, "name_sv", NAME, optional=True),
        *_place(level, parent, unit),
        *_twin(name_fi, parent, unit),
    ]
    if code is not None:
        found += _code(code, unit)
    if unit is not None and level is Level.WORKING_GROUP and (unit.head_id or unit.deputy_id):
        found.append(Problem(_("A working group has no head of its own."), "level"))
    return found


def _place(level: Level, parent: Unit | None, unit: Unit | None) -> Iterator[Problem]:
    if parent is not None and parent.ended_at is not None:
        yield Problem(_("The unit above has ended. Choose another."), "parent")
    if not fits_below(level, parent.level if parent else None):
        sentence = _("Choose a level below that of the unit above; only the town has none above.")
        yield Problem(sentence, "level")
    if level is Level.ROOT and queries.root() not in (None, unit):
        yield Problem(_("There is a town already. Choose the unit above."), "parent")
    below = queries.units_below(unit) if unit is not None else []
    if not all(fits_below(one.level, level) for one in below):
        yield Problem(_("The units below would not fit under this level."), "level")


def _twin(name_fi: str, parent: Unit | None, unit: Unit | None) -> Iterator[Problem]:
    """No two beside each other are called the same; those that are already may be changed."""
    stays = unit is not None and (unit.name_fi, unit.parent_id) == (name_fi, parent and parent.id)
    beside = queries.units_below(parent) if parent is not None and not stays else []
    if any(one is not unit and folded(one.name_fi) == folded(name_fi) for one in beside):
        yield Problem(_("The unit above has a unit of this name already."), "name_fi")


def _code(code: str, unit: Unit | None) -> Iterator[Problem]:
    yield from _line(code, "code", CODE)
    if not code.isascii():
        yield Problem(_("Use the letters a to z, numbers and hyphens."), "code")
    other = queries.unit_by_code(code)
    if other is not None and other is not unit:
        yield Problem(_("Another unit has this code."), "code")


def _line(text: str, field: str, most: int, *, optional: bool = False) -> Iterator[Problem]:
    if not text.strip() and not optional:
        yield Problem(_("Fill in this field."), field)
    if len(text) > most:
        yield Problem(too_long(len(text) - most, most), field)
    if "\n" in text or CONTROL.search(text):
        yield Problem(_("Write this on one line, without control characters."), field)


def head_problems(unit: Unit, head: Person | None, deputy: Person | None) -> list[Problem]:
    """What is wrong with who would head a unit and who would stand in."""
    found = []
    if unit.level is Level.WORKING_GROUP and (head or deputy):
        found.append(Problem(_("A working group has no head of its own."), "head"))
    for person, field in ((head, "head"), (deputy, "deputy")):
        if person is not None and not person.is_active:
            found.append(Problem(_("Choose somebody else who is in service."), field))
    if head is not None and head == deputy:
        found.append(Problem(_("The head cannot stand in for themself."), "deputy"))
    return found


def unit_of_problems(unit: Unit | None) -> list[Problem]:
    """What is wrong with a unit that somebody would work in."""
    if unit is None or unit.ended_at is None:
        return []
    return [Problem(_("This unit has ended. Choose another."), "unit")]


def person_problems(
    email: str, name: str, title: str, *, person: Person | None = None
) -> list[Problem]:
    """What is wrong with a person as they would be: a new one, or `person` with other values."""
    address = folded(email)
    found = [
        *_line(name, "name", NAME),
        *_line(title, "title", NAME, optional=True),
        *_line(address, "email", ADDRESS),
    ]
    if any(problem.field == "email" for problem in found):
        return found
    if person is None or address != person.email:  # an address kept is no address changed
        found += _address(address)
    return found


def _address(address: str) -> Iterator[Problem]:
    domains = town.current().mail_domains
    try:
        validate_email(address, check_deliverability=False)
    except EmailNotValidError:
        example = _("Write an e-mail address, for example library@%(domain)s.", domain=domains[0])
        yield Problem(example, "email")
        return
    domain = address.rpartition("@")[2]
    if not any(domain == known or domain.endswith(f".{known}") for known in domains):
        sentence = _(
            "The address must end in one of the town's own: %(domains)s.",
            domains=", ".join(domains),
        )
        yield Problem(sentence, "email")
    if queries.by_email(address) is not None:
        yield Problem(taken(), "email")


def taken() -> str:
    """That another person has the address, in service or not."""
    return str(_("Another person has this address already."))
