"""Importing as an administrator does it: bring, look, press, and what is left afterwards."""

import csv
import io
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from intake import clock
from intake.data.base import db
from intake.data.write import write
from intake.engine import audit_trail, jobs, replay
from intake.engine.outbox import Message
from intake.establishment.states import RequestState
from intake.people import accounts
from intake.people.importing import running, writing
from intake.people.models import Import, ImportFile, ImportStage, Person, Role, RoleGrant, Unit
from intake.refusals import NotAllowed, WrongState
from tests.browser import Browser
from tests.dump import dump
from tests.establishment.making import make_request
from tests.people import importing, towns

UNITS, PEOPLE = towns.file(towns.units()), towns.file(towns.people())
OWN = (
    "import",
    "import_file",
    "trail",
    "trail_head",
    "used_token",
    "job_run",
    "trail_check",
    "retention_run",
)


@pytest.fixture
def administrator(app, cast):
    return Browser(app).signs_in(cast.administrator)


def bring(browser, **files):
    """Choose files and send them; the page of the import, checked."""
    page = browser.opens("/people/import").fills(**files).presses("Tarkista tiedostot")
    jobs.tick()
    return browser.opens(page.path, status=200)


def press(browser, page):
    """Let it be written; its page afterwards."""
    page = page.presses("Tuo")
    jobs.tick()
    return browser.opens(page.path, status=200)


def unchanged() -> dict[str, str]:
    """Everything but what an import keeps of itself."""
    return {table: value for table, value in dump().items() if table not in OWN}


def read(browser, path: str) -> list[list[str]]:
    """The lines of a downloaded file."""
    answer = browser.client.get(path)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")
    text = answer.get_data().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def by_address(email: str) -> Person:
    return db.session.scalars(select(Person).where(Person.email == email)).one()


def count(model, *where) -> int:
    return db.session.scalar(select(func.count()).select_from(model).where(*where))


# the town of 40 units and 300 people


def test_a_town_of_40_units_and_300_people_is_imported(cast, administrator):
    page = administrator.opens("/upkeep").follows("Yksiköiden ja henkilöiden tuonti")
    page = page.fills(units=("yksiköt.csv", UNITS), people=("henkilöt.csv", PEOPLE))
    page = page.presses("Tarkista tiedostot")
    assert page.heading == "Tiedostoja tarkistetaan"
    before = unchanged()
    jobs.tick()
    assert unchanged() == before, "checking stores nothing"
    page = administrator.opens(page.path)
    assert page.heading == "Tämä muuttuisi"
    for words in ("Uudet yksiköt 40", "Esimiehet ja sijaiset 40", "Uudet henkilöt 300"):
        assert words in page.main
    seen = audit_trail.head()[0]
    page = press(administrator, page)
    assert page.heading == "Tuonti on valmis"
    head = by_address(towns.address(0))
    unit = db.session.scalars(select(Unit).where(Unit.code == "y0000")).one()
    assert (unit.head_id, head.unit_id, unit.parent_id) == (head.id, unit.id, cast.town.id)
    assert head.password_hash is None
    assert audit_trail.head()[0] - seen == 40 + 300 + 40 + 1
    assert replay.verify() == []
    people = administrator.opens("/people?q=lyyli+koskisuvanto")
    assert "Lyyli Koskisuvanto" in people.main


def test_a_broken_copy_is_refused_with_every_fault_named(administrator):
    units, people, expected = towns.broken()
    before = unchanged()
    files = ("yksiköt.csv", towns.file(units)), ("henkilöt.csv", towns.file(people))
    page = bring(administrator, units=files[0], people=files[1])
    assert page.heading == f"Tiedostoissa on {len(expected)} virhettä"
    assert unchanged() == before
    made = db.session.scalars(select(Import)).one()
    faults = [tuple(fault[:4]) for fault in running.report_of(made)["faults"]]
    assert sorted(faults) == sorted(expected)
    lines = read(administrator, f"{page.path}/faults.csv")
    assert lines[0] == ["Tiedosto", "Rivi", "Sarake", "Mikä on vialla"]
    assert len(lines) == len(expected) + 1
    for file, line, column, sentence in lines[1:]:
        assert f"{file} {line} {column} {sentence}" in page.main
    assert page.buttons() == []


def test_the_same_files_again_change_nothing(administrator, cast):
    importing.written(cast.administrator, UNITS, PEOPLE)
    before = unchanged()
    page = bring(administrator, units=("u.csv", UNITS), people=("p.csv", PEOPLE))
    assert page.heading == "Mikään ei muuttuisi"
    assert "340 riviä ei muuta mitään." in page.main
    assert "Tuo" not in page.buttons()
    assert "tarkistettu, ei tuotu" in administrator.opens("/people/import").main
    assert unchanged() == before


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_what_is_downloaded_and_brought_again_changes_nothing(administrator, cast, language):
    importing.written(cast.administrator, UNITS, PEOPLE)
    for kind, number in (("units", 40 + 7), ("people", 300 + 14)):
        content = administrator.client.get(
            f"/people/import/current/{kind}.csv?lang={language}"
        ).data
        made = importing.checked(cast.administrator, content)
        report = running.report_of(made)
        assert (report["changes"], report["unchanged"], report["absent"][kind]["count"]) == (
            [],
            number,
            0,
        )


def test_names_of_any_kind_come_back_as_they_went(cast):
    names = ["=1+1", "'=1", "+358", "-", "@a", "\uff1dx", 'a"b;c,d', "😀 abc", "  ä  ", "<b>"]
    rows = [
        {"email": towns.address(place), "name": name, "title": name, "unit": cast.library.id}
        for place, name in enumerate(names)
    ]
    importing.written(cast.administrator, towns.file(rows, columns=tuple(rows[0])))
    for place, name in enumerate(names):
        person = db.session.scalars(
            select(Person).where(Person.email == towns.address(place))
        ).one()
        assert person.name == person.title
        assert person.name == (name.strip() if name != "'=1" else "=1")
    here = importing.checked(cast.administrator, *current(cast))
    assert running.report_of(here)["changes"] == []


def current(cast) -> list[bytes]:
    """The town of now as files."""
    from intake.people.importing import layout
    from intake.people.importing.present import present

    return [layout.table(kind, present().listed(kind)) for kind in layout.KINDS]


def test_a_template_has_every_column_and_nothing_else(administrator):
    for kind, names in (("units", 7), ("people", 5)):
        lines = read(administrator, f"/people/import/template/{kind}.csv")
        assert len(lines) == 1
        assert len(lines[0]) == names
    assert administrator.opens("/people/import/template/other.csv").status == 404


def test_a99_no_cell_of_a_downloaded_file_is_a_formula(administrator, cast):
    cast.make.person("=HYPERLINK(1)", cast.library, email=f"+x{'@'}{towns.DOMAIN}")
    lines = read(administrator, "/people/import/current/people.csv")
    assert ["'+x@savonkoski.example", "'=HYPERLINK(1)"] in [line[:2] for line in lines]
    assert not [cell for line in lines for cell in line if cell[:1] in ("=", "+", "-", "@")]


# choosing files


def test_a_file_must_be_chosen(administrator):
    page = administrator.opens("/people/import").presses("Tarkista tiedostot")
    assert page.status == 422
    assert page.errors == ["Valitse yksiköiden tiedosto, henkilöiden tiedosto tai molemmat."]
    assert count(Import) == 0


def test_a_spreadsheet_is_refused_beside_its_field(administrator):
    page = administrator.opens("/people/import")
    page = page.fills(people=("lista.csv", b"PK\x03\x04xl/workbook.xml")).presses("Tarkista")
    assert page.status == 422
    assert "Tallenna se CSV-muodossa" in page.errors[0]
    assert count(Import) == 0


def test_files_that_are_too_large_together_are_told_by_how_much(administrator):
    page = administrator.opens("/people/import")
    token = next(one for one in page.tree.iter("input") if one.get("name") == "csrf_token")
    half = b"x" * (2 * 1024 * 1024 + 700_000)
    values = {"csrf_token": token.get("value")}
    values |= {name: FileStorage(io.BytesIO(half), "a.csv") for name in ("units", "people")}
    boundary, body = encode_multipart(values)  # the client's own would leave a file open
    kind = f"multipart/form-data; boundary={boundary}"
    page = administrator.posts("/people/import", body, 422, content_type=kind)
    assert page.errors == ["Tiedostot ovat 0,34 Mt liian suuria. Yhteensä niissä voi olla 5 Mt."]
    assert count(Import) == 0


def test_a_file_beyond_all_bounds_is_not_even_read(administrator):
    kind = "multipart/form-data; boundary=x"
    answer = administrator.client.post("/people/import", data=b"x" * 6_000_000, content_type=kind)
    assert answer.status_code == 413
    assert count(Import) == 0


def test_too_many_rows_are_told_by_how_much(administrator):
    rows = "email;name;unit" + "\nx;y;z" * 20_003
    page = bring(administrator, people=("p.csv", rows.encode()))
    assert "Rivejä on 3 liikaa." in page.main


# who may, and when


def test_a06_a_line_for_oneself_stores_nothing(administrator, cast):
    row = {"email": cast.administrator.email, "name": "Timo", "unit": cast.library.id}
    before = unchanged()
    page = bring(
        administrator, people=("p.csv", towns.file([row], columns=("email", "name", "unit")))
    )
    assert "Et voi vaihtaa omaa yksikköäsi." in page.main
    assert unchanged() == before


def test_a06_only_who_brought_the_files_lets_them_be_written(app, cast):
    other = cast.make.person("Toinen Pääkäyttäjä", cast.far, Role.ADMINISTRATOR)
    made = importing.checked(cast.administrator, UNITS, PEOPLE)
    browser = Browser(app).signs_in(other)
    page = browser.opens(f"/people/import/{made.id}")
    assert page.heading == "Tämä muuttuisi"
    assert page.buttons() == []
    with pytest.raises(NotAllowed):
        importing.confirm(made.id, other)
    assert importing.again(made.id).stage is ImportStage.CHECKED


def test_a06_who_is_no_administrator_any_more_writes_nothing(cast):
    made = importing.checked(cast.administrator, UNITS, PEOPLE)
    importing.confirm(made.id, cast.administrator)
    with write():
        db.session.scalars(
            select(RoleGrant).where(RoleGrant.person_id == cast.administrator.id)
        ).one().ended_at = cast.town.created_at
    before = unchanged()
    jobs.tick()
    made = importing.again(made.id)
    assert (made.stage, running.report_of(made)["why"]) == (ImportStage.FAILED, "not_allowed")
    assert unchanged() == before


def test_all_administrators_are_told_once_and_heads_of_their_office(cast):
    other = cast.make.person("Toinen Pääkäyttäjä", cast.far, Role.ADMINISTRATOR)
    importing.written(cast.administrator, UNITS, PEOPLE)
    told = db.session.execute(select(Message.track, Message.person_id)).all()
    administrators = {cast.administrator.id, other.id}
    assert {who for track, who in told if track == "import"} == administrators
    assert len([who for track, who in told if track == "import"]) == 2
    assert not administrators & {who for track, who in told if track == "office"}
    assert len({who for track, who in told if track == "office"}) == 48  # heads and deputies


def test_new_people_are_invited_where_that_was_asked_for(administrator, cast):
    page = bring(administrator, people=("p.csv", one_person(cast))).fills(invite=True)
    page = press(administrator, page)
    assert page.heading == "Tuonti on valmis"
    aino = by_address(towns.address(0))
    assert accounts.invitation_of(aino, clock.now()) is not None
    page = bring(administrator, people=("p.csv", one_person(cast, "Aino Lehtoranta")))
    assert "invite" not in page.html, "nobody is new"
    press(administrator, page)
    invited = select(Message.person_id).where(Message.track == "invitation")
    assert db.session.scalars(invited).all() == [aino.id]


def test_the_page_tells_how_many_have_been_invited(administrator, cast, monkeypatch):
    page = bring(administrator, people=("p.csv", one_person(cast))).fills(invite=True)
    monkeypatch.setattr(accounts, "invite", lambda *_given: 1 / 0)
    page = press(administrator, page)
    assert page.heading == "Uusille henkilöille lähetetään kutsuja"
    assert "Kaikki on tallennettu." in page.main
    assert "Kutsu lähetetty 0 henkilölle, kaikkiaan 1." in page.main
    assert "tuotu, kutsuja lähetetään" in administrator.opens("/people/import").main


def test_nobody_is_invited_unasked(cast):
    importing.written(cast.administrator, one_person(cast))
    assert count(Message, Message.track == "invitation") == 0


@pytest.mark.policy("O3")
def test_whoever_decides_after_an_import_is_told_of_what_waits(cast):
    request = make_request(cast, RequestState.SUBMITTED)
    with write():
        db.session.get(Unit, cast.youth.id).code = "youth"
    row = {"code": "youth", "parent": cast.far_sector.id, "level": "unit"}
    row |= {"name_fi": cast.youth.name_fi}
    made = importing.written(cast.administrator, towns.file([row], columns=tuple(row)))
    assert made.stage is ImportStage.DONE
    told = select(Message.person_id).where(Message.subject_id == request.id)
    assert cast.far_head.id in db.session.scalars(told).all()


def test_what_has_changed_since_is_shown_before_it_is_written(administrator, cast):
    page = bring(administrator, units=("u.csv", UNITS), people=("p.csv", PEOPLE))
    with write():
        db.session.get(Unit, cast.far.id).code = "y0039"
    page = press(administrator, page)
    assert "Tiedot muuttuivat sen jälkeen, kun katsoit" in page.main
    assert page.heading == "Tämä muuttuisi"
    assert count(Unit, Unit.code == "y0000") == 0
    page = press(administrator, page)
    assert page.heading == "Tuonti on valmis"
    assert db.session.get(Unit, cast.far.id).name_fi == "Keksitty palvelu 39"


def test_what_became_faulty_since_is_refused_whole(administrator, cast):
    page = bring(administrator, people=("p.csv", one_person(cast)))
    with write():
        db.session.get(Unit, cast.library.id).ended_at = cast.town.created_at
    page = press(administrator, page)
    assert page.heading == "Tiedostoissa on yksi virhe"
    assert count(Person, Person.email == towns.address(0)) == 0


def one_person(cast, name: str = "Aino Aaltolampi") -> bytes:
    row = {"email": towns.address(0), "name": name, "unit": cast.library.id}
    return towns.file([row], columns=("email", "name", "unit"))


def test_an_old_tab_writes_nothing(administrator, cast):
    page = bring(administrator, people=("p.csv", one_person(cast)))
    made = db.session.scalars(select(Import)).one()
    page.html = page.html.replace(running.report_of(made)["digest"], "0" * 64)
    old = page.fills()
    next(one for one in page.tree.iter("input") if one.get("name") == "seen").set("value", "0" * 64)
    assert old.presses("Tuo").status == 409
    assert importing.again(made.id).stage is ImportStage.CHECKED


def test_pressing_twice_writes_once(administrator, cast):
    page = bring(administrator, people=("p.csv", one_person(cast)))
    first = page.presses("Tuo")
    assert page.presses("Tuo").path == first.path
    jobs.tick()
    assert page.presses("Tuo").heading == "Tuonti on valmis"
    assert count(Person, Person.email == towns.address(0)) == 1


def test_what_is_written_already_is_not_written_again(cast):
    made = importing.written(cast.administrator, one_person(cast))
    before = dump()
    with pytest.raises(WrongState):
        importing.confirm(made.id, cast.administrator)
    assert dump() == before


# progress, failures and the end


def test_the_page_says_how_far_it_is_and_comes_back_by_itself(administrator, cast):
    import_id = importing.bring(cast.administrator, PEOPLE)
    with write():
        made = db.session.get(Import, import_id)
        made.done, made.total = 12_000, 20_000
    page = administrator.opens(f"/people/import/{import_id}")
    assert "Rivejä tarkistettu: 12 000 / 20 000." in page.main
    assert page.response.headers["Refresh"] == "3"
    page = page.follows("Lopeta päivitys")
    assert "Refresh" not in page.response.headers
    assert page.follows("Katso, miten pitkällä").response.headers["Refresh"] == "3"
    jobs.tick()
    assert "Refresh" not in administrator.opens(f"/people/import/{import_id}").response.headers


def test_progress_is_noted_while_it_is_checked(cast, monkeypatch):
    noted = []
    monkeypatch.setattr(running, "PAUSE", 0)
    keep = running._Progress.__call__
    monkeypatch.setattr(
        running._Progress, "__call__", lambda self, done: (keep(self, done), noted.append(done))
    )
    made = importing.checked(cast.administrator, towns.file(towns.people(20)))
    assert (made.done, made.total, noted) == (20, 20, list(range(1, 21)))


def test_a_failure_of_ours_writes_nothing_and_is_said(administrator, cast, monkeypatch, caplog):
    page = bring(administrator, units=("u.csv", UNITS), people=("p.csv", PEOPLE))
    before = unchanged()
    whole = writing.carry_out
    monkeypatch.setattr(writing, "carry_out", lambda *given: whole(*given) and 1 / 0)
    page = press(administrator, page)
    assert page.heading == "Mitään ei tuotu"
    assert "Vika on meillä" in page.main
    assert unchanged() == before
    assert "failed" in caplog.text


def test_nothing_is_kept_of_the_files_after_a_day(administrator, cast, still):
    done = importing.written(cast.administrator, one_person(cast))
    waits = importing.checked(cast.administrator, one_person(cast, "Helmi Lehtoranta"))
    still.shift(timedelta(hours=23))
    jobs.tick()
    assert count(ImportFile, ImportFile.content.is_(None)) == 0
    still.shift(timedelta(hours=2))
    jobs.tick()
    assert count(ImportFile, ImportFile.content.is_not(None)) == 0
    for made in (importing.again(done.id), importing.again(waits.id)):
        assert "Aino" not in made.report
        assert "Helmi" not in made.report
    assert importing.again(done.id).stage is ImportStage.DONE
    assert running.report_of(importing.again(done.id))["counts"] == {"new_people": 1}
    browser = Browser(administrator.app).signs_in(cast.administrator)  # after a day away
    page = browser.opens(f"/people/import/{waits.id}")
    assert page.heading == "Mitään ei tuotu"
    assert "tiedostot poistettiin" in page.main
    assert audit_trail.latest(done.id, "write") is not None
    assert "Uudet henkilöt 1" in browser.opens(f"/people/import/{done.id}").main


def test_a130_what_a_file_holds_forges_no_line_of_a_log(cast, caplog, monkeypatch):
    forged = 'x"\n{"level": "error", "user": "nobody"}\x1b[2J'
    monkeypatch.setattr(writing, "carry_out", lambda *_given: 1 / 0)
    made = importing.checked(cast.administrator, one_person(cast, forged.replace('"', '""')))
    assert [fault[3] for fault in running.report_of(made)["faults"]] == ["controls"]
    import_id = importing.bring(
        cast.administrator, one_person(cast), name=forged.replace("\x1b", "")
    )
    running.advance(cast.town.created_at)
    importing.confirm(import_id, cast.administrator)
    running.advance(cast.town.created_at)
    assert "nobody" not in "".join(record.getMessage() for record in caplog.records)
    assert "\n" not in running.title(importing.again(import_id))


def test_a102_bytes_that_are_no_text_are_a_fault_on_either_database(cast):
    for text in (b"Ai\x00no", b"Ai\xff\x00no", "Ai\ufffeno".encode("utf-8"), b"A\xed\xa0\x80"):
        content = one_person(cast).replace(b"Aino Aaltolampi", text)
        made = importing.checked(cast.administrator, content)
        assert made.stage in (ImportStage.FAULTY, ImportStage.CHECKED)


def test_a51_no_query_breaks_the_page_of_an_import(administrator, cast):
    made = importing.checked(cast.administrator, UNITS, PEOPLE)
    for value in ("0", "-1", "99999", "9" * 31, "٣", "²", "x", "'", "\x00", "offices"):
        for name in ("page", "part", "refresh"):
            query = {name: value}
            assert administrator.opens(f"/people/import/{made.id}", query=query).status == 200
