"""Rows held against the town: every fault has its line and column, every change is foreseen."""

import pytest
from flask_babel import force_locale
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.data.base import db
from intake.data.write import write
from intake.people import town
from intake.people.importing import checking, layout
from intake.people.importing.cells import shape
from intake.people.importing.layout import table
from intake.people.importing.present import Present, present
from intake.people.importing.reading import read
from intake.people.models import Level, Person, Role, Unit
from tests.people import towns

UNITS = "code;parent;level;name_fi;name_sv;head;deputy"
PEOPLE = "email;name;title;unit;language"
AT = f"@{towns.DOMAIN}"
CHIEF, HEAD, DEPUTY = (
    f"{name}{AT}" for name in ("antti.muurainvaara", "kaisa.ruskotuulela", "helka.vuorivirtanen")
)
ME = f"timo.rantapajula{AT}"


@pytest.fixture
def coded(cast):
    """The town of the tests, its units with codes, and a unit that has ended."""
    with write():
        for name in ("town", "sector", "area", "library", "youth", "far_sector", "far"):
            db.session.get(Unit, getattr(cast, name).id).code = name
    cast.make.unit("Vanha yksikkö", cast.area, code="old", ended_at=cast.town.created_at)
    return cast


def outcome(cast, *files: str) -> checking.Outcome:
    """What comes of checking files, brought by the administrator."""
    sheets = [read(text.encode(), number) for number, text in enumerate(files)]
    shape(sheets)
    return checking.compare(sheets, present(db.session.get(Person, cast.administrator.id)))


def faults(cast, *files: str) -> list[tuple[int, int, str, str]]:
    return [fault[:4] for fault in outcome(cast, *files).faults]


def units(*lines: str) -> str:
    return "\n".join([UNITS, *lines])


def people(*lines: str) -> str:
    return "\n".join([PEOPLE, *lines])


OF_UNITS: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "nothing wrong": ("music;area;unit;Musiikki;;;", []),
    "below the town": ("new;;sector;Uusi;;;", []),
    "a level left out": ("new;sector;unit;Uusi;;;", []),
    "the case of codes": ("new;AREA;unit;Uusi;;;", []),
    "a unit above that is not there": ("music;none;unit;Musiikki;;;", [("parent", "unknown_unit")]),
    "a unit above that has ended": ("music;OLD;unit;Musiikki;;;", [("parent", "ended_unit")]),
    "a unit that has ended": ("old;area;unit;Vanha;;;", [("code", "ended_unit")]),
    "no level": ("music;area;;Musiikki;;;", [("level", "missing")]),
    "a level of no kind": ("music;area;osasto;Musiikki;;;", [("level", "bad_level")]),
    "a level that goes up": ("music;library;service area;M;;;", [("level", "level_order")]),
    "a level beside": ("music;library;unit;Musiikki;;;", [("level", "level_order")]),
    "a level that those below do not fit": (
        "area;sector;unit;Kulttuuri;;;",
        [("level", "levels_below")] * 2,
    ),
    "above itself": ("area;area;service area;K;;;", [("parent", "circle")]),
    "above itself through another": ("sector;library;sector;S;;;", [("parent", "circle")]),
    "a second town": ("city;;town;Toinen;;;", []),  # a name for the one town
    "a town below another": ("city;sector;town;T;;;", [("parent", "town_has_parent")]),
    "a unit made the town": ("library;;town;Kirjasto;;;", [("level", "town_level")]),
    "the town made a unit": ("town;;sector;Savonkoski;;;", [("level", "town_level")]),
    "no name": ("music;area;unit;;;;", [("name_fi", "missing")]),
    "a code in other letters": ("mü;area;unit;M;;;", [("code", "bad_code")]),
    "nobody with that address": (f"music;area;unit;M;;no{AT};", [("head", "unknown_person")]),
    "a head who has left": (f"music;area;unit;M;;ilkka{AT};", [("head", "left_person")]),
    "a deputy who has left": (f"music;area;unit;M;;;ilkka{AT}", [("deputy", "left_person")]),
    "one's own deputy": (f"music;area;unit;M;;{CHIEF};{CHIEF}", [("deputy", "same_person")]),
    "the head of a group": (f"g;area;working group;G;;{CHIEF};", [("head", "group_head")]),
    "the deputy of a group": (f"g;area;working group;G;;;{CHIEF}", [("deputy", "group_head")]),
    "a unit with a head made a group": (
        f"library;area;working group;K;;{CHIEF};",
        [("head", "group_head")],
    ),
}


@pytest.mark.parametrize("name", OF_UNITS)
def test_what_is_wrong_with_a_unit_is_named(coded, name):
    line, expected = OF_UNITS[name]
    found = faults(coded, units("youth;area;unit;Nuorisopalvelut;;;", line))
    assert found == [(0, 3, column, code) for column, code in expected]


OF_PEOPLE: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "nothing wrong": (f"aino{AT};Aino;;library;", []),
    "a subdomain": (f"aino@edu.{towns.DOMAIN};Aino;;library;sv", []),
    "another town's address": ("aino@other.example;Aino;;library;", [("email", "domain")]),
    "an address that only ends so": (f"aino@x{towns.DOMAIN};A;;library;", [("email", "domain")]),
    "nobody's unit": (f"aino{AT};Aino;;none;", [("unit", "unknown_unit")]),
    "a unit that has ended": (f"aino{AT};Aino;;old;", [("unit", "ended_unit")]),
    "no unit": (f"aino{AT};Aino;;;", [("unit", "missing")]),
    "a unit taken away": (f"{CHIEF};Antti Muurainvaara;;;", [("unit", "missing")]),
    "somebody who has left": (f"ILKKA{AT};Ilkka;;youth;", [("email", "left")]),
}


@pytest.mark.parametrize("name", OF_PEOPLE)
def test_what_is_wrong_with_a_person_is_named(coded, name):
    line, expected = OF_PEOPLE[name]
    found = faults(coded, people(f"uno{AT};Uno;;youth;fi", line))
    assert found == [(0, 3, column, code) for column, code in expected]


def test_two_lines_of_the_same_are_a_fault_of_the_second(coded):
    text = units("a;area;unit;A;;;", "b;area;unit;B;;;", "A;area;unit;A;;;")
    assert [fault[1:] for fault in outcome(coded, text).faults] == [
        (4, "code", "twice", {"other": 2})
    ]
    text = people(f"aino{AT};A;;youth;", f"Aino{AT.upper()};A;;youth;")
    assert faults(coded, text) == [(0, 3, "email", "twice")]


def test_the_town_is_there_once(coded):
    text = units("a;;town;Savonkoski;;;", "b;;town;Savonkoski;;;")
    assert faults(coded, text) == [(0, 3, "code", "twice")]


def test_without_a_town_there_is_nothing_below_it(app, make):
    make.person("Timo Rantapajula", None, Role.ADMINISTRATOR)

    class Only:
        administrator = db.session.query(Person).one()

    with write():
        town.store(mail_domains=[towns.DOMAIN])
    assert faults(Only, units("a;;sector;A;;;")) == [(0, 2, "parent", "no_town")]
    assert faults(Only, units("t;;town;T;;;", "a;;sector;A;;;", "b;t;unit;B;;;")) == []


def test_a_circle_of_new_units_is_named_on_each_of_its_lines(coded):
    text = units("a;c;unit;A;;;", "b;a;unit;B;;;", "c;b;unit;C;;;", "d;a;working group;D;;;")
    assert faults(coded, text) == [(0, line, "parent", "circle") for line in (2, 3, 4)]


def test_a_long_chain_is_looked_at_in_no_time(coded):
    lines = [f"u{place};u{place + 1};unit;U;;;" for place in range(5000)]
    found = faults(coded, units(*lines, "u5000;u0;unit;U;;;"))
    assert {code for *_, code in found} == {"circle"}
    assert len(found) == 5001


def test_levels_may_change_all_at_once(coded):
    text = """code;parent;level;name_fi
        area;;sector;Kulttuuri ja vapaa-aika
        library;area;service area;Kirjasto
        youth;library;unit;Nuorisopalvelut"""
    assert faults(coded, text) == []


def test_two_files_of_one_kind_are_a_fault(coded):
    text = people(f"uno{AT};Uno;;youth;fi")
    assert faults(coded, text, text) == [(1, 1, "", "same_kind")]


def test_a_file_that_cannot_be_read_says_nothing_of_the_other(coded):
    text = people(f"uno{AT};Uno;;music;fi")
    assert faults(coded, "nothing\nhere", text) == [(0, 1, "", "no_heading")]
    assert faults(coded, units('"m;area;unit;M;;;'), text) == [(0, 2, "", "quotes")]


def test_files_may_name_each_other_in_either_order(coded):
    first = units(f"music;area;unit;Musiikki;;aino{AT};")
    second = people(f"aino{AT};Aino;rehtori;music;")
    assert faults(coded, first, second) == faults(coded, second, first) == []


# A6: what an administrator may not do to themself


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (f"youth;area;unit;Nuorisopalvelut;;{ME};", [("head", "own_office")]),
        (f"library;area;unit;Kirjasto;;{CHIEF};{ME}", [("deputy", "own_office")]),
        (f"new;area;unit;Uusi;;{ME};", [("head", "own_office")]),
    ],
)
def test_a06_nobody_imports_an_office_for_themself(coded, line, expected):
    assert faults(coded, units(line)) == [(0, 2, *one) for one in expected]


def test_a06_nobody_imports_away_an_office_of_their_own(coded):
    coded.make.head(coded.youth, coded.administrator)
    line = "youth;area;unit;Nuorisopalvelut;;{};"
    assert faults(coded, units(line.format(""))) == [(0, 2, "head", "own_office")]
    assert faults(coded, units(line.format(CHIEF))) == [(0, 2, "head", "own_office")]
    assert faults(coded, units(line.format(ME))) == []


def test_a06_nobody_imports_a_unit_under_their_own_lead(coded):
    coded.make.head(coded.youth, coded.administrator)
    text = units("far;youth;working group;Vesihuolto;;;")
    assert faults(coded, text) == [(0, 2, "parent", "own_lead")]
    coded.make.head(coded.youth, coded.requester)
    assert faults(coded, text) == []


def test_a06_a_line_for_oneself_is_a_fault_only_where_it_moves_them(coded):
    line = f"{ME};Timo Rantapajula;tietohallintopäällikkö;%s;sv"
    other = coded.make.person("Toinen Pääkäyttäjä", coded.far, Role.ADMINISTRATOR)
    assert faults(coded, people(line % "sector")) == []
    assert faults(coded, people(line % "youth")) == [(0, 2, "unit", "own_unit")]
    coded.make.leave(other)
    assert faults(coded, people(line % "youth")) == [(0, 2, "unit", "own_unit")]


@pytest.mark.parametrize("place", [None, "town"])
def test_a06_the_only_administrator_of_a_new_town_settles_once(coded, place):
    with write():
        me = db.session.get(Person, coded.administrator.id)
        me.unit_id = place and getattr(coded, place).id
    line = f"{ME};Timo Rantapajula;;youth;fi"
    assert faults(coded, people(line)) == []
    coded.make.person("Toinen Pääkäyttäjä", coded.far, Role.ADMINISTRATOR)
    assert faults(coded, people(line)) == [(0, 2, "unit", "own_unit")]


# what would change


def changes(cast, *files: str) -> list[tuple[str, bool, dict]]:
    found = outcome(cast, *files)
    assert found.faults == []
    return [(change["key"], change["new"], change["values"]) for change in found.changes]


def test_only_what_differs_changes(coded):
    names = ["Pääkirjasto", "Biblioteket"]
    text = units(
        f"library;area;unit;{names[0]};{names[1]};{CHIEF};",
        "youth;far_sector;unit;Nuorisopalvelut;;;",
        "far;far_sector;unit;Vesihuolto;;;",
    )
    assert changes(coded, text) == [
        (
            "library",
            False,
            {"name_fi": ["Kirjasto", "Pääkirjasto"], "name_sv": ["", "Biblioteket"]},
        ),
        ("youth", False, {"parent": ["area", "far_sector"]}),
    ]


def test_a_column_that_is_left_out_stays_as_it_is(coded):
    text = "code;parent;level;name_fi\narea;sector;service area;Kulttuuri"
    assert changes(coded, text) == [
        ("area", False, {"name_fi": ["Kulttuuri ja vapaa-aika", "Kulttuuri"]})
    ]
    text = f"email;name;unit\n{CHIEF};Antti Muurainvaara;library"
    assert changes(coded, text) == []


def test_an_empty_cell_takes_away_what_was_there(coded):
    assert changes(coded, units("area;sector;service area;Kulttuuri ja vapaa-aika;;;")) == [
        ("area", False, {"head": [HEAD, ""], "deputy": [DEPUTY, ""]})
    ]


def test_the_town_may_be_called_otherwise_in_files(coded):
    mayor = f"veikko.suvantolinna{AT}"
    found = changes(coded, units(f"CITY;;town;Savonkoski;;{mayor};", "new;city;sector;Uusi;;;"))
    assert found[0] == ("town", False, {"code": ["town", "CITY"]})
    assert found[1][2]["parent"] == ["", "town"]


def test_whoever_moves_loses_the_offices_of_units_elsewhere(coded):
    def moved(unit):
        return changes(coded, people(f"{HEAD};Kaisa Ruskotuulela;;{unit};fi"))

    assert moved("far") == [
        ("area", False, {"head": [HEAD, ""]}),
        (HEAD, False, {"unit": ["area", "far"]}),
    ]
    for unit in ("library", "sector"):  # below and above: they stay in the line
        assert moved(unit) == [(HEAD, False, {"unit": ["area", unit]})]


def test_a_file_of_units_says_who_keeps_an_office(coded):
    kept = f"area;sector;service area;Kulttuuri ja vapaa-aika;;{HEAD};{DEPUTY}"
    moved = people(f"{HEAD};Kaisa Ruskotuulela;;far;fi")
    assert changes(coded, units(kept), moved) == [(HEAD, False, {"unit": ["area", "far"]})]


def test_what_no_line_speaks_of_is_listed_and_left(coded):
    found = outcome(coded, units(f"library;area;unit;Kirjasto;;{CHIEF};"))
    assert found.absent == {"units": ["area", "far", "far_sector", "sector", "youth"]}
    assert (found.changes, found.unchanged) == ([], 1)


LETTERS = st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"])
TEXT = st.text(LETTERS, max_size=20).map(lambda text: text.strip() or "x")
CODE = st.from_regex(r"[A-Za-z0-9=+@'-][A-Za-z0-9 ._-]{0,8}[A-Za-z0-9]", fullmatch=True)


@st.composite
def a_town(draw) -> Present:
    """Any town with names of any kind."""
    codes = draw(st.lists(CODE, min_size=1, max_size=8, unique_by=str.casefold))
    people = [f"p{place}{AT}" for place in range(draw(st.integers(0, 8)))]
    someone = st.sampled_from(["", *people])
    organisation = {}
    for place, code in enumerate(codes):
        level = list(Level)[min(place, 3)]
        organisation[code.casefold()] = {
            "code": code,
            "parent": "" if place == 0 else codes[min(place, 3) - 1].casefold(),
            "level": level.value,
            "name_fi": draw(TEXT),
            "name_sv": draw(st.just("") | TEXT),
            "head": draw(someone),
            "deputy": draw(someone),
        }
    folk = {
        email: {
            "email": email,
            "name": draw(TEXT),
            "title": draw(st.just("") | TEXT),
            "unit": draw(st.sampled_from(["", *organisation])),
            "language": draw(st.sampled_from(["fi", "sv", "en"])),
        }
        for email in people
    }
    ids = {"units": dict.fromkeys(organisation, "x"), "people": dict.fromkeys(folk, "x")}
    gone = {"units": set(), "people": set()}
    return Present(organisation, folk, gone, ids, "", False, (), "fi")


@settings(max_examples=60, deadline=None, database=None)
@given(here=a_town(), language=st.sampled_from(["fi", "sv", "en"]))
def test_any_town_comes_back_as_it_went_out(house, here, language):
    with house.app_context(), force_locale(language):
        sheets = [read(table(kind, here.listed(kind)), at) for at, kind in enumerate(layout.KINDS)]
        sheets = [sheet for sheet in sheets if sheet.count]
        shape(sheets)
        found = checking.compare(sheets, here)
    assert (found.faults, found.changes) == ([], [])
    assert found.unchanged == len(here.units) + len(here.people)


def test_what_is_odd_here_already_is_no_fault(coded):
    """A file of what is here is never refused, whatever became of domains and levels since."""
    with write():
        town.store(mail_domains=["elsewhere.example"])
        db.session.get(Unit, coded.library.id).level = Level.SECTOR
    here = present(db.session.get(Person, coded.administrator.id))
    lines = [";".join(unit.values()) for unit in here.listed("units")]
    folk = [";".join(person.values()) for person in here.listed("people")]
    assert changes(coded, units(*lines), people(*folk)) == []
