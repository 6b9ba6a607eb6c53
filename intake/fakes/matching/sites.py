"""The sites that the pages of a case lie on, and what of others lies there."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import ColumnElement, func, or_, select

from intake.addresses import SITE, above, defang, is_shared_host
from intake.data.base import db
from intake.fakes import queries
from intake.fakes.models import Case, CaseKey
from intake.handbook import queries as handbook
from intake.people import town
from intake.profiles.models import Address
from intake.profiles.states import AddressState


@dataclass(frozen=True)
class Site:
    """A site by its key: how many addresses of other cases lie on it, which listed ones of ours do,
    and whether its host serves many."""

    key: str
    cases: int
    ours: tuple[str, ...]
    is_shared: bool

    @property
    def host(self) -> str:
        """Its host, as it stands in the key."""
        return self.key.removeprefix(SITE)

    @property
    def told(self) -> str:
        """The site and what it would cover, in words."""
        sentence = ngettext(
            "%(site)s: covers one address of other cases.",
            "%(site)s: covers %(num)d addresses of other cases.",
            self.cases,
            site=defang(self.host),
        )
        if not self.ours:
            return str(sentence)
        listed = _("Listed on it by the town: %(places)s", places=", ".join(self.ours))
        return f"{sentence} {listed}"


def of(case: Case) -> list[Site]:
    """The sites of a case's pages that are not called fake as a whole yet."""
    rows = queries.keys_of(case)
    whole = {row.key for row in rows if row.whole}
    hosts = dict.fromkeys(above(row.key)[-1] for row in rows if row.key.startswith("web:"))
    return [_site(key, case) for key in hosts if key not in whole]


def _site(key: str, case: Case) -> Site:
    host = key.removeprefix(SITE)
    others = select(func.count()).where(_on(CaseKey.key, host), CaseKey.case_id != case.id)
    ours = select(Address.key).where(_on(Address.key, host), Address.state == AddressState.CURRENT)
    return Site(
        key=key,
        cases=db.session.scalar(others) or 0,
        ours=tuple(sorted(one.split(":", 2)[-1] for one in db.session.scalars(ours))),
        is_shared=is_shared_host(host, handbook.known()) or town.current().owns(host),
    )


def _on(column: Any, host: str) -> ColumnElement[bool]:
    return or_(column == f"{SITE}{host}", column.startswith(f"web:page:{host}/", autoescape=True))
