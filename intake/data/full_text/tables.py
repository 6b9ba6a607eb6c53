"""The tables of the full text: a document for each subject, and the terms that are known."""

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import TSVECTOR

from intake.data.base import Base

EXACT = String(60).with_variant(String(60, collation="C"), "postgresql")

DOCUMENT = Table(
    "search_document",
    Base.metadata,
    Column(
        "id", BigInteger().with_variant(Integer(), "sqlite"), primary_key=True, info={"own": True}
    ),  # its own in each database: nothing points to it
    Column("scope", String(1), nullable=False),
    Column("subject_id", String(16), nullable=False),
    Column("tokens", Text().with_variant(TSVECTOR(), "postgresql"), nullable=False),
    UniqueConstraint("scope", "subject_id"),
)
GIN = Index("ix_search_document_tokens", DOCUMENT.c.tokens, postgresql_using="gin")
GIN.ddl_if(dialect="postgresql")

TERM = Table(
    "search_term",
    Base.metadata,
    Column("scope", String(1), primary_key=True),
    Column("term", EXACT, primary_key=True),
    Column("back", EXACT, nullable=False),
    Index(None, "scope", "back"),
    sqlite_with_rowid=False,
)

STATE = Table(
    "search_state",
    Base.metadata,
    Column("source", String(16), primary_key=True),
    Column("version", Integer, nullable=False),  # of the tokens that were made
    Column("after", String(16)),  # the last subject that was read; none: all were
)

# of SQLite alone, and made by hand: FTS5 with its own tables, and its vocabulary
OF_FTS = ("search_fts", "search_vocabulary")


def is_ours(name: str | None, kind: str, dialect: str) -> bool:
    """Is a table or index of the database for Alembic to compare with the models?"""
    if kind == "index" and name == GIN.name:
        return dialect == "postgresql"
    return not (kind == "table" and name is not None and name.startswith(OF_FTS))
