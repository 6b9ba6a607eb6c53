"""The known terms of a scope, by how they begin, end or are: one query for a word."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import text

from intake.data.base import db

MOST = 60  # terms of one range
BEHIND = "{"  # the sign after z


def known(
    scope: str,
    *,
    begin: Iterable[str] = (),
    end: Iterable[str] = (),
    most: int = MOST,
    size: int | None = None,
) -> list[str]:
    """The terms that begin, or end, with one of these; so many of each at most. `size`: only those
    of nearly so many letters."""
    values: dict[str, Any] = {"scope": scope, "most": most}
    sized = ""
    if size is not None:
        values |= {"least": size - 2, "longest": size + 2}
        sized = " AND length(term) BETWEEN :least AND :longest"
    parts = []
    ranges = [("term", one) for one in begin] + [("back", one[::-1]) for one in end]
    for place, (column, one) in enumerate(ranges):
        values |= {f"from{place}": one, f"to{place}": one + BEHIND}
        parts.append(
            "SELECT * FROM (SELECT term FROM search_term WHERE scope = :scope"  # noqa: S608 -- ours
            f" AND {column} >= :from{place} AND {column} < :to{place}{sized}"
            f" ORDER BY {column} LIMIT :most) part{place}"
        )
    if not parts:
        return []
    rows = db.session.execute(text(" UNION ALL ".join(parts)), values)
    return list(dict.fromkeys(row[0] for row in rows))
