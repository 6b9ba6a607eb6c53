"""W4 (A7), W6: the sweeps over every form: what it does not name, and what nobody should type.

A new form is in them by itself: see tests/filled_forms.py.
"""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import quote

import pytest
import sqlalchemy as sa
from flask import Flask
from markupsafe import escape

from intake import text
from intake.data.base import Base, db
from intake.fakes import reporter
from intake.security import field_encryption
from intake.text import clean
from tests.dump import dump, rows_of
from tests.filled_forms import filled, forms, sendable, taken_back
from tests.forms_of import free_fields
from tests.scene import Scene, prepared

# one worker has them all, so their town is made once
pytestmark = pytest.mark.xdist_group("scene")

# what is not ready on that Monday, whatever is given
UNREADY = {
    "/profiles/{setup}/list",
    "/profiles/{closing_announced}/close",
    "/profiles/{active}/address/{typed of active}/confirm",
    "/people/units/{youth}/end",
}


# what the address of a form says by design: it leads back to the list as it was narrowed
READ = {"/cases/sort": {"state"}}
# what a form takes to be kept nowhere
TRAPS = {"website"}


@pytest.fixture(scope="module")
def scene(house: Flask, store) -> Iterator[Scene]:
    with prepared(house, store) as made:
        yield made


@pytest.fixture
def undone() -> Iterator[list[dict[str, list[tuple]]]]:
    with taken_back() as left:
        yield left


# W4


def foreign(scene: Scene) -> dict[str, str]:
    """Every column of every table, with a value that would do harm if it were taken."""
    found = {}
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            found[column.name] = _harm(scene, column)
    extra = {"role": "administrator", "is_admin": "1", "roles": "keeper", "actor": "CLOCK"}
    return {**found, **extra, "state": "approved", "alarm": "hijacked"}


def _harm(scene: Scene, column: sa.Column) -> str:
    kind = column.type
    if isinstance(kind, sa.Enum):
        return str(kind.enums[-1])
    if column.name.endswith("_id") or column.name in ("id", "by", "actor"):
        return scene.people["stranger"]
    if isinstance(kind, sa.Integer | sa.Numeric):
        return "99"
    if isinstance(kind, sa.Boolean):
        return "y"
    if isinstance(kind, sa.Date):
        return "2026-01-01"
    if column.name == "key":
        return "instagram:handle:vale.tili"
    return "2026-01-01T00:00:00+00:00" if "at" in column.name.split("_") else "vieras"


@pytest.mark.parametrize(("who", "path"), forms())
def test_w4_a07_what_a_form_does_not_name_is_not_taken(scene, undone, who, path):
    address, data = filled(scene, who, path)
    more = {name: value for name, value in foreign(scene).items() if name not in data}
    assert len(more) > 80
    before, left = Before(rows_of(db.session)), {}
    db.session.rollback()
    has_files = any(isinstance(value, tuple) for value in data.values())
    half = len(more) // 2 if has_files else len(more)  # a form has so many parts and no more
    wheres = ("body", "rest", "query") if has_files else ("body", "query")
    for where in ("nowhere", *wheres):
        sent, query = sendable(data), dict(_query(address))
        if where == "body":
            sent.update(dict(list(more.items())[:half]))
            if not has_files:
                sent.update({f"{name}[]": value for name, value in more.items()})
        elif where == "rest":
            sent.update(dict(list(more.items())[half:]))
        elif where == "query":
            query |= {name: more[name] for name in more.keys() - READ.get(path, set())}
        undone.clear()
        answer = scene.window(who).post(address.split("?")[0], data=sent, query_string=query)
        answer.close()
        assert answer.status_code in ((422,) if path in UNREADY else (200, 303)), path
        left[where] = _without_chance(undone[-1], before) if undone else {}
    assert path in UNREADY or left["nowhere"], "nothing was written: what fits this form?"
    for where in wheres:
        assert left[where] == left["nowhere"], f"taken from the {where}"


# ids, salts, hashes, the end of a slug that was taken, references of reports, what is sealed
CHANCE = re.compile(
    r"(?<=-)[0-9a-z]{6}(?=')|\b(?:[0-9a-f]{48,}|[0-9a-f]{32}|[0-9a-f]{24}|[0-9a-z]{16}|[a-z]0[0-9a-f]{16})\b|\$argon2[^']+"
    rf"|\bVI-[{reporter.LETTERS}]{{6}}\b|\bgAAAA[\w-]+=*|(?<=\()\d+(?=, '[a-z]', ')"
)
REFERENCE = re.compile(rf"\bVI-([{reporter.LETTERS}]{{6}})\b")


class Before:
    """What the database held: rows by table, and what fell by chance in them."""

    def __init__(self, held: dict[str, list[tuple]]) -> None:
        self.rows = {name: set(map(repr, rows)) for name, rows in held.items()}
        everything = "\n".join(row for rows in self.rows.values() for row in rows)
        self.known = set(CHANCE.findall(everything))
        self.references = set(REFERENCE.findall(everything))


def _without_chance(left: dict[str, list[tuple]], before: Before) -> dict[str, list[str]]:
    """The rows that a write left otherwise than they were, by table. Ids, salts and hashes made by
    this write alone fall otherwise each time; so do references, and the word by which each is
    found."""
    rows = {name: set(map(repr, rows)) for name, rows in left.items()}
    new = {name: found - before.rows[name] for name, found in rows.items()}
    gone = {name: before.rows[name] - found for name, found in rows.items()}
    fresh = set(REFERENCE.findall(repr(new))) - before.references
    chance = re.compile(
        "|".join([CHANCE.pattern, *(f"(?<=')(?:{one.lower()})(?=')" for one in fresh)])
    )

    def masked(found: re.Match[str]) -> str:
        return found[0] if found[0] in before.known else "new"

    return {
        name: [*sorted(gone[name]), *sorted(chance.sub(masked, row) for row in new[name])]
        for name in rows
        if new[name] or gone[name]
    }


def _query(address: str) -> list[tuple[str, str]]:
    return [tuple(pair.split("=")) for pair in address.partition("?")[2].split("&") if pair]


# W6

PLAIN = (
    'A <b>"x"\' &lt; {{7*7}} ${1} %s %(a)s \\ =1+1 \u202e\u2066\u200b\ufeff 😀 å a\u0301 \U000e0041'
)
TYPED = {
    "markup and marks": PLAIN,
    "several lines": f"{PLAIN}\r\n+1\r-1\n@x",
    "too long": "x" * 31_000,
    "marks without end": "a" + "\u0301" * 1000,
    "a line separator": "yksi\u2028kaksi\u2029kolme",
    "nothing to see": "\u200b\u2060\ufeff",
    "a script": '"><script>alert(1)</script><img src=x onerror=alert(1)>',
    "a link": "javascript:alert(1)",
    "a formula": '=HYPERLINK("https://evil.example";"x")',
    "a statement": "'; DROP TABLE person; --",
    "a number beyond bounds": "9" * 400,
    "no day": "2026-02-30",
    "another digit": "٣",
    "null": "a\x00b",
}


KIND = "application/x-www-form-urlencoded"
NO_TEXT = "a%00b%ED%A0%80c%0Dd%F0%9F%98%80%FF%C3"  # bytes of no text (A102)


@pytest.mark.parametrize(("who", "path"), forms())
def test_w6_every_field_takes_or_refuses_whatever_is_typed(scene, undone, who, path):
    address, data = filled(scene, who, path)
    free = free_fields(scene.window(who), address) - TRAPS
    files = [name for name, value in data.items() if isinstance(value, tuple)]
    names = [name for name in data if name not in ("csrf_token", *files)]
    before = dump()

    def sends(fields: list[str], typed: str) -> None:
        sent = sendable(data)
        for name in fields:
            sent.setlist(name, [typed])
        answer = scene.window(who).post(address, data=sent)
        _check(undone, typed, set(fields) & free, answer)
        answer.close()

    for typed in TYPED.values():
        sends(names, typed)
    for name in names:  # alone, so that no refusal of another hides it
        sends([name], TYPED["several lines"])
    raw = {**{name: quote(str(data[name])) for name in data}, **dict.fromkeys(names, NO_TEXT)}
    body = "&".join(f"{name}={value}" for name, value in raw.items())
    answer = scene.window(who).post(address, data=body, content_type=KIND)
    answer.close()
    assert answer.status_code in (200, 303, 400, 404, 409, 422)
    assert dump() == before


def _check(undone: list, typed: str, fields: set[str], answer) -> None:
    """No fault of ours; refused, it comes back whole; taken, it is kept as it was typed, or as a
    name in its one form."""
    assert answer.status_code in (200, 303, 400, 404, 409, 413, 422)
    wanted = clean(typed).strip()
    page = answer.get_data().decode(errors="replace")  # or a file
    taken = answer.status_code == 303 or (answer.status_code == 200 and undone)
    if taken and fields:
        kept = set(_texts(undone[-1]))
        forms = (wanted, text.name(wanted))
        assert kept & {*forms} or set(wanted.split("\n")) <= kept, f"{wanted!r} is not kept"
    elif answer.status_code == 422 and fields:
        shown = {str(escape(one)) for one in (clean(typed), wanted, text.name(wanted))}
        assert any(one in page for one in shown), f"{wanted[:80]!r} is lost"
    for live in ("<script>alert", "<img src=x", 'href="javascript:'):
        assert live not in page
    undone.clear()


def _texts(value: object) -> Iterator[str]:
    """Every text of what a write would have left, also within JSON and what is sealed."""
    if isinstance(value, str):
        yield value
        if value.startswith("gAAAA"):
            yield from _texts(field_encryption.decrypted(value))
        if value[:1] in "{[":
            with suppress(ValueError):
                yield from _texts(json.loads(value))
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)
