"""What a handler brings to a case: screenshots with a note, a look, a takedown or a return."""

import pytest

from intake.data import file_store
from intake.data.base import db
from intake.engine import audit_trail
from intake.fakes import queries
from intake.fakes.models import Evidence, Note
from intake.fakes.states import CaseState as C
from tests.browser import Browser, Page
from tests.fakes import corpus
from tests.fakes.following import at_status, coded
from tests.fakes.making import FAKE, again, case_of, make_case, report, walk

PICTURE = ("sivu.png", corpus.png(7))
SVG = ("sivu.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>")
NOTE = "Nimi ja kuva kuin kaupungilla."


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(file_store, "folder", lambda: tmp_path / "evidence")


def files_of(case) -> list[Evidence]:
    db.session.expire_all()
    return queries.evidence_of(again(case))


def at_case(app, cast, case) -> Page:
    return Browser(app).signs_in(cast.handler).opens(f"/cases/{case.id}")


@pytest.mark.policy("P5")
def test_a_picture_with_a_note_is_evidence_of_the_case(app, cast):
    made, code = coded(FAKE)
    case = case_of(made)
    page = at_case(app, cast, case).fills(text=NOTE, evidence=PICTURE)
    page = page.presses("Tallenna muistiinpano")
    assert "Muistiinpano on tallennettu." in page.main
    assert NOTE in page.main
    assert "Todiste 1" in page.main
    (file,) = files_of(case)
    assert (file.case_id, file.report_id, file.by_id) == (case.id, None, cast.handler.id)
    assert (file.name.opened(), file.staged_for) == ("sivu.png", None)
    assert file_store.read(file.sha256) == PICTURE[1]
    picture = page.browser.client.get(f"/cases/{case.id}/evidence/{file.id}/1")
    assert picture.status_code == 200
    told = at_status(app, code).main
    assert "sivu.png" not in told
    assert NOTE not in told


@pytest.mark.policy("P7")
def test_its_original_is_opened_by_a_post_alone_that_leaves_a_line(app, cast):
    case = case_of(report(FAKE))
    page = at_case(app, cast, case).fills(text=NOTE, evidence=PICTURE)
    page = page.presses("Tallenna muistiinpano").follows("Alkuperäinen tiedosto")
    assert cast.handler.name in page.main
    before = len(audit_trail.history([case.id]))
    answer = page.presses(page.buttons()[-1])
    assert answer.response.mimetype == "application/octet-stream"
    assert [entry.step for entry, _words in audit_trail.history([case.id])][before:] == ["reveal"]


@pytest.mark.policy("P5")
def test_a_mistake_elsewhere_keeps_the_file_until_it_is_left_out(app, cast):
    case = case_of(report(FAKE))
    page = at_case(app, cast, case).fills(evidence=PICTURE).presses("Tallenna muistiinpano")
    assert page.status == 422
    assert page.errors == ["Kirjoita muistiinpano."]
    assert "Jätä pois sivu.png" in page.main
    assert files_of(case) == []
    waits = db.session.query(Evidence).one()
    page = page.fills(text=" ", drop=waits.id).presses("Kirjoita muistiinpano")
    assert "sivu.png" not in page.main
    assert db.session.query(Evidence).count() == 0
    page = page.fills(evidence=PICTURE).presses("Kirjoita muistiinpano")
    page = page.fills(text=NOTE).presses("Kirjoita muistiinpano")
    assert "Todiste 1" in page.main
    assert [file.name.opened() for file in files_of(case)] == ["sivu.png"]


def test_a97_a_file_that_is_no_picture_is_refused_beside_its_field(app, cast):
    case = case_of(report(FAKE))
    page = at_case(app, cast, case).fills(text=NOTE, evidence=SVG)
    page = page.presses("Tallenna muistiinpano")
    assert page.status == 422
    assert any("sivu.png" in error for error in page.errors)
    assert NOTE in page.main
    assert db.session.query(Note).count() == 0
    assert db.session.query(Evidence).count() == 0
    page = page.presses("Kirjoita muistiinpano")
    assert NOTE in page.main
    assert files_of(case) == []


def test_f7_a_note_goes_in_without_a_file_that_cannot_be_stored(app, cast, monkeypatch):
    case = case_of(report(FAKE))
    page = at_case(app, cast, case)
    monkeypatch.setitem(app.config, "EVIDENCE_FREE", "15")
    monkeypatch.setattr(file_store, "free", lambda: 0.01)
    page = page.fills(text=NOTE, evidence=PICTURE).presses("Tallenna muistiinpano")
    assert NOTE in page.main
    assert "Kaikkia tiedostoja ei voitu tallentaa." in page.text
    assert files_of(case) == []


@pytest.mark.policy("P5")
@pytest.mark.parametrize(
    ("step", "start", "answers"),
    [
        ("look", C.UNDER_REVIEW, {"there": "yes"}),
        ("note_takedown", C.CONFIRMED, {"outcome": "removed", "looked": True}),
        ("recheck", C.TAKEN_DOWN, {"looked": True}),
        ("reopen", C.TAKEN_DOWN, {"reason": "Profiili palasi."}),
    ],
)
def test_what_a_handler_saw_is_shown_by_a_picture(app, cast, step, start, answers):
    case = make_case(cast, start)
    page = at_case(app, cast, case).browser.opens(f"/cases/{case.id}/{step}")
    page = page.fills(evidence=PICTURE).presses(page.heading)
    assert page.status == 422
    page = page.fills(**answers).presses(page.heading)
    assert page.path == f"/cases/{case.id}"
    (file,) = files_of(case)
    taken = [words for entry, words in audit_trail.history([case.id]) if entry.step == step]
    words = taken[-1] or {}
    if step != "look":  # it is no decision, and its picture is on the case all the same
        assert words["evidence"] == [file.sha256]


def test_a_picture_of_one_form_comes_with_no_other(app, cast):
    first = case_of(report(FAKE))
    second = walk(cast, report("https://x.com/savonkoski_fi"), C.RECEIVED)
    page = at_case(app, cast, first)
    page.fills(evidence=PICTURE).presses("Tallenna muistiinpano")
    other = page.browser.opens(f"/cases/{second.id}").fills(text=NOTE)
    other.presses("Tallenna muistiinpano")
    assert files_of(first) == files_of(second) == []
