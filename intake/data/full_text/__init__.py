"""The full text of either database, behind one door: SQLite's FTS5, PostgreSQL's tsvector.

Tokens are made here, the same for both, each with the letter of its scope in front: scopes never
mix, and nothing that is typed reaches a query language. A room says what a subject is found by
(`put`), and asks for a condition to put into a query of its own (`ask`).
"""

from intake.data.full_text.asking import NOTHING, Found, Place, ask, exact
from intake.data.full_text.forms import nearest, starts
from intake.data.full_text.index import forget, optimise, put
from intake.data.full_text.order import Ordered, sort_key
from intake.data.full_text.sources import (
    Source,
    changed,
    every,
    examine,
    finish,
    go_on,
    mark,
    mark_all,
    rebuild,
    register,
    settle,
)
from intake.data.full_text.words import (
    ALIASES,
    Document,
    fold,
    folded,
    folded_words,
    spoken,
    stems,
    tokens,
    whole,
)

__all__ = [
    "ALIASES",
    "NOTHING",
    "Document",
    "Found",
    "Ordered",
    "Place",
    "Source",
    "ask",
    "changed",
    "every",
    "exact",
    "examine",
    "finish",
    "fold",
    "folded",
    "folded_words",
    "forget",
    "go_on",
    "mark",
    "mark_all",
    "nearest",
    "optimise",
    "put",
    "rebuild",
    "register",
    "settle",
    "sort_key",
    "spoken",
    "starts",
    "stems",
    "tokens",
    "whole",
]
