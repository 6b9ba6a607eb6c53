"""The tables of the full text: a document for each subject, and the terms that are known."""

from sqlalchemy import (
    BigInteger,
    Column,
    Identity,
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
    Column("id", BigInteger().with_variant(Integer(), "sqlite"), Identity(), primary_key=True),
    Column("scope", String(1), nullable=False),
    Column("subject_id", String(16), nullable=False),
    Column("tokens", Text().with_variant(TSVECTOR(), "postgresql"), nullable=False),
    UniqueConstraint("scope", "subject_id"),
)
Index("ix_search_document_tokens", DOCUMENT.c.tokens, postgresql_using="gin").ddl_if("postgresql")

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
    Column("scope", String(1), primary_key=True),
    Column("version", Integer, nullable=False),  # of the tokens that were made
    Column("after", String(16)),  # the last subject that was read; none: all were
)
