"""Writing the full text: a statement for the documents, one for their terms, nothing read back."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import (
    Select,
    bindparam,
    cast,
    column,
    delete,
    false,
    literal_column,
    select,
    table,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, TSQUERY
from sqlalchemy.types import Text

from intake.data.base import db, is_postgresql, lots
from intake.data.full_text import words
from intake.data.full_text.tables import DOCUMENT, TERM
from intake.data.full_text.words import Document

FTS = table("search_fts", column("rowid"))
Hit = dict[str, bool]  # tokens, each with whether longer ones count too
LOT = 500  # subjects or terms of one statement
DROP = text(
    "INSERT INTO search_fts(search_fts, rowid, tokens) SELECT 'delete', id, tokens"
    " FROM search_document"
    " WHERE scope = :scope AND subject_id IN (SELECT value FROM json_each(:ids))"
)
SQLITE = (
    DROP,
    text(
        "INSERT INTO search_document(scope, subject_id, tokens)"
        " SELECT :scope, json_extract(value, '$[0]'), json_extract(value, '$[1]')"
        " FROM json_each(:rows) WHERE true"
        " ON CONFLICT(scope, subject_id) DO UPDATE SET tokens = excluded.tokens"
    ),
    text(
        "INSERT INTO search_fts(rowid, tokens) SELECT id, tokens FROM search_document"
        " WHERE scope = :scope AND subject_id IN (SELECT value FROM json_each(:ids))"
    ),
    text(
        "INSERT INTO search_term(scope, term, back)"
        " SELECT :scope, json_extract(value, '$[0]'), json_extract(value, '$[1]')"
        " FROM json_each(:terms) WHERE true ON CONFLICT DO NOTHING"
    ),
)
LISTS = {name: bindparam(name, type_=ARRAY(Text)) for name in ("ids", "tokens", "terms")}
POSTGRESQL = (
    text(
        "INSERT INTO search_document(scope, subject_id, tokens)"
        " SELECT :scope, one.id, one.tokens::tsvector FROM unnest(:ids, :tokens) one(id, tokens)"
        " ON CONFLICT (scope, subject_id) DO UPDATE SET tokens = excluded.tokens"
    ).bindparams(LISTS["ids"], LISTS["tokens"]),
    text(
        "INSERT INTO search_term(scope, term, back) SELECT :scope, one, reverse(one)"
        " FROM unnest(:terms) one ON CONFLICT DO NOTHING"
    ).bindparams(LISTS["terms"]),
)
UNUSED = {
    "sqlite": "NOT EXISTS (SELECT 1 FROM search_fts WHERE search_fts MATCH scope || term)",
    "postgresql": "NOT EXISTS (SELECT 1 FROM search_document document"
    " WHERE document.tokens @@ (search_term.scope || term)::tsquery)",
}
UNUSED_AT_ALL = {
    "sqlite": "scope || term NOT IN (SELECT term FROM search_vocabulary)",
    "postgresql": "NOT EXISTS (SELECT 1 FROM ts_stat('SELECT tokens FROM search_document') one"
    " WHERE one.word = search_term.scope || term)",
}


def put(scope: str, documents: Mapping[str, Document]) -> None:
    """Let subjects of a scope be found by these documents and nothing else; at the end of the
    write, where one runs."""
    waiting = db.session.info.get("pending")
    if waiting is None:
        _write(scope, documents)
    else:
        waiting.setdefault("search", {}).setdefault(scope, {}).update(documents)


def is_put(scope: str, subject_id: str) -> bool:
    """Has this write put a document of a subject?"""
    return subject_id in db.session.info["pending"].get("search", {}).get(scope, {})


def finish() -> None:
    """Write what this write has put."""
    for scope, documents in sorted(db.session.info["pending"].pop("search", {}).items()):
        _write(scope, documents)


def _write(scope: str, documents: Mapping[str, Document]) -> None:
    made = {
        id_: words.tokens(document)
        for id_, document in sorted(documents.items())
        if not document.is_empty
    }
    forget(scope, *(id_ for id_ in documents if id_ not in made))
    if not made:
        return
    terms = sorted({word for found, _exact in made.values() for word in found})
    joined = {
        id_: " ".join(f"{scope}{one}" for one in (*found, *exact))
        for id_, (found, exact) in made.items()
    }
    if is_postgresql():
        texts = list(joined.values())
        where = {"scope": scope}
        db.session.execute(POSTGRESQL[0], where | {"ids": list(joined), "tokens": texts})
        db.session.execute(POSTGRESQL[1], where | {"terms": terms})
        return
    values = {
        "scope": scope,
        "ids": json.dumps(list(joined)),
        "rows": json.dumps(list(joined.items())),
        "terms": json.dumps([(term, term[::-1]) for term in terms]),
    }
    for line in SQLITE:
        db.session.execute(line, {name: values[name] for name in line._bindparams})


def forget(scope: str, *subjects: str) -> None:
    """Let subjects be found no more, and let no word be known that only they had. Their words
    leave the file of SQLite with `optimise`."""
    if "pending" in db.session.info:
        for subject_id in subjects:
            db.session.info["pending"].get("search", {}).get(scope, {}).pop(subject_id, None)
    for lot in lots(subjects, LOT):
        _forget(scope, lot)


def _forget(scope: str, subjects: Sequence[str]) -> None:
    mine = (DOCUMENT.c.scope == scope) & DOCUMENT.c.subject_id.in_(subjects)
    old = db.session.scalars(select(DOCUMENT.c.tokens).where(mine)).all()
    if not old:
        return
    if not is_postgresql():
        db.session.execute(DROP, {"scope": scope, "ids": json.dumps(subjects)})
    db.session.execute(delete(DOCUMENT).where(mine))
    for lot in lots(sorted({one.strip("'")[1:] for line in old for one in line.split()}), LOT):
        unused = text(UNUSED[db.engine.dialect.name])
        db.session.execute(delete(TERM).where(TERM.c.scope == scope, TERM.c.term.in_(lot), unused))


def documents(scope: str, *hits: Hit, most: int | None = None) -> Select[Any]:
    """A query of the ids of subjects whose document has a token of each hit, of so many at most."""
    query = select(DOCUMENT.c.subject_id).where(DOCUMENT.c.scope == scope)
    if not all(hits):
        return query.where(false())
    longer, either, both = (":*", " | ", " & ") if is_postgresql() else ("*", " OR ", " AND ")
    asked = both.join(
        f"({either.join(f'{token}{longer * begun}' for token, begun in hit.items())})"
        for hit in hits
    )
    if is_postgresql():
        return query.where(DOCUMENT.c.tokens.op("@@")(cast(asked, TSQUERY))).limit(most)
    rows = select(FTS.c.rowid).where(literal_column("search_fts").op("MATCH")(asked))
    return query.where(DOCUMENT.c.id.in_(rows.limit(most)))


def is_found(scope: str, subject_id: str, tokens: str) -> bool:
    """Is a document found by a token of its own?"""
    token = tokens.split()[0].strip("'") if tokens else ""
    found = documents(scope, {token: False}).where(DOCUMENT.c.subject_id == subject_id)
    return db.session.scalar(found.limit(1)) is not None


def optimise() -> None:
    """Leave no word behind that no document has: prunes the terms, and writes the blocks of
    SQLite's index anew. As much work as the index is large; inside write()."""
    unused = text(UNUSED_AT_ALL[db.engine.dialect.name])
    db.session.execute(delete(TERM).where(unused))
    if not is_postgresql():
        db.session.execute(text("INSERT INTO search_fts(search_fts) VALUES('optimize')"))
