"""The words of an import: what is wrong on a line, and what would change."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from intake.engine.tracks import Tag
from intake.people.importing.layout import COLUMNS
from intake.people.models import LEVELS, ImportStage, Level

STAGES = {
    ImportStage.CHECKING: Tag(_l("being checked"), "wait", "half"),
    ImportStage.FAULTY: Tag(_l("has faults"), "bad", "stop"),
    ImportStage.CHECKED: Tag(_l("checked, not imported"), "wait", "clock"),
    ImportStage.WRITING: Tag(_l("being written"), "wait", "half"),
    ImportStage.INVITING: Tag(_l("imported, invitations under way"), "wait", "half"),
    ImportStage.DONE: Tag(_l("imported"), "ok", "check"),
    ImportStage.FAILED: Tag(_l("not imported"), "calm", "stop"),
}
DONE = {
    "bring": _l("%(actor)s brought a file of units and people to be checked."),
    "write": _l("%(actor)s imported units and people from a file."),
}
WHY_FAILED = {
    "error": _l("The program failed. The fault is ours, and it was noted."),
    "not_allowed": _l("Whoever brought it is no administrator any more."),
    "late": _l("Nobody imported it within a day, so the files were deleted."),
}
FAULTS: dict[str, Any] = {
    # of a file
    "spreadsheet": _l("This is a spreadsheet file. Save it as CSV and choose that file."),
    "no_text": _l("This is no text file. Save the list as CSV and choose that file."),
    "no_heading": _l(
        "The first line must name the columns of units or of people. Take the template to begin."
    ),
    "no_rows": _l("There is no line below the headings."),
    "quotes": _l("A quotation mark is missing or one too many here. Nothing after it was read."),
    "too_many_rows": _l("There are %(over)s rows too many. An import may have %(most)s."),
    "same_kind": _l("This file is of the same kind as the other one. Join them, or leave one out."),
    # of a heading
    "column_unknown": _l("We do not know this column. Remove it, or correct its name."),
    "column_roles": _l("Roles are not imported. Give them on each person's own page."),
    "column_consent": _l(
        "Consent is not imported. Only the expert can give it, when they have signed in themself."
    ),
    "column_password": _l("Passwords are not imported. Each person chooses their own."),
    "column_twice": _l("This column is there twice."),
    "column_missing": _l("This column is missing."),
    # of a cell
    "stray": _l("There is text in a column that has no heading."),
    "missing": _l("Fill in this cell."),
    "controls": _l("Write this on one line, without control characters."),
    "too_long": _l("The text may have %(most)d characters. Too many: %(over)d."),
    "bad_code": _l("Use the letters a to z, numbers and hyphens."),
    "bad_level": _l("Write town, sector, service area, unit or working group."),
    "bad_email": _l("This is no e-mail address."),
    "bad_language": _l("Write fi, sv or en."),
    # of a line among others
    "twice": _l("The same is on line %(other)d already."),
    "ended_unit": _l("The unit %(unit)s has ended."),
    "unknown_unit": _l("There is no unit %(unit)s, neither here nor in the files."),
    "town_level": _l("The town itself is one, and its level stays as it is."),
    "town_has_parent": _l("The town has no unit above it. Leave this empty."),
    "no_town": _l("The town itself is missing: add a line with the level town."),
    "circle": _l("The unit would be above itself."),
    "level_order": _l("This level does not go below the level of the unit %(unit)s."),
    "levels_below": _l("The unit %(unit)s below it would not fit under this level."),
    "group_head": _l("A working group has no head of its own."),
    "unknown_person": _l(
        "There is nobody with the address %(who)s, neither here nor in the files."
    ),
    "left_person": _l("%(who)s has left the town's service."),
    "same_person": _l("The head cannot stand in for themself."),
    "own_office": _l("You cannot change an office of your own. Another administrator can."),
    "own_lead": _l("You cannot put a unit under your own lead. Another administrator can."),
    "own_unit": _l("You cannot change your own unit. Another administrator can."),
    "left": _l("%(who)s has left the town's service. Take them back on their own page first."),
    "domain": _l("The address must end in one of the town's own: %(domains)s."),
}


FAULT_HEADS = (_l("File"), _l("Line"), _l("Column"), _l("What is wrong"))


def sentence(code: str, values: Mapping[str, Any]) -> str:
    """A fault as a sentence."""
    return str(FAULTS[code]) % values


def column(key: str) -> str:
    """A column as its heading says; what is none of ours, as it stands."""
    return str(COLUMNS[key].label) if key in COLUMNS else key


def value(key: str, text: str) -> str:
    """What a cell holds, as people say it."""
    if key == "level" and text:
        return str(LEVELS[Level(text)])
    return text or str(_("nothing"))


def kind(change: Mapping[str, Any]) -> str:
    """What a change is of."""
    if change["kind"] == "units":
        return str(_("New unit") if change["new"] else _("Unit"))
    return str(_("New person") if change["new"] else _("Person"))


def absent(kind: str, count: int) -> str:
    """How many units or people no line speaks of."""
    if kind == "units":
        told = ngettext("One unit is not in the files", "%(num)s units are not in the files", count)
    else:
        told = ngettext(
            "One person is not in the files", "%(num)s people are not in the files", count
        )
    return str(told)


# what a change is, in the order of the page, by the name of its list

PARTS = {
    "new_units": _l("New units"),
    "changed_units": _l("Changed units"),
    "offices": _l("Heads and deputies"),
    "new_people": _l("New people"),
    "moved_people": _l("People who move"),
    "changed_people": _l("Changed people"),
}


def parts(change: Mapping[str, Any]) -> set[str]:
    """The lists that a change belongs to."""
    values, kind = set(change["values"]), change["kind"]
    found = {"offices"} if kind == "units" and values & {"head", "deputy"} else set()
    if change["new"]:
        return found | {f"new_{kind}"}
    if kind == "people" and "unit" in values:
        found.add("moved_people")
    if values - {"head", "deputy"} - ({"unit"} if kind == "people" else set()):
        found.add(f"changed_{kind}")
    return found
