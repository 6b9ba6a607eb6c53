"""Files as people save them: read, or refused with the line and the column that is wrong."""

import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.people.importing import layout
from intake.people.importing.cells import shape
from intake.people.importing.encoding import decoded
from intake.people.importing.reading import read


@pytest.fixture
def inside(house):
    """Nothing but the application: these tests need no database."""
    with house.app_context():
        yield house


HEAD = "email;name;unit"
AINO = "aino@savonkoski.example"
LINE = f"{AINO};Aino Järviketo;kirjasto"
PLAIN = f"{HEAD}\n{LINE}\n"
READ = {"email": AINO, "name": "Aino Järviketo", "unit": "kirjasto"}


def spreadsheet() -> bytes:
    """What a spreadsheet saves by itself, whatever its name says."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("xl/workbook.xml", "<workbook/>")
    return out.getvalue()


GOOD: dict[str, bytes] = {
    "plain": PLAIN.encode(),
    "with a mark": PLAIN.encode("utf-8-sig"),
    "Windows-1252": PLAIN.encode("cp1252"),
    "a Mac": PLAIN.encode("mac-roman"),
    "DOS tools": PLAIN.encode("cp850"),
    "UTF-16 little end first": PLAIN.encode("utf-16"),
    "UTF-16 big end first": b"\xfe\xff" + PLAIN.encode("utf-16-be"),
    "CRLF": PLAIN.replace("\n", "\r\n").encode(),
    "only CR": PLAIN.replace("\n", "\r").encode(),
    "no end of line": PLAIN.rstrip().encode(),
    "comma": PLAIN.replace(";", ",").encode(),
    "tab": PLAIN.replace(";", "\t").encode(),
    "all quoted": f'"email";"name";"unit"\n"{AINO}";"Aino Järviketo";"kirjasto"'.encode(),
    "quoted with commas": f'"email","name","unit"\n"{AINO}","Aino Järviketo","kirjasto"'.encode(),
    "a hint for the separator": f"sep=;\r\n{PLAIN}".encode(),
    "a hint after the mark": f"\ufeffsep=;\n{PLAIN}".encode(),
    "blanks around": f" {HEAD.replace(';', ' ; ')} \n  {LINE.replace(';', ' ; ')}  ".encode(),
    "blanks that do not break": LINE.join([f"{HEAD}\n\u00a0", "\u00a0"]).encode(),
    "empty columns at the end": f"{HEAD};;;\n{LINE};;;".encode(),
    "blank lines": f"\n\n{HEAD}\n\n;;\n{LINE}\n\n".encode(),
    "Finnish headings": f"Sähköposti;NIMI;yksikkö\n{LINE}".encode(),
    "Swedish headings": f"E-post;Namn;Enhetens kod\n{LINE}".encode(),
    "English headings": f"E-mail;Full name;Unit code\n{LINE}".encode(),
    "headings of three languages": f"Sähköposti;Namn;Unit\n{LINE}".encode(),
    "headings in pieces": f"sa\u0308hko\u0308posti;Nimi;Yksikko\u0308\n{LINE}".encode(),
    "headings broken in two": f'"Sähkö-\nposti";Nimi;"Yksikön\ntunnus"\n{LINE}'.encode(),
    "another order": f"unit;email;name\nkirjasto;{AINO};Aino Järviketo".encode(),
}


@pytest.mark.parametrize("name", GOOD)
def test_a_file_is_read_however_it_was_saved(inside, name):
    sheet = read(GOOD[name])
    assert (sheet.kind, sheet.faults) == ("people", [])
    assert [row.cells for row in sheet.rows] == [READ]


UNKNOWN = "column_unknown"


def people(line: str, head: str = HEAD) -> bytes:
    return f"{head}\n{line}\n".encode()


BAD: dict[str, tuple[bytes, list[tuple[int, str, str]]]] = {
    "nothing": (b"", [(1, "", "no_rows")]),
    "only blanks": (b" \n \r\n\t\n", [(1, "", "no_rows")]),
    "only a mark": (b"\xef\xbb\xbf", [(1, "", "no_rows")]),
    "only headings": (HEAD.encode(), [(1, "", "no_rows")]),
    "headings and blank lines": (f"{HEAD}\n\n;;\n".encode(), [(1, "", "no_rows")]),
    "xlsx renamed to csv": (spreadsheet(), [(1, "", "spreadsheet")]),
    "xls renamed to csv": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 99,
        [(1, "", "spreadsheet")],
    ),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(99), [(1, "", "no_text")]),
    "a picture that is no UTF-8": (b"\xff\xd8\xff\xe0\x00\x10JFIF\x81", [(1, "", "no_text")]),
    "a PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", [(1, "", "no_heading")]),
    "a web page": (b"<!doctype html>\n<title>x</title>", [(1, "", "no_heading")]),
    "bytes of no encoding": (b"email;name;unit\n\x81\x8d\x8f;x;y", [(1, "", "no_text")]),
    "UTF-16 without a mark": (PLAIN.encode("utf-16-le"), [(1, "", "no_text")]),
    "UTF-16 cut in the middle": (PLAIN.encode("utf-16")[:-1], [(1, "", "no_text")]),
    "half a character": (b"\xff\xfe" + b"\x00\xd8", [(1, "", "no_text")]),
    "letters of any encoding": (
        people(f"{AINO};Mašek;kirjasto").decode().encode("cp1252"),
        [(1, "", "letters")],
    ),
    "no headings": (LINE.encode(), [(1, "", "no_heading")]),
    "foreign headings": (b"Etunimi;Sukunimi\nAino;J", [(1, "", "no_heading")]),
    "one column of nonsense": ("😀\n🤡\n".encode(), [(1, "", "no_heading")]),
    "one column of ours": (
        b"email\nx@savonkoski.example",
        [(1, "name", "column_missing"), (1, "unit", "column_missing")],
    ),
    "a thousand columns": (("email;" * 1000).encode() + b"\nx", [(1, "", "no_heading")]),
    "a column that nobody knows": (
        people(f"{LINE};x", f"{HEAD};Kengännumero"),
        [(1, "Kengännumero", "column_unknown")],
    ),
    "two of them": (
        people(f"{LINE};x;y", f"{HEAD};A;B"),
        [(1, "A", "column_unknown"), (1, "B", "column_unknown")],
    ),
    "a column twice": (people(f"{LINE};x", f"{HEAD};Nimi"), [(1, "name", "column_twice")]),
    "a column of roles": (people(f"{LINE};x", f"{HEAD};Rooli"), [(1, "Rooli", "column_roles")]),
    "a column of passwords": (
        people(f"{LINE};x", f"{HEAD};lösenord"),
        [(1, "lösenord", "column_password")],
    ),
    "text beside the columns": (people(f"{LINE};;;x"), [(2, "F", "stray")]),
    "text far beside them": (people(LINE + ";" * 50 + "x"), [(2, "BA", "stray")]),
    "a quotation mark too many": (people(f'{LINE}\n"{AINO};x;y\nmore;of;it'), [(3, "", "quotes")]),
    "a quotation mark in the middle": (people(f'"a" b;x;y\n{LINE}'), [(2, "", "quotes")]),
    "a cell without an end": (people('"' + "x" * 200_000), [(2, "", "quotes")]),
    "units without a level": (b"code;parent;name_fi\na;;A", [(1, "level", "column_missing")]),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_read_is_named(inside, name):
    content, expected = BAD[name]
    assert [fault[1:4] for fault in read(content).faults] == expected


def test_a45_a_column_of_consent_is_a_fault_in_every_language(inside):
    for heading in ("Suostumus", "samtycke", "Consent", "consents"):
        faults = read(people(f"{LINE};x", f"{HEAD};{heading}")).faults
        assert [fault[1:4] for fault in faults] == [(1, heading, "column_consent")]


CELLS: dict[str, tuple[str, list[tuple[int, str, str]]]] = {
    "no name": (f"{AINO};;kirjasto;", [(2, "name", "missing")]),
    "no address": (";Aino;kirjasto;", [(2, "email", "missing")]),
    "a name too long": (f"{AINO};{'ä' * 121};kirjasto;", [(2, "name", "too_long")]),
    "an address too long": (f"{'a' * 250}@x.fi;Aino;k;", [(2, "email", "too_long")]),
    "a code too long": (f"{AINO};Aino;{'k' * 41};", [(2, "unit", "too_long")]),
    "NUL": (f"{AINO};Ai\x00no;kirjasto;", [(2, "name", "controls")]),
    "an escape": (f"{AINO};\x1b[31mAino;kirjasto;", [(2, "name", "controls")]),
    "a line separator": (f"{AINO};Ai\u2028no;kirjasto;", [(2, "name", "controls")]),
    "a line break in quotes": (f'{AINO};"Ai\nno";kirjasto;', [(2, "name", "controls")]),
    "a return in quotes": (f'{AINO};"Ai\rno";kirjasto;', [(2, "name", "controls")]),
    "letters of no mail server": ("mäki@savonkoski.example;A;k;", [(2, "email", "mail_letters")]),
    "an identity code": (f"{AINO};Aino 010190-900P;k;", [(2, "name", "identity_code")]),
    "no address at all": ("aino;Aino;kirjasto;", [(2, "email", "bad_email")]),
    "two addresses": (f"{AINO}, {AINO};Aino;kirjasto;", [(2, "email", "bad_email")]),
    "another language": (f"{AINO};Aino;kirjasto;de", [(2, "language", "bad_language")]),
    "everything at once": (
        ";;;de",
        [(2, "email", "missing"), (2, "name", "missing"), (2, "language", "bad_language")],
    ),
}


@pytest.mark.parametrize("name", CELLS)
def test_what_is_wrong_with_a_cell_is_named(inside, name):
    line, expected = CELLS[name]
    sheet = read(people(line, f"{HEAD};language"))
    shape([sheet])
    assert [fault[1:4] for fault in sheet.faults] == expected


KEPT: dict[str, str] = {
    "emoji": "Aino 😀🇫🇮",
    "text from right to left": "اسم",
    "a joiner": "👩\u200d🚒",
    "a quote": 'O\'Hara "Aino"',
    "a formula": "=HYPERLINK(1)",
    "markup": "<b>Aino</b> {{7*7}} %(x)s",
}


@pytest.mark.parametrize("name", KEPT)
def test_a_cell_is_kept_as_it_is(inside, name):
    text = KEPT[name]
    quoted = text.replace('"', '""')
    sheet = read(people(f'{AINO};"{quoted}";kirjasto'))
    shape([sheet])
    assert (sheet.faults, sheet.rows[0].cells["name"]) == ([], text)


def test_lines_are_numbered_as_a_spreadsheet_shows_them(inside):
    text = f'{HEAD}\n\n{AINO};"A\nB\nC";k\n;;\nx;B;k\n'
    sheet = read(text.encode())
    shape([sheet])
    assert [(fault.line, fault.code) for fault in sheet.faults] == [
        (3, "controls"),
        (5, "bad_email"),
    ]


@pytest.mark.parametrize("text", ["town", "KAUPUNKI", "stad", " Root "])
def test_a_level_has_a_name_in_every_language(inside, text):
    sheet = read(f"code;parent;level;name_fi\na;;{text};A".encode())
    shape([sheet])
    assert [row.cells["level"] for row in sheet.rows] == ["root"]


def test_no_more_rows_are_kept_than_may_be_imported(inside):
    sheet = read((HEAD + "\nx;y;z" * (layout.ROWS + 7)).encode())
    assert (len(sheet.rows), sheet.count) == (layout.ROWS, layout.ROWS + 7)


GUARDED = ["=1+1", "+358", "-1", "@x", "\uff1d1", "\uff0b1", "'=1", "''=1", "\t=1", "'tis", "plain"]


@pytest.mark.parametrize("text", GUARDED)
def test_a99_a_formula_goes_out_guarded_and_comes_back_as_it_was(inside, text):
    sent = layout.guarded(text)
    assert sent[0] not in "=+-@\t\r\uff1d\uff0b\uff0d\uff20"
    assert layout.unguarded(sent) == text


@settings(max_examples=150, deadline=None, database=None)
@given(content=st.binary(max_size=300))
def test_any_bytes_get_an_answer(house, content):
    answered(house, content)


PIECE = st.sampled_from(
    ["email", "name", "unit", "code", "level", "a@b.fi", '"', ";", ",", "\t", "\n", "\r", "=", "x"]
)


@settings(max_examples=200, deadline=None, database=None)
@given(pieces=st.lists(PIECE, max_size=40))
def test_any_text_that_looks_like_a_file_gets_an_answer(house, pieces):
    answered(house, "".join(pieces).encode())


@settings(max_examples=100, deadline=None, database=None)
@given(text=st.text(max_size=60))
def test_any_text_in_a_cell_gets_an_answer(house, text):
    quoted = text.replace('"', '""').encode("utf-8", "replace")
    answered(house, f"{HEAD}\n".encode() + b'"' + quoted + b'";"' + quoted + b'";x')


def answered(house, content: bytes) -> None:
    with house.app_context():
        sheet = read(content)
        shape([sheet])
        assert sheet.faults or sheet.rows


def test_the_document_names_every_heading_and_limit(inside):
    document = (Path(__file__).parents[2] / "docs" / "import.md").read_text()
    rows = dict(re.findall(r"^\| `(\w+)` \| (.*) \|$", document, re.MULTILINE))
    for kind, columns in layout.KINDS.items():
        for column in columns:
            named = {layout.folded(name) for name in re.split(r"[,;|]", rows[column.key])}
            headings = {name for name, key in layout.headings(kind).items() if key == column.key}
            assert headings - {layout.folded(column.key)} <= named, column.key
            assert ("must be there" in rows[column.key]) == column.must, column.key
            assert column.key in ("level", "language") or str(column.most) in rows[column.key]


OLD = ("cp1252", "mac-roman", "cp850")
NAMES = ["Sami Mäkinen", "Åsa Öhman", "Häyhä – Äijälä", "ÄÄNEKOSKI", "työnjohtaja, lähihoitaja"]


@pytest.mark.parametrize("encoding", OLD)
@pytest.mark.parametrize("name", NAMES)
def test_a223_names_come_in_with_their_letters_however_they_were_saved(inside, name, encoding):
    name = name.replace("–", "-") if encoding == "cp850" else name  # it has no dash
    assert read(people(f"{AINO};{name};k").decode().encode(encoding)).rows[0].cells["name"] == name


@given(name=st.text(st.sampled_from("äöåÄÖÅšŽéüaeikmntrsl -"), min_size=1, max_size=30))
@settings(max_examples=300, deadline=None)
def test_a223_what_cannot_be_told_is_refused_or_right(name):
    """A name that Windows saved is never taken with other letters."""
    text, fault = decoded(f"email;name\n{AINO};Äijälä {name}, Säilä\n".encode("cp1252"))
    assert fault == "letters" or name in text
