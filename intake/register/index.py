"""What listed profiles are found by: kept up with every change of a profile or an address."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Flask
from sqlalchemy import ColumnElement, and_, or_

from intake.data import full_text
from intake.data.full_text import Document, Source
from intake.profiles import names
from intake.profiles.models import UNLISTED, Profile, ProfileKind
from intake.profiles.states import AddressState, ProfileState
from intake.register import words

PUBLIC = "r"  # the scope of what everybody may search
OFFICIAL = (ProfileState.ACTIVE, ProfileState.CLOSING_ANNOUNCED)


def init_app(app: Flask) -> None:
    """Follow the profiles and their addresses."""
    full_text.register(app, SOURCE)
    if SOURCE.name not in names.SOURCES:
        names.SOURCES.append(SOURCE.name)


def listed() -> ColumnElement[bool]:
    """Which profiles lists, search and API hold: listed ones, without the experts' closed ones
    (E5, E6). Said by what it is not: nearly all are listed, and an index of the states would only
    lead away from that of the names."""
    return and_(
        Profile.state.not_in(UNLISTED),
        or_(Profile.kind == ProfileKind.OFFICE, Profile.state != ProfileState.CLOSED),
    )


def _is_listed(row: Any) -> bool:
    if row.state is None or row.state in UNLISTED:
        return False
    return bool(row.kind is ProfileKind.OFFICE or row.state is not ProfileState.CLOSED)


def _describe(ids: Sequence[str]) -> Mapping[str, Document]:
    return {one.row.id: _document(one) for one in names.told(ids) if _is_listed(one.row)}


def _document(told: names.Told) -> Document:
    """What the page of a profile tells: nothing else finds it."""
    row = told.row
    closed = row.state is ProfileState.CLOSED
    shown = (AddressState.CURRENT, AddressState.FORMER) if closed else (AddressState.CURRENT,)
    expert = () if closed or not row.expert else (row.expert, row.title or "")
    return Document(
        names=(*told.names, *expert),
        kinds=(words.KIND_WORDS[row.kind],),
        keys=tuple(key for key, state in told.keys if state in shown),
        wholes=(row.name,) if row.state in OFFICIAL else (),
    )


SOURCE = Source("register", PUBLIC, Profile, _describe, listed)
