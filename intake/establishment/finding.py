"""What requests are found by: kept up with every change of one, and of what it is named after."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Flask
from sqlalchemy import event, select

from intake.data import full_text
from intake.data.base import db
from intake.data.full_text import Document, Source
from intake.establishment.models import Request
from intake.establishment.queries import REQUESTS
from intake.handbook.models import Platform
from intake.people import queries as people
from intake.people.models import Person, Unit

OWN = ("reference", "name", "platform_id", "unit_id", "requester_id", "key")
ROWS = (
    select(
        Request.id,
        Request.reference,
        Request.name,
        Request.unit_id,
        Request.platform_id,
        Request.key,
        Platform.stored_name.label("service"),
        Person.name.label("requester"),
    )
    .outerjoin(Platform, Platform.code == Request.platform_id)
    .join(Person, Person.id == Request.requester_id)
)


def init_app(app: Flask) -> None:
    """Follow the requests."""
    full_text.register(app, SOURCE)
    if not event.contains(db.session, "after_flush", _follow):
        event.listen(db.session, "after_flush", _follow)


def _follow(session: Any, _context: Any) -> None:
    if found := full_text.changed(session, Request, *OWN):
        full_text.mark(SOURCE.name, sorted(one.id for one in found))
    units = full_text.changed(session, Unit, "name_fi", "name_sv", "parent_id")
    requesters = [one.id for one in full_text.changed(session, Person, "name")]
    if units:
        theirs = Request.unit_id.in_(people.ids_below(units))
        full_text.mark_all(SOURCE.name, select(Request.id).where(theirs))
    if requesters:
        theirs = Request.requester_id.in_(requesters)
        full_text.mark_all(SOURCE.name, select(Request.id).where(theirs))


def _describe(ids: Sequence[str]) -> Mapping[str, Document]:
    rows = db.session.execute(ROWS.where(Request.id.in_(ids))).all()
    units = people.unit_names(row.unit_id for row in rows)
    return {row.id: _document(row, units.get(row.unit_id, ())) for row in rows}


def _document(row: Any, units: tuple[str, ...]) -> Document:
    service = (row.service or "", full_text.ALIASES.get(row.platform_id or "", ""))
    return Document(
        names=(row.name, *units, *service, row.requester),
        keys=(row.key,) if row.key else (),
        references=(row.reference,) if row.reference else (),
    )


SOURCE = Source("request", REQUESTS, Request, _describe)
