"""One index of words for every list that is searched, the same on either database.

A row for each folded word, found by the beginning of the word through an ordinary index: what
people type never reaches a query language, so nothing in it has to be escaped.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, Index, String, and_, delete, false, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from intake.data.base import Base

LONGEST = 200  # characters of an entry that count
MOST = 10  # words of a search that count
# by code point on PostgreSQL too, whatever its language: the end of a range must be its end
EXACT = String(LONGEST).with_variant(String(LONGEST, collation="C"), "postgresql")
LAST = "\U0010ffff"


class SearchWord(Base):
    """A folded word of a subject in a named index."""

    __tablename__ = "search_word"
    __table_args__ = (Index(None, "index", "subject_id"),)

    index: Mapped[str] = mapped_column(String(24), primary_key=True)
    word: Mapped[str] = mapped_column(EXACT, primary_key=True)
    subject_id: Mapped[str] = mapped_column(String(16), primary_key=True)


def folded(text: str) -> str:
    """Text without case, accents, needless blanks and signs that no database takes."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    kept = (sign for sign in " ".join(plain.split()) if not unicodedata.combining(sign))
    return "".join(sign for sign in kept if sign.isprintable()).strip()


def words(text: str) -> list[str]:
    """The folded words of a text; an underscore, a dot and a hyphen end a word."""
    return [word[:LONGEST] for word in re.findall(r"[^\W_]+", folded(text))]


def replace(connection: Connection, index: str, subject_id: str, entries: Iterable[str]) -> None:
    """Let a subject be found in an index by these entries and no others."""
    replace_all(connection, index, {subject_id: entries})


def replace_all(connection: Connection, index: str, subjects: Mapping[str, Iterable[str]]) -> None:
    """Let subjects be found in an index, each by its entries and no others."""
    old = SearchWord.subject_id.in_(list(subjects))
    connection.execute(delete(SearchWord).where(SearchWord.index == index, old))
    rows = [
        {"index": index, "word": entry, "subject_id": subject_id}
        for subject_id, entries in subjects.items()
        for entry in sorted({entry[:LONGEST] for entry in entries if entry})
    ]
    if rows:
        connection.execute(insert(SearchWord), rows)


def add(connection: Connection, index: str, subject_id: str, entries: Iterable[str]) -> None:
    """Let a subject be found in an index by these entries, too."""
    wanted = {entry[:LONGEST] for entry in entries if entry}
    own = (SearchWord.index == index, SearchWord.subject_id == subject_id)
    there = connection.scalars(select(SearchWord.word).where(*own, SearchWord.word.in_(wanted)))
    rows = [
        {"index": index, "word": entry, "subject_id": subject_id}
        for entry in sorted(wanted - set(there))
    ]
    if rows:
        connection.execute(insert(SearchWord), rows)


def forget(connection: Connection, subject_ids: Iterable[str]) -> None:
    """Let subjects be found in no index any more."""
    connection.execute(delete(SearchWord).where(SearchWord.subject_id.in_(list(subject_ids))))


def matching(index: str, column: Any, text: str) -> ColumnElement[bool]:
    """The condition that a subject has a word beginning with each word of the text; nothing
    matches a text without words."""
    wanted = words(text)[:MOST]
    if not wanted:
        return false()
    return and_(*(column.in_(_beginning(index, word)) for word in wanted))


def _beginning(index: str, word: str) -> Any:
    return select(SearchWord.subject_id).where(
        SearchWord.index == index, SearchWord.word >= word, SearchWord.word < word + LAST
    )


def exact(index: str, entries: Iterable[str]) -> Any:
    """A query of (entry, subject id) for the entries that are in an index as they stand."""
    wanted = {entry[:LONGEST] for entry in entries}
    return select(SearchWord.word, SearchWord.subject_id).where(
        SearchWord.index == index, SearchWord.word.in_(wanted)
    )
