"""The full text of either database, behind one door: SQLite's FTS5, PostgreSQL's tsvector.

Tokens are made here, the same for both, each with the letter of its scope in front: scopes never
mix, and nothing that is typed reaches a query language. A room says what a subject is found by
(`put`), and asks for a condition to put into a query of its own (`ask`).
"""

from intake.data.full_text.asking import NOTHING, Found, Place, ask, exact
from intake.data.full_text.index import finish, forget, optimise, put
from intake.data.full_text.order import Ordered, sort_key
from intake.data.full_text.words import Document, folded, whole, words

__all__ = [
    "NOTHING",
    "Document",
    "Found",
    "Ordered",
    "Place",
    "ask",
    "exact",
    "finish",
    "folded",
    "forget",
    "optimise",
    "put",
    "sort_key",
    "whole",
    "words",
]
