"""Cases and listed profiles that a case is likely related to: shown to a handler, never joined."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from flask_babel import gettext as _
from sqlalchemy import Row, Select, and_, or_, select

from intake.addresses import code_points, defang, fold, similar, skeleton
from intake.data.base import db
from intake.fakes import queries
from intake.fakes.matching import name_index
from intake.fakes.matching.name_index import CaseName
from intake.fakes.models import Case
from intake.handbook.models import Platform
from intake.people.models import Person
from intake.profiles.alike import likeness
from intake.profiles.alike.words import WHY
from intake.profiles.models import LISTED, Profile

Named = Row[str, str, str]
CLOSE = 3000  # names of such a length that are compared, the newest cases' first


@dataclass(frozen=True)
class Related:
    """A case, or a listed profile, and in sentences what is alike and what differs."""

    case: Case | None
    profile: Profile | None
    alike: list[str]
    differs: list[str]


def related(case: Case, person: Person, limit: int = 5) -> list[Related]:
    """What a handler may see and that resembles a case, the likeliest first; a constant number
    of queries."""
    mine = name_index.of(case)
    if not mine:
        return []
    found = [*_cases(case, mine, person), *_profiles(case, mine)]
    found.sort(key=lambda line: line[0], reverse=True)
    return [one for _weight, one in found[:limit]]


def _cases(case: Case, mine: list[CaseName], person: Person) -> Iterable[tuple[float, Related]]:
    theirs: dict[str, list[Named]] = defaultdict(list)
    for row in (*_same(case, mine), *_close(case, mine)):
        theirs[row.case_id].append(row)
    query = select(Case).where(Case.id.in_(theirs), queries.visible_to(person))
    own = {case.id, case.main_case_id} - {None}
    others = [
        other
        for other in db.session.scalars(query.options(*queries.WITH))
        if not own & {other.id, other.main_case_id}
    ]
    services = _services() if others else {}
    for other in others:
        weight, ours, their = _best(mine, theirs[other.id])
        differs = _differing(ours, their)
        if other.platform_code != case.platform_code:
            differs.append(_another_service(other.platform_code, services))
        yield weight, Related(other, None, [_alike(ours, their)], differs)


def _names() -> Select[str, str, str]:
    """Names without the rest of their rows: thousands are compared for one page."""
    return select(CaseName.case_id, CaseName.text, CaseName.folded)


def _same(case: Case, mine: list[CaseName]) -> Iterable[Named]:
    """Names that look the same, and equal numbers and sites."""
    looks = {row.skeleton for row in mine}
    query = _names().where(CaseName.skeleton.in_(looks), CaseName.case_id != case.id)
    return db.session.execute(query.order_by(CaseName.created_at.desc()).limit(CLOSE))


def _close(case: Case, mine: list[CaseName]) -> Iterable[Named]:
    """Names that could be taken for one of the case's."""
    named = [row.text for row in mine if row.size]
    if not named:
        return []
    sizes = or_(*(CaseName.size.between(*similar.lengths(text)) for text in named))
    query = _names().where(and_(sizes, CaseName.size > 0, CaseName.case_id != case.id))
    rows = db.session.execute(query.order_by(CaseName.created_at.desc()).limit(CLOSE)).all()
    folded = [row.folded for row in rows]
    return [rows[at] for at in {at for text in named for at in similar.likes(text, folded)}]


def _profiles(case: Case, mine: list[CaseName]) -> Iterable[tuple[float, Related]]:
    for near in likeness.near([row.text for row in mine if row.size]):
        profile, ours, their = near.profile, near.typed, near.likeness.name.text
        if profile.state not in LISTED:
            continue
        differs = _differing(ours, their)
        if profile.platform_id != case.platform_code:
            differs.append(_another_service(profile.platform_id, {"": profile.platform.name}))
        alike = [_alike(ours, their), str(WHY[near.likeness.rule])]
        yield _weight(ours, their), Related(None, profile, alike, differs)


def _best(mine: list[CaseName], theirs: list[Named]) -> tuple[float, str, str]:
    return max((_weight(one.text, two.text), one.text, two.text) for one in mine for two in theirs)


def _weight(ours: str, theirs: str) -> float:
    """Equal traces and names first, then equal looks, then close ones."""
    if ours == theirs:
        return 3
    if skeleton(ours) == skeleton(theirs):
        return 2
    return similar.closeness(ours, theirs)


def _alike(ours: str, theirs: str) -> str:
    kind, _colon, value = ours.partition(":")
    if ours == theirs and kind == "phone":
        return str(_("The same telephone number: %(number)s", number=f"+{value}"))
    if ours == theirs and kind == "site":
        return str(_("The same web site: %(site)s", site=defang(value)))
    if ours == theirs and kind == "same":
        return str(_("The same address: %(address)s", address=defang(value.split(":", 2)[-1])))
    if ours == theirs:
        return str(_("The same name: %(name)s", name=ours))
    if skeleton(ours) == skeleton(theirs):
        return str(_("Looks the same: %(ours)s and %(theirs)s", ours=ours, theirs=theirs))
    return str(_("Looks much the same: %(ours)s and %(theirs)s", ours=ours, theirs=theirs))


def _differing(ours: str, theirs: str) -> list[str]:
    """Where two texts part, with the names of signs that look like others (A12)."""
    if ours == theirs:
        return []
    parts = [
        (ours[a:b], theirs[c:d])
        for tag, a, b, c, d in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
        if tag != "equal"
    ]
    return [
        _("Here %(ours)s, there %(theirs)s", ours=_spelt(one), theirs=_spelt(two))
        for one, two in parts
    ]


def _spelt(part: str) -> str:
    """A part of a text, beyond ASCII with the names of its signs."""
    if not part:
        return str(_("no sign"))
    named = ", ".join(name for sign, name in code_points(part) if not _is_finnish(sign))
    return f"“{part}” ({named})" if named else f"“{part}”"


def _is_finnish(sign: str) -> bool:
    return fold(sign).isascii() and unicodedata.category(sign) != "Cf"


def _services() -> dict[str, str]:
    rows = db.session.execute(select(Platform.code, Platform.name))
    return {row.code: row.name for row in rows}


def _another_service(code: str, services: dict[str, str]) -> str:
    fixed = {"web": _("web site"), "other": _("another service than the known ones")}
    name = fixed.get(code) or services.get(code) or services.get("") or code
    return str(_("On another service: %(service)s", service=name))
