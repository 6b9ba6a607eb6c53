"""What identifies somebody: whatever prints it gets the placeholder, and few places open it."""

import ast
import copy
import json
import pickle

import pytest
from flask import jsonify, render_template_string

from intake.fakes.reporter import Told
from intake.security.sealed import Sealed
from tests.test_house import INTAKE, SOURCES

MARKER = "rea.portermerkki@posti.example"
OPENERS = {  # who opens what is sealed, and for whom
    "fakes/reporter.py": 1,  # the name of a file, by the line that opening the original left
    "fakes/guard.py": 1,  # names of files, compared and shown to nobody
    "fakes/reporting/uploads.py": 1,  # the sender's own refused form
    "engine/mail.py": 1,  # the mail server
    "retention/person_data.py": 1,  # the address that a keeper typed, for the ten minutes after
}
UNSEALERS = {  # who decrypts at all
    "fakes/reporter.py",
    "security/sealed.py",
}


@pytest.mark.policy("P7")
def test_a171_whatever_prints_a_sealed_text_prints_the_placeholder(app):
    value = Sealed.of(MARKER)
    printed = [
        *(str(value), repr(value), f"{value}", f"{value:>40}", "%s" % value, "a" + value),  # noqa: UP031
        *("".join([value]), json.dumps({"to": value}), json.dumps(vars(Told(email=value)))),
        render_template_string("{{ v }} {{ v|upper }} {{ v|tojson }} {{ 'x' ~ v }}", v=value),
        jsonify(value).get_data(as_text=True),
        repr(Told(name=MARKER)),
        repr(pickle.dumps(value)),
        repr({"told": value, "more": (Told(name=MARKER),)}),
    ]
    for text in printed:
        assert "portermerkki" not in text.lower()
    for same in (value, copy.deepcopy(value), pickle.loads(pickle.dumps(value)), Sealed.of(value)):  # noqa: S301
        assert same.opened() == MARKER
        assert same == value
    assert value not in {MARKER, "•••"}


def calls(path, name: str) -> int:
    return sum(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == name
        and ast.unparse(node.func.value) != "field_encryption"
        for node in ast.walk(ast.parse(path.read_text()))
    )


def test_a171_what_is_sealed_is_opened_in_few_places():
    """Else a page, a log or an export could print what only a step with a line may show."""
    found = {str(path.relative_to(INTAKE)): calls(path, "opened") for path in SOURCES}
    assert {name: number for name, number in found.items() if number} == OPENERS
    unseal = {
        str(path.relative_to(INTAKE))
        for path in SOURCES
        if "field_encryption.decrypted" in path.read_text()
    }
    assert unseal == UNSEALERS
